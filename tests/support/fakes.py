"""Clocks that tests advance, an index to follow, and tables with slow writes or short pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shared.aws.clock import Clock
from shared.domain.care_home import CareHome
from shared.domain.documents import Document
from shared.domain.vocabulary import Action
from shared.store import keys
from shared.store.change_log import Change
from shared.store.table import Table
from tests.support.builders import NOON, changed


@dataclass
class ManualTime:
    """A time that passes only when the test advances it, and the clocks that show it."""

    now: datetime = NOON
    steady: float = 0.0

    def advance(self, step: timedelta) -> None:
        self.now += step
        self.steady += step.total_seconds()

    def clock(self, skew: timedelta = timedelta(0)) -> Clock:
        """Return a clock that is ahead by `skew`, and whose sleeps end at once."""
        return Clock(lambda: self.now + skew, lambda: self.steady, lambda _: None)


def confirmed(before: CareHome) -> tuple[CareHome, Change]:
    """Return the home with its vacancies confirmed once more, and the change."""
    change = changed(before, before.confirm(NOON), Action.CONFIRMED)
    return CareHome.from_document(change.document), change


class Shelf:
    """An index in memory that keeps the homes that a follower of the log gives it."""

    def __init__(self) -> None:
        self.homes: dict[str, Document] = {}

    def remove(self, location_id: str) -> None:
        self.homes.pop(location_id, None)

    def clear(self) -> None:
        self.homes.clear()

    def put(self, document: Document, _: str = "") -> None:
        if document.get("name") == "junk":
            raise TypeError("a latitude that is no number")
        self.homes[document["location_id"]] = document

    @property
    def versions(self) -> dict[str, int]:
        return {location_id: document["version"] for location_id, document in self.homes.items()}


class TwoHomesAPage:
    """A client that returns two homes a page, and records the partitions of its queries."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.partitions: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def query(self, **request: Any) -> Any:
        partition = next(iter(request["ExpressionAttributeValues"].values()))["S"]
        self.partitions.append(partition.split("#")[0])
        return self._client.query(**request, **({"Limit": 2} if partition == keys.HOMES else {}))


def two_homes_a_page(table: Table) -> Table:
    """Return the table with two homes a page, so that a few homes fill many pages."""
    return replace(table, client=TwoHomesAPage(table.client))  # type: ignore[arg-type]  # a stand-in


def partitions_read(table: Table) -> list[str]:
    """Return the partition of each query of a table with two homes a page, such as `CHANGE`."""
    partitions: list[str] = table.client.partitions  # type: ignore[attr-defined]  # a stand-in counts them
    return partitions


def during_each_write(table: Table, step: Callable[[], None]) -> Table:
    """Return the table, with a step that runs at the beginning of each write."""

    class SlowClient:
        def __getattr__(self, name: str) -> Any:
            method = getattr(table.client, name)

            def wrapped(**arguments: Any) -> Any:
                if name in {"transact_write_items", "put_item"}:
                    step()
                return method(**arguments)

            return wrapped

    return replace(table, client=SlowClient())  # type: ignore[arg-type]  # a stand-in
