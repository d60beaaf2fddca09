"""One thing that cannot be read hides only itself, whatever is wrong with it."""

import sys
from collections.abc import Iterator

import pytest

from shared.store.readable import readable, sort_key


def test_one_that_cannot_be_read_is_left_out_and_reported_with_its_error() -> None:
    reported: list[tuple[str, object]] = []

    def report(name: str) -> None:
        reported.append((name, sys.exc_info()[0]))

    items = [{"sk": {"S": text}} for text in ("3", "none", "0")]
    assert list(readable(items, lambda item: int(item["sk"]["S"]), sort_key, report)) == [3, 0]
    assert reported == [("none", ValueError)]


def test_what_fails_while_the_things_are_fetched_is_not_hidden() -> None:
    def fetch() -> Iterator[str]:
        yield "1"
        raise TimeoutError

    with pytest.raises(TimeoutError):
        list(readable(fetch(), int, str, lambda _: None))
