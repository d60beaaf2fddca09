"""The record of who was sent a message about one thing, so that no one is sent it twice."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from shared.store import keys
from shared.store.table import ConditionFailedError, Item, Table, has_expired

CLAIM_LIFETIME: Final = timedelta(seconds=90)
"""How long a claim keeps others from sending: longer than any function runs that claims."""


class ClaimedError(Exception):
    """Another invocation is sending this message at the moment."""


def recipients(table: Table, partition: str, now: datetime) -> set[str]:
    """Return everyone on record in a partition such as `keys.sent(change_id)`.

    Raises BusyError.
    """
    return {item[keys.SORT]["S"] for item in _unexpired(table, partition, now)}


def record(
    table: Table, partition: str, recipient: str, message_id: str, expires_at: datetime
) -> None:
    """Record that the recipient was sent the message with this id of AWS. Raises BusyError."""
    _put(table, partition, recipient, expires_at, "message_id", message_id)


def claim(table: Table, partition: str, recipient: str, delivery_id: str, now: datetime) -> bool:
    """Claim to send a message to a recipient; return False if they were sent it already.

    Until `record` is called, or the claim expires, only the delivery with this id can claim it
    again: it was interrupted, and may have sent the message or not. Raises ClaimedError, BusyError.
    """
    item = {
        keys.PARTITION: {"S": partition},
        keys.SORT: {"S": recipient},
        keys.CLAIMED_BY: {"S": delivery_id},
        keys.EXPIRES: {"N": str(int((now + CLAIM_LIFETIME).timestamp()))},
    }
    write = {
        "Item": item,
        "ConditionExpression": "attribute_not_exists(#pk) OR #expires <= :now OR #by = :mine",
        "ExpressionAttributeNames": {
            "#pk": keys.PARTITION,
            "#expires": keys.EXPIRES,
            "#by": keys.CLAIMED_BY,
        },
        "ExpressionAttributeValues": {
            ":now": {"N": str(int(now.timestamp()))},
            ":mine": {"S": delivery_id},
        },
    }
    try:
        table.transact([write])
    except ConditionFailedError:
        (existing,) = table.get((partition, recipient))
        if existing and keys.CLAIMED_BY not in existing:
            return False
        raise ClaimedError(f"{partition}: {recipient} is being told") from None
    return True


def beds_told(table: Table, partition: str, now: datetime) -> dict[str, dict[str, int]]:
    """Return the beds by category that each recipient was told of. Raises BusyError."""
    return {
        item[keys.SORT]["S"]: json.loads(item[keys.BEDS]["S"])
        for item in _unexpired(table, partition, now)
    }


def record_beds(
    table: Table, partition: str, recipient: str, beds: Mapping[str, int], expires_at: datetime
) -> None:
    """Record the beds by category that the recipient was told of. Raises BusyError."""
    _put(table, partition, recipient, expires_at, keys.BEDS, json.dumps(beds))


def _unexpired(table: Table, partition: str, now: datetime) -> Iterator[Item]:
    """Yield the records of a partition; expired ones DynamoDB may delete days later."""
    items = table.query(
        "#pk = :pk",
        {":pk": partition},
        ProjectionExpression="#sk, #expires, #beds",
        ExpressionAttributeNames={
            "#pk": keys.PARTITION,
            "#sk": keys.SORT,
            "#expires": keys.EXPIRES,
            "#beds": keys.BEDS,
        },
    )
    return (item for item in items if not has_expired(item, now))


def _put(
    table: Table, partition: str, recipient: str, expires_at: datetime, name: str, value: str
) -> None:
    table.put(
        {
            keys.PARTITION: {"S": partition},
            keys.SORT: {"S": recipient},
            name: {"S": value},
            keys.EXPIRES: {"N": str(int(expires_at.timestamp()))},
        }
    )
