"""The search function as it starts: with nothing in memory."""

from collections.abc import Iterator

import pytest

from layer.build import postcode_package
from search import handler as search
from shared import following, postcodes
from shared.vocabulary import ChangeKind


@pytest.fixture(autouse=True)
def cold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has a function that has just started, with the layer's postcodes."""
    monkeypatch.syspath_prepend(str(postcode_package().parent))
    follower = following.Follower(search.stack_table, ChangeKind.HOME, search.board)
    monkeypatch.setattr(search, "follower", follower)
    yield
    search.board.clear()
    postcodes.installed.cache_clear()
