"""Clocks that move only when told to, and a table whose writes take time by them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from shared.changes import Change
from shared.clock import Clock
from shared.model import Home
from shared.table import Table
from shared.vocabulary import Action
from tests.examples import NOON, changed


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


def next_of(before: Home) -> tuple[Home, Change]:
    change = changed(before, before.confirmed(NOON), Action.CONFIRMED)
    return Home.from_document(change.becomes), change


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
