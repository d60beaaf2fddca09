"""A cursor returns the key it was written for, and only in the same search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import cursor
from shared.domain.errors import MalformedError
from shared.search_index.query import SortKey

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(NUMBERS, NUMBERS, st.from_regex(r"\A1-[0-9]{10}\Z"))
def test_a_cursor_returns_its_key(first: float, chord: float, location_id: str) -> None:
    key = SortKey(first, chord, location_id)
    assert cursor.read(cursor.write(key, "a search"), "a search") == key
    with pytest.raises(MalformedError):
        cursor.read(cursor.write(key, "a search"), "another")


@given(st.text() | st.text("ABCDEFabcdef0123456789-_=", max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(MalformedError):
        cursor.read(text, "a search")
