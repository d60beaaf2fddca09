"""The search function as it starts: with nothing in memory."""

from collections.abc import Iterator

import pytest

from layer.build import postcode_package
from search import handler as search
from shared.aws.clock import SYSTEM
from shared.domain.vocabulary import ChangeKind
from shared.places import postcodes
from shared.store import log_follower


@pytest.fixture(autouse=True)
def cold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has a function that has just started, with the layer's postcodes."""
    monkeypatch.syspath_prepend(str(postcode_package().parent))
    follower = log_follower.LogFollower(search.stack_table, SYSTEM, ChangeKind.HOME, search.board)
    monkeypatch.setattr(search, "follower", follower)
    yield
    search.board.clear()
    postcodes.installed.cache_clear()
