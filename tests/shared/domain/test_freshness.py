"""The age of a confirmation, also in words."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.freshness import age_in_words, age_of_home


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (None, "never confirmed"),
        (timedelta(seconds=-3), "confirmed just now"),
        (timedelta(seconds=59), "confirmed just now"),
        (timedelta(minutes=1), "confirmed 1 minute ago"),
        (timedelta(minutes=59, seconds=59), "confirmed 59 minutes ago"),
        (timedelta(hours=1), "confirmed 1 hour ago"),
        (timedelta(hours=47), "confirmed 1 day ago"),
        (timedelta(days=3), "confirmed 3 days ago"),
    ],
)
def test_an_age_is_written_in_whole_units(age: timedelta | None, words: str) -> None:
    assert age_in_words(age) == words


def test_the_age_of_a_home_runs_from_its_last_confirmation() -> None:
    now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert age_of_home({"confirmed_at": "2026-11-22T08:00:00Z"}, now) == timedelta(minutes=90)
    assert age_of_home({}, now) is None
