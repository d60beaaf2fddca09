"""The council_overview function as it starts: with nothing in memory."""

from collections.abc import Iterator

import pytest

from council_overview import handler as council_overview
from council_overview.daily_changes import Days
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import ChangeKind
from shared.store.log_follower import LogFollower


@pytest.fixture(autouse=True)
def cold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has a function that has just started."""
    follower = LogFollower(
        council_overview.stack_table, SYSTEM, ChangeKind.HOME, council_overview.overview
    )
    monkeypatch.setattr(council_overview, "follower", follower)
    monkeypatch.setattr(council_overview, "days", Days(council_overview.stack_table))
    yield
    council_overview.overview.clear()
