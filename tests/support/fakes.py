"""Clocks that move only when told to, and tables of slow writes or of short pages."""

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
    """Clocks that move only when told to."""

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
    """A client that finds two homes to a page; of what it is asked for the partitions are noted."""

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
    """The table, where so few homes as a test has fill many pages."""
    return replace(table, client=Paged(table.client))  # type: ignore[arg-type]


def during(table: Table, step: Callable[[], None]) -> Table:
    """The table, where something happens while each write is under way."""

    class Slow:
        def __getattr__(self, name: str) -> Any:
            method = getattr(table.client, name)

            def called(**arguments: Any) -> Any:
                if name in {"transact_write_items", "put_item"}:
                    step()
                return method(**arguments)

            return called

    return replace(table, client=Slow())  # type: ignore[arg-type]
