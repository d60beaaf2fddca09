"""The one table: its client, its reads, and the transaction in which every change is written."""

import functools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.aws import clients
from shared.aws.clock import SYSTEM, Clock
from shared.aws.settings import settings
from shared.domain.errors import BusyError
from shared.store import keys

if TYPE_CHECKING:
    from botocore.exceptions import ClientError
    from types_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Any]
"""An item in DynamoDB's own notation, `{"pk": {"S": "HOME"}, ...}`: the typed layer of boto3
costs more than all else a search does."""


class Page(NamedTuple):
    """What one request of a query found, and whether another must be made for the rest."""

    items: list[Item]
    more: bool


TRIES = 8
"""Of a transaction that lost a race: at 10 ms doubling, about 1.3 s at the most."""

_IN_THE_WAY = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class ConditionFailedError(Exception):
    """A transaction was refused whole; `failed` are the positions whose condition did not hold."""

    def __init__(self, failed: frozenset[int]) -> None:
        super().__init__(f"conditions {sorted(failed)} did not hold")
        self.failed = failed


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one stack, and the clock its writers stamp by."""

    client: "DynamoDBClient"
    name: str
    clock: Clock = SYSTEM
    changes_kept: timedelta | None = None
    """How long an entry of the change log stays; None: for ever."""

    def get(self, *wanted: tuple[str, str]) -> list[Item | None]:
        """These items as they stood at one moment, in one request. Raises BusyError."""
        if len(wanted) == 1:
            found = _call(
                lambda: self.client.get_item(
                    TableName=self.name, Key=_key(*wanted[0]), ConsistentRead=True
                )
            )
            return [found.get("Item")]
        reads: Any = [{"Get": {"TableName": self.name, "Key": _key(*each)}} for each in wanted]
        answer = self._retrying(lambda: self.client.transact_get_items(TransactItems=reads))
        return [response.get("Item") for response in answer["Responses"]]

    def query(self, condition: str, values: Mapping[str, str], **options: Any) -> Iterator[Item]:  # noqa: ANN401
        """Every item that meets the condition, strongly consistent unless an index is asked.

        A request a page, a page at most 1 MB. Raises BusyError.
        """
        for page in self.pages(condition, values, **options):
            yield from page.items

    def pages(self, condition: str, values: Mapping[str, str], **options: Any) -> Iterator[Page]:  # noqa: ANN401
        """The same, page by page."""
        asked: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": {name: {"S": value} for name, value in values.items()},
            "ConsistentRead": "IndexName" not in options,
            **options,
        }
        while True:
            page = _call(lambda: self.client.query(**asked))
            more = "LastEvaluatedKey" in page
            yield Page(page["Items"], more)
            if not more:
                return
            asked["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def put(self, item: Item) -> None:
        """Write one item, whatever is there. Raises BusyError."""
        _call(lambda: self.client.put_item(TableName=self.name, Item=item))

    def transact(self, writes: Sequence[Mapping[str, Any]]) -> None:
        """Put all of these or none, each `{"Item": ..., "ConditionExpression": ...}`.

        Raises ConditionFailedError, or BusyError where the outcome is unknown or nothing happened.
        """
        puts: Any = [{"Put": {"TableName": self.name, **write}} for write in writes]
        self._retrying(lambda: self.client.transact_write_items(TransactItems=puts))

    def _retrying(self, request: Any) -> Any:  # noqa: ANN401
        """The answer, asked again while other transactions are in the way."""
        for attempt in range(TRIES):
            try:
                return _call(request)
            except _CancelledError as cancelled:
                failed = frozenset(
                    position
                    for position, reason in enumerate(cancelled.reasons)
                    if reason == "ConditionalCheckFailed"
                )
                if failed:
                    raise ConditionFailedError(failed) from cancelled
                if not _IN_THE_WAY.intersection(cancelled.reasons):
                    raise  # a fault of ours: an item too large, a wrong expression
                self.clock.pause(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311
        raise BusyError("too many changes to this at once; please send it again")


class _CancelledError(Exception):
    """A transaction was cancelled, for the reason given of each of its parts."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


def _call(request: Callable[[], Any]) -> Any:  # noqa: ANN401 - typed by the client
    return clients.call("The database", request, _cancelled)


def _cancelled(error: "ClientError") -> _CancelledError | None:
    if clients.error_code(error) != "TransactionCanceledException":
        return None
    reasons = error.response.get("CancellationReasons", [])
    return _CancelledError([reason.get("Code", "None") for reason in reasons])


def _key(pk: str, sk: str) -> dict[str, dict[str, str]]:
    return {keys.PARTITION: {"S": pk}, keys.SORT: {"S": sk}}


@functools.cache
def of_this_stack() -> Table:
    """The table this function was deployed with."""
    return Table(clients.dynamodb(), settings().table_name, changes_kept=settings().changes_kept)
