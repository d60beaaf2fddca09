"""How likely a listed bed is still there."""

from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.chance import (
    LEAST_CHANCE,
    SILENT_DAYS,
    USUALLY_FREE,
    FillRecord,
    Likelihood,
    chance_after_gone,
    chance_left,
    likelihood,
)

RECORDS = st.builds(
    FillRecord, st.integers(0, 40), st.floats(0, 2000).map(lambda days: round(days, 2))
)
DAYS = st.floats(0, 400)
LISTED = st.integers(1, 60)


@pytest.mark.parametrize(
    ("listed", "days", "expected"),
    [(1, 1, 0.89), (1, 7, 0.77), (1, 30, 0.63), (2, 7, 0.93), (5, 30, 0.91), (5, 99, 0.71)],
)
def test_a_home_that_has_posted_once_gets_the_usual_chance(
    listed: int, days: float, expected: float
) -> None:
    assert chance_left(listed, days, FillRecord()) == pytest.approx(expected, abs=0.006)


def test_a_bed_that_is_not_listed_has_no_chance() -> None:
    assert chance_left(0, 0, FillRecord()) == 0


def test_a_bed_listed_this_moment_is_there_unless_the_post_lists_one_too_many() -> None:
    assert chance_left(1, 0, FillRecord(), wrong=0) == 1
    assert chance_left(1, 0, FillRecord(), wrong=0.04) == pytest.approx(0.96)
    assert chance_left(2, 0, FillRecord(), wrong=0.04) == 1


def test_a_post_dated_after_now_counts_as_one_of_now() -> None:
    assert chance_left(1, -0.01, FillRecord()) == chance_left(1, 0, FillRecord())


def test_after_weeks_a_home_has_a_bed_as_often_as_it_usually_has() -> None:
    """One bed filled long ago, but others have opened since."""
    busy = FillRecord(400, 1000)
    assert chance_left(1, 60, busy) == pytest.approx(USUALLY_FREE, abs=0.001)
    assert chance_left(1, SILENT_DAYS, busy) == pytest.approx(USUALLY_FREE, abs=0.001)


def test_a_home_that_stopped_posting_is_to_be_phoned_first() -> None:
    later = chance_left(1, SILENT_DAYS + 1, FillRecord())
    assert likelihood(later) is Likelihood.PHONE_FIRST


@given(LISTED, DAYS, DAYS, RECORDS)
def test_the_chance_never_rises_with_age(
    listed: int, one: float, other: float, record: FillRecord
) -> None:
    younger, older = sorted((one, other))
    earlier = chance_left(listed, younger, record)
    assert 0 <= chance_left(listed, older, record) <= earlier + 1e-12 <= 1 + 1e-12


@given(LISTED, DAYS, RECORDS)
def test_the_chance_never_falls_with_one_bed_more(
    listed: int, days: float, record: FillRecord
) -> None:
    assert chance_left(listed + 1, days, record) >= chance_left(listed, days, record)


@given(LISTED, DAYS, RECORDS)
def test_a_home_whose_beds_filled_more_often_has_a_lower_chance(
    listed: int, days: float, record: FillRecord
) -> None:
    busier = FillRecord(record.filled + 1, record.offered_days)
    assert chance_left(listed, days, busier) <= chance_left(listed, days, record) + 1e-12


def test_a_home_whose_beds_never_filled_in_a_year_keeps_a_high_chance() -> None:
    record = FillRecord().after(offered=1, filled=0, left=1, days=365)
    assert record == FillRecord(0, 365.0)
    assert chance_left(1, 14, record) > 0.85 > chance_left(1, 14, FillRecord())


def test_beds_that_are_occupied_or_reserved_count_as_filled() -> None:
    assert FillRecord(1, 10).after(offered=3, filled=2, left=1, days=7) == FillRecord(3, 17)


def test_a_category_that_offered_nothing_teaches_nothing() -> None:
    assert FillRecord(1, 10).after(offered=0, filled=1, left=0, days=7) == FillRecord(1, 10)


def test_only_beds_that_were_offered_can_fill() -> None:
    """More people may have moved in than there were beds free: others had left."""
    assert FillRecord().after(offered=1, filled=4, left=2, days=7) == FillRecord(1, 7)


def test_fewer_occupied_than_before_is_no_fill() -> None:
    assert FillRecord().after(offered=1, filled=-2, left=3, days=7) == FillRecord(0, 7)


def test_a_withdrawn_bed_was_offered_for_half_the_time() -> None:
    assert FillRecord().after(offered=1, filled=0, left=0, days=8) == FillRecord(0, 4)


def test_a_time_of_more_than_a_year_teaches_as_much_as_a_year() -> None:
    assert FillRecord().after(offered=1, filled=0, left=1, days=900) == FillRecord(0, 365)


@pytest.mark.parametrize(("fills", "days"), [(1, 1), (1, 30), (1, 300), (3, 7), (3, 90), (8, 30)])
def test_a_bed_gone_at_an_unknown_moment_counts_the_time_to_be_expected(
    fills: int, days: int
) -> None:
    record = FillRecord(2, 20).after(offered=fills, filled=fills, left=0, days=days)
    rate = 3.5 / 57.5
    steps = 20_000
    width = days / steps
    moments = [width * (step + 0.5) for step in range(steps)]
    weights = [moment ** (fills - 1) * exp(-rate * moment) for moment in moments]
    mean = sum(m * w for m, w in zip(moments, weights, strict=True)) / sum(weights)
    assert record.filled == 2 + fills
    assert isclose(record.offered_days, 20 + mean, abs_tol=0.006)


@given(RECORDS, st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.floats(0, 1e5))
def test_a_record_only_grows_and_never_by_more_time_than_passed(
    record: FillRecord, offered: int, filled: int, left: int, days: float
) -> None:
    after = record.after(offered, filled, left, days)
    assert record.filled <= after.filled <= record.filled + min(filled, offered)
    grown = after.offered_days - record.offered_days
    assert -0.005 <= grown <= days + 0.011


@given(RECORDS)
def test_a_record_survives_its_document(record: FillRecord) -> None:
    assert FillRecord.from_document(record.to_document()) == record


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (1.0, Likelihood.VERY_LIKELY),
        (0.9, Likelihood.VERY_LIKELY),
        (0.89, Likelihood.LIKELY),
        (0.7, Likelihood.LIKELY),
        (0.5, Likelihood.UNCERTAIN),
        (0.49, Likelihood.PHONE_FIRST),
        (0.0, Likelihood.PHONE_FIRST),
    ],
)
def test_a_chance_has_its_word(chance: float, word: Likelihood) -> None:
    assert likelihood(chance) is word


def test_the_words_go_from_the_most_likely_to_the_least() -> None:
    assert list(LEAST_CHANCE) == list(Likelihood)
    assert sorted(LEAST_CHANCE.values(), reverse=True) == list(LEAST_CHANCE.values())


@given(st.floats(0, 400), st.floats(0, 400), st.integers(0, 30), st.floats(0, 900))
def test_after_a_team_was_told_that_all_are_gone_the_chance_begins_at_none_and_grows(
    days: float, later: float, filled: int, offered: float
) -> None:
    record = FillRecord(filled, offered)
    assert chance_after_gone(0, record) == chance_after_gone(-1, record) == 0
    first, second = chance_after_gone(days, record), chance_after_gone(days + later, record)
    assert first <= second + 1e-12
    assert second <= USUALLY_FREE
