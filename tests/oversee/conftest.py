"""The oversee function as it starts: with nothing in memory."""

from collections.abc import Iterator

import pytest

from oversee import handler as oversee
from oversee.days import Days
from shared.following import Follower
from shared.vocabulary import ChangeKind


@pytest.fixture(autouse=True)
def cold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has a function that has just started."""
    follower = Follower(oversee.stack_table, ChangeKind.HOME, oversee.overview)
    monkeypatch.setattr(oversee, "follower", follower)
    monkeypatch.setattr(oversee, "days", Days(oversee.stack_table))
    yield
    oversee.overview.clear()
