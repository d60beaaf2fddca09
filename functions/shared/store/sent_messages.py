"""The record of who was sent a message about one thing, so that no one is sent it twice."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from shared.store import keys
from shared.store.table import Item, Table


def recipients(table: Table, partition: str, now: datetime) -> set[str]:
    """Return everyone on record in a partition such as `keys.sent(change_id)`.

    Raises BusyError.
    """
    return {item[keys.SORT]["S"] for item in _unexpired(table, partition, now)}


def record(
    table: Table, partition: str, recipient: str, message_id: str, expires_at: datetime
) -> None:
    """Record that the recipient was sent the message with this SNS id. Raises BusyError."""
    _put(table, partition, recipient, expires_at, "message_id", message_id)


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
    return (item for item in items if int(item[keys.EXPIRES]["N"]) > now.timestamp())


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
