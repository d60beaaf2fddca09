"""Clocks that tests move, and tables with slow writes or short pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shared.aws.clock import Clock
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import Action
from shared.store import keys
from shared.store.change_log import Change
from shared.store.table import Table
from tests.support.builders import NOON, changed


@dataclass
class Hands:
    """A time that only the test moves, and the clocks that show it."""

    now: datetime = NOON
    steady: float = 0.0

    def move(self, step: timedelta) -> None:
        self.now += step
        self.steady += step.total_seconds()

    def clock(self, skew: timedelta = timedelta(0)) -> Clock:
        return Clock(lambda: self.now + skew, lambda: self.steady, lambda _: None)


def next_of(before: CareHome) -> tuple[CareHome, Change]:
    change = changed(before, before.confirm(NOON), Action.CONFIRMED)
    return CareHome.from_document(change.document), change


class Paged:
    """A client that returns two homes a page, and records the partitions of its queries."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def query(self, **asked: Any) -> Any:
        partition = next(iter(asked["ExpressionAttributeValues"].values()))["S"]
        self.asked.append(partition.split("#")[0])
        return self._client.query(**asked, **({"Limit": 2} if partition == keys.HOMES else {}))


def paged(table: Table) -> Table:
    """Return the table with two homes a page, so that a few homes fill many pages."""
    return replace(table, client=Paged(table.client))  # type: ignore[arg-type]


def during(table: Table, step: Callable[[], None]) -> Table:
    """Return the table, with a step that runs during each write."""

    class Slow:
        def __getattr__(self, name: str) -> Any:
            method = getattr(table.client, name)

            def called(**arguments: Any) -> Any:
                if name in {"transact_write_items", "put_item"}:
                    step()
                return method(**arguments)

            return called

    return replace(table, client=Slow())  # type: ignore[arg-type]
