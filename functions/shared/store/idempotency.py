"""The idempotency record: the response to a request, saved so that a repeat gets the same one."""

import json
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from shared.aws.clock import Clock
from shared.domain.author import IdempotencyKey
from shared.domain.documents import Document
from shared.domain.errors import KeyReusedError
from shared.store import keys
from shared.store.table import ConditionFailedError, Item, Table, has_expired

RETENTION: Final = timedelta(days=7)
"""How long a phone without a connection may wait and repeat its request with the same key."""


class KeyTakenError(Exception):
    """Another request saved its response under the same key while this one was being answered."""


class IdempotencyRecord(NamedTuple):
    """The response to a request, as JSON, and the key of the request."""

    key: IdempotencyKey
    response: str

    def to_write(self, now: datetime) -> dict[str, Any]:
        """Return the write that saves the record, unless the key has one that has not expired.

        DynamoDB may delete an expired record days later, so that the condition looks at its expiry.
        """
        partition, sort = record_key(self.key)
        return {
            "Item": {
                keys.PARTITION: {"S": partition},
                keys.SORT: {"S": sort},
                keys.FINGERPRINT: {"S": self.key.fingerprint},
                keys.RESPONSE: {"S": self.response},
                keys.EXPIRES: {"N": str(int((now + RETENTION).timestamp()))},
            },
            "ConditionExpression": "attribute_not_exists(#pk) OR #expires <= :now",
            "ExpressionAttributeNames": {"#pk": keys.PARTITION, "#expires": keys.EXPIRES},
            "ExpressionAttributeValues": {":now": {"N": str(int(now.timestamp()))}},
        }


def save(table: Table, clock: Clock, record: IdempotencyRecord) -> None:
    """Save the response to a request that changed nothing. Raises KeyTakenError, BusyError."""
    try:
        table.transact([record.to_write(clock.now())])
    except ConditionFailedError as taken:
        raise KeyTakenError from taken


def load_response(table: Table, caller_id: str, key: str, now: datetime) -> Document | None:
    """Return the response saved under a caller's key, whatever the request was. Raises BusyError.

    None if there is none, or it has expired.
    """
    (record,) = table.get((keys.idempotency_record(caller_id, key), keys.NO_SORT))
    if record is None or int(record[keys.EXPIRES]["N"]) <= now.timestamp():
        return None
    response: Document = json.loads(record[keys.RESPONSE]["S"])
    return response


def record_key(key: IdempotencyKey) -> tuple[str, str]:
    """Return the partition and sort key of the record of an idempotency key."""
    return keys.idempotency_record(key.caller_id, key.key), keys.NO_SORT


def saved_response(record: Item | None, key: IdempotencyKey, now: datetime) -> Document | None:
    """Return the response that the record holds, or None if there is no record or it has expired.

    Raises KeyReusedError if the key came with a different request before.
    """
    if record is None or has_expired(record, now):
        return None
    if record[keys.FINGERPRINT]["S"] != key.fingerprint:
        raise KeyReusedError(
            "Idempotency-Key: this key was sent with a different request before. Use a new key."
        )
    response: Document = json.loads(record[keys.RESPONSE]["S"])
    return response
