"""The DynamoDB table: its reads, and the transactions in which it is written."""

import functools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.aws import clients
from shared.aws.clock import SYSTEM
from shared.aws.settings import settings
from shared.domain.errors import BusyError
from shared.store import keys
from shared.store.conditions import still_at

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Any]
"""An item in DynamoDB's own notation, `{"pk": {"S": "HOME"}, ...}`. The typed layer of boto3 would
cost more than everything else a search does."""

TRIES = 8
"""How often a transaction is tried that meets another one: 1.3 s at most, from 10 ms doubling."""

_CONTENTION_REASONS = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class Page(NamedTuple):
    """The items of one response to a query, and whether there are more pages."""

    items: list[Item]
    more: bool


class ConditionFailedError(Exception):
    """A transaction was not executed: the conditions at `positions` did not hold."""

    def __init__(self, positions: frozenset[int]) -> None:
        super().__init__(f"conditions at positions {sorted(positions)} did not hold")
        self.positions = positions


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one stack."""

    client: "DynamoDBClient"
    name: str
    change_retention: timedelta | None = None
    """How long a log entry is kept; None: for ever."""
    pause: Callable[[float], None] = SYSTEM.pause
    """Waits so many seconds before a transaction is tried again."""

    def get(self, *item_keys: tuple[str, str]) -> list[Item | None]:
        """Return these items as they were at one moment, in one request. Raises BusyError."""
        if len(item_keys) == 1:
            key = key_of(*item_keys[0])
            response = _call(
                lambda: self.client.get_item(TableName=self.name, Key=key, ConsistentRead=True)
            )
            return [response.get("Item")]
        gets: Any = [{"Get": {"TableName": self.name, "Key": key_of(*each)}} for each in item_keys]
        response = self._transact(lambda: self.client.transact_get_items(TransactItems=gets))
        return [each.get("Item") for each in response["Responses"]]

    def query(self, condition: str, values: Mapping[str, str], **options: Any) -> Iterator[Item]:  # noqa: ANN401 - the client's own parameters
        """Yield the items that meet a key condition; strongly consistent, except from an index.

        Sends one request for each page of at most 1 MB. Raises BusyError.
        """
        for page in self.pages(condition, values, **options):
            yield from page.items

    def pages(self, condition: str, values: Mapping[str, str], **options: Any) -> Iterator[Page]:  # noqa: ANN401 - the client's own parameters
        """Yield what `query` yields, page by page."""
        request: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": {name: {"S": value} for name, value in values.items()},
            "ConsistentRead": "IndexName" not in options,
            **options,
        }
        while True:
            response = _call(lambda: self.client.query(**request))
            more = "LastEvaluatedKey" in response
            yield Page(response["Items"], more)
            if not more:
                return
            request["ExclusiveStartKey"] = response["LastEvaluatedKey"]

    def put(self, item: Item) -> None:
        """Write one item, replacing any that has its key. Raises BusyError."""
        _call(lambda: self.client.put_item(TableName=self.name, Item=item))

    def put_new(self, item: Item) -> bool:
        """Write one item unless its key is taken; tell whether it was written. Raises BusyError."""
        try:
            self.transact([{"Item": item, **still_at(None)}])
        except ConditionFailedError:
            return False
        return True

    def transact(
        self, writes: Sequence[Mapping[str, Any]], checks: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        """Put all of these or none, each `{"Item": ..., "ConditionExpression": ...}`.

        Each check, `{"Key": ..., "ConditionExpression": ...}`, is of an item that is not written.
        Raises ConditionFailedError, which counts the checks after the writes; BusyError means that
        all or nothing may have been written.
        """
        parts: Any = [{"Put": {"TableName": self.name, **write}} for write in writes]
        parts += [{"ConditionCheck": {"TableName": self.name, **check}} for check in checks]
        self._transact(lambda: self.client.transact_write_items(TransactItems=parts))

    def delete(self, *item_keys: tuple[str, str]) -> None:
        """Delete all of these items; one that does not exist is deleted already. Raises BusyError.

        For personal data alone: whatever else is gone stays as an item that says so.
        """
        deletes: Any = [{"Delete": {"TableName": self.name, "Key": key_of(*k)}} for k in item_keys]
        self._transact(lambda: self.client.transact_write_items(TransactItems=deletes))

    def _transact(self, request: Callable[[], Any]) -> Any:  # noqa: ANN401 - typed by the client
        """Send a transaction, again while other transactions touch the same items."""
        for attempt in range(TRIES):
            try:
                return _call(request)
            except _CancelledError as cancelled:
                failed = frozenset(
                    position
                    for position, code in enumerate(cancelled.codes)
                    if code == "ConditionalCheckFailed"
                )
                if failed:
                    raise ConditionFailedError(failed) from cancelled
                if not _CONTENTION_REASONS.intersection(cancelled.codes):
                    raise  # an error of this program: an item too large, a wrong expression
                self.pause(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - no secret: it spreads retries
        raise BusyError("Too many requests change this at once. Send the same request again.")


class _CancelledError(Exception):
    """A transaction was cancelled; `codes` has the code of the reason for each of its parts."""

    def __init__(self, reasons: Sequence[Mapping[str, str]]) -> None:
        self.codes = [reason.get("Code", "None") for reason in reasons]
        messages = (reason.get("Message", "no details") for reason in reasons)
        super().__init__(
            "; ".join(
                f"part {position}: {code}: {message}"
                for position, (code, message) in enumerate(zip(self.codes, messages, strict=True))
                if code != "None"
            )
        )


def _call(request: Callable[[], Any]) -> Any:  # noqa: ANN401 - typed by the client
    return clients.call("The database", request, _cancelled)


def _cancelled(response: clients.ErrorResponse) -> _CancelledError | None:
    if clients.error_code(response) != "TransactionCanceledException":
        return None
    return _CancelledError(response.get("CancellationReasons", []))


def has_expired(item: Item, now: datetime) -> bool:
    """Tell whether an item that may expire has, though DynamoDB may delete it days later."""
    return keys.EXPIRES in item and int(item[keys.EXPIRES]["N"]) <= now.timestamp()


def key_of(pk: str, sk: str) -> dict[str, dict[str, str]]:
    """Return the key of an item, as requests take it."""
    return {keys.PARTITION: {"S": pk}, keys.SORT: {"S": sk}}


@functools.cache
def of_this_stack() -> Table:
    """Return the table of the stack that this function belongs to."""
    return Table(clients.dynamodb(), settings().table_name, settings().change_retention)
