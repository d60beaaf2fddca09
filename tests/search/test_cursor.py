"""A cursor returns the key it was written for, and only in the same search."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import cursor
from search.cursor import LASTS_FOR, Cursor
from shared.domain.errors import MalformedError
from shared.search_index.query import SortKey
from tests.support.builders import NOON

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
KEY = SortKey(1.0, 2.0, "1-9000000001")


@given(NUMBERS, NUMBERS, st.from_regex(r"\A1-[0-9]{10}\Z"))
def test_a_cursor_returns_its_key_and_moment(first: float, chord: float, location_id: str) -> None:
    key = SortKey(first, chord, location_id)
    text = cursor.write(key, "a search", NOON)
    assert cursor.read(text, "a search", NOON + timedelta(minutes=5)) == Cursor(key, NOON)
    with pytest.raises(MalformedError):
        cursor.read(text, "another", NOON)


@pytest.mark.parametrize("later", [LASTS_FOR + timedelta(seconds=1), timedelta(minutes=-2)])
def test_a_cursor_of_the_past_or_of_the_future_is_refused(later: timedelta) -> None:
    text = cursor.write(KEY, "a search", NOON)
    with pytest.raises(MalformedError):
        cursor.read(text, "a search", NOON + later)


@given(st.text() | st.text("ABCDEFabcdef0123456789-_=", max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        cursor.read(text, "a search", NOON)
