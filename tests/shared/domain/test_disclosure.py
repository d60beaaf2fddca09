"""Figures that anyone can see follow the audit's calls only where they tell no home's answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.audit_draw import CALLED_WITHIN, RECORDED_WITHIN
from shared.domain.demand import SETTLED_AFTER, Span, period_of
from shared.domain.disclosure import Answer, first_day, may_be_told, settled_month
from shared.domain.outcome import UNDO_WITHIN
from shared.http.request import MAX_OBSERVED_AGO

OCTOBER = period_of(date(2026, 10, 1), Span.MONTH)

answers = st.lists(st.builds(Answer, st.sampled_from("abcd"), st.booleans()), max_size=15)


def test_a_year_is_of_whole_months() -> None:
    assert first_day(OCTOBER) == date(2025, 11, 1)
    assert first_day(period_of(date(2026, 12, 1), Span.MONTH)) == date(2026, 1, 1)


def test_a_month_is_settled_once_nothing_of_it_can_be_recorded_or_taken_back() -> None:
    last_call = datetime(2026, 11, 4, 23, 59, tzinfo=UTC)  # of the last day's draw
    assert last_call < OCTOBER.end + CALLED_WITHIN
    recorded = last_call + timedelta(seconds=MAX_OBSERVED_AGO)
    assert settled_month(recorded + UNDO_WITHIN).id == "2026-09"
    settled_at = OCTOBER.end + RECORDED_WITHIN + SETTLED_AFTER
    assert recorded + UNDO_WITHIN < settled_at
    assert settled_month(settled_at) == OCTOBER


@pytest.mark.parametrize(
    ("homes", "gone", "may"),
    [
        ("abcabcabca", 1, True),
        ("abcabcabca", 9, True),
        ("abcabcabc", 1, False),
        ("ababababab", 1, False),
        ("abcabcabca", 0, False),
        ("abcabcabca", 10, False),
    ],
)
def test_ten_answers_of_three_homes_that_do_not_all_agree_may_be_told(
    homes: str, gone: int, may: bool
) -> None:
    new = (Answer(each, number < gone) for number, each in enumerate(homes))
    assert may_be_told(new) is may


@given(answers, answers)
def test_more_answers_never_stop_what_may_be_told(new: list[Answer], more: list[Answer]) -> None:
    assert may_be_told([*new, *more]) >= may_be_told(new)
