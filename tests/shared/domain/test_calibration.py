"""What was said of chances is held against what calls found."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.audit import CALLS_A_DAY
from shared.domain.calibration import BINS, Bin, bin_of, calibration_of
from shared.domain.outcome import Outcome
from shared.domain.truth import Rate
from tests.support.outcomes import GONE, THERE, call


def test_each_tenth_says_what_was_said_and_seen() -> None:
    outcomes = [call(THERE, chance=0.72), call(GONE, chance=0.78), call(THERE, chance=1.0)]
    first, second = calibration_of(outcomes)
    assert (first.lower, first.seen) == (0.7, Rate(1, 2))
    assert first.said == pytest.approx(0.75)
    assert (second.lower, second.said, second.seen) == (0.9, 1.0, Rate(1, 1))


def test_calls_that_say_nothing_of_the_beds_do_not_count() -> None:
    assert calibration_of([replace(call(GONE), is_withdrawn=True)]) == []


@pytest.mark.parametrize(
    ("said", "seen", "is_apart"),
    [
        (0.95, Rate(38, 50), True),
        (0.95, Rate(37, 49), False),
        (0.86, Rate(38, 50), False),  # it may be an accident
        (0.86, Rate(380, 500), True),
        (0.66, Rate(380, 500), True),
        (0.859, Rate(380, 500), False),  # less than a tenth
    ],
)
def test_a_bin_is_apart_from_a_tenth_and_fifty_contacts_on_if_that_is_no_accident(
    said: float, seen: Rate, is_apart: bool
) -> None:
    assert Bin(0.8, said, seen).is_apart is is_apart


def seems_apart(said: float, true: float, n: int) -> float:
    """Return how likely a bin of so many contacts is apart, exactly."""
    return sum(
        comb(n, there) * true**there * (1 - true) ** (n - there)
        for there in range(n + 1)
        if Bin(0.0, said, Rate(there, n)).is_apart
    )


@pytest.mark.parametrize("chance", [0.45, 0.55, 0.65, 0.75, 0.85, 0.95])
def test_a_right_chance_seems_wrong_in_at_most_two_of_a_thousand_bins(
    chance: float,
) -> None:
    assert max(seems_apart(chance, chance, n) for n in (50, 75, 100, 200)) < 0.002


@pytest.mark.parametrize(("said", "true"), [(0.95, 0.8), (0.85, 0.7), (0.65, 0.45), (0.55, 0.7)])
def test_a_chance_that_is_wrong_is_mostly_seen_within_two_hundred_calls(
    said: float, true: float
) -> None:
    assert seems_apart(said, true, 200) > 0.8
    assert seems_apart(said, true, 250) > 0.9


WORKING_DAYS = 260
CALLS_OF_A_YEAR = CALLS_A_DAY * WORKING_DAYS
HIGH = (0.75, 0.85, 0.85, 0.95, 0.95, 0.95)
"""Chances spread over three bins, most of them high."""
ALL = tuple(0.05 + each / BINS for each in range(BINS))


def years_with_an_alarm(chances: Sequence[float], years: int) -> float:
    """Return in which share of the years some bin is apart on some day, though chances are right.

    Each call is about one of these chances. All bins are judged each working day, of the calls of
    the last year, as the alarm does; the first year is not counted.
    """
    rng = Random(1)
    calls: deque[tuple[float, bool]] = deque()
    n, there, alarms = Counter[float](), Counter[float](), 0
    for year in range(years + 1):
        is_apart = False
        for _ in range(WORKING_DAYS):
            for _ in range(CALLS_A_DAY):
                chance = rng.choice(chances)
                calls.append((chance, rng.random() < chance))
                n[chance] += 1
                there[chance] += calls[-1][1]
                if len(calls) > CALLS_OF_A_YEAR:
                    oldest, was_there = calls.popleft()
                    n[oldest] -= 1
                    there[oldest] -= was_there
            is_apart |= any(seems_wrong(each, there[each], n[each]) for each in n)
        alarms += is_apart and year > 0
    return alarms / years


@cache
def seems_wrong(chance: float, there: int, n: int) -> bool:
    return Bin(0.0, chance, Rate(there, n)).is_apart


def test_right_chances_seldom_raise_the_alarm_in_some_years() -> None:
    assert years_with_an_alarm(ALL, 40) <= 0.15


@pytest.mark.slow
@pytest.mark.parametrize(
    ("chances", "most"),
    [
        ((0.55,), 0.01),
        ((0.55, 0.85), 0.02),
        (HIGH, 0.02),
        ((0.55, 0.65, 0.75), 0.04),
        ((0.55, 0.65, 0.75, 0.85, 0.95), 0.06),
        (ALL, 0.08),
    ],
)
def test_right_chances_raise_the_alarm_the_oftener_the_more_bins_they_are_spread_over(
    chances: Sequence[float], most: float
) -> None:
    """The figures of docs/truth.md: 2 to 8 years of 100, as the chances are spread."""
    assert years_with_an_alarm(chances, 400) <= most


def test_a_bin_is_written_with_how_many_it_is_of() -> None:
    assert Bin(0.8, 0.8512, Rate(9, 10)).to_document() == {
        "from": 0.8,
        "said": 0.851,
        "seen": {"n": 10, "rate": 0.9, "low": 0.6694, "high": 0.9821},
        "apart": False,
    }


@given(st.floats(0, 1))
def test_every_chance_has_its_bin(chance: float) -> None:
    number = bin_of(chance)
    assert 0 <= number < BINS
    assert number / BINS <= chance + 1e-9
    assert chance <= (number + 1) / BINS


@given(st.lists(st.builds(call, st.sampled_from([THERE, GONE]), chance=st.floats(0, 1))))
def test_every_contact_is_in_one_bin(outcomes: list[Outcome]) -> None:
    bins = calibration_of(outcomes)
    assert sum(each.seen.n for each in bins) == len(outcomes)
    assert [each.lower for each in bins] == sorted(each.lower for each in bins)
    assert all(each.lower - 1e-9 <= each.said <= each.lower + 0.1 + 1e-9 for each in bins)
