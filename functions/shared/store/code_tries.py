"""The wrong codes of each hour, counted by address, so that nobody can guess the code of a link.

An address is kept as a digest that is keyed with the stack's secret and the hour, for two hours.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import islice
from typing import Final

from shared.store import keys
from shared.store.table import Table

MOST_OF_ADDRESS: Final = 20
MOST_OF_STACK: Final = 1_000
"""Wrong codes in an hour, after which codes rest until the next: links still work."""

_KEPT: Final = timedelta(hours=2)


class Allowance(Enum):
    """Whether another code may be tried."""

    FREE = auto()
    ADDRESS_RESTS = auto()
    STACK_RESTS = auto()


def allowance(table: Table, secret: bytes, address: str, now: datetime) -> Allowance:
    """Tell whether an address may try a code in this hour. Raises BusyError.

    Tries at the same moment do not see one another: the route's throttle bounds what that adds.
    """
    items = table.query(
        "#pk = :pk",
        {":pk": keys.code_tries(now)},
        ProjectionExpression="#sk",
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
    )
    tries = [item[keys.SORT]["S"] for item in islice(items, MOST_OF_STACK)]
    if len(tries) >= MOST_OF_STACK:
        return Allowance.STACK_RESTS
    mine = f"{_digest(secret, address, now)}#"
    of_address = sum(each.startswith(mine) for each in tries)
    return Allowance.ADDRESS_RESTS if of_address >= MOST_OF_ADDRESS else Allowance.FREE


def record_wrong(table: Table, secret: bytes, address: str, now: datetime) -> None:
    """Count a wrong code against the address and the stack. Raises BusyError."""
    digest = _digest(secret, address, now)
    table.put(
        {
            keys.PARTITION: {"S": keys.code_tries(now)},
            keys.SORT: {"S": keys.code_try(digest, secrets.token_hex(6))},
            keys.EXPIRES: {"N": str(int((now + _KEPT).timestamp()))},
        }
    )


def _digest(secret: bytes, address: str, now: datetime) -> str:
    text = f"code try:{keys.code_tries(now)}:{address}"
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
