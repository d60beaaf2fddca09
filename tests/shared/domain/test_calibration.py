"""What was said of chances is held against what calls found."""

from dataclasses import replace
from itertools import accumulate
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
def test_a_right_chance_seems_wrong_in_at_most_one_and_a_half_of_a_hundred_bins(
    chance: float,
) -> None:
    assert max(seems_apart(chance, chance, n) for n in (50, 75, 100, 200)) < 0.015


@pytest.mark.parametrize(("said", "true"), [(0.95, 0.8), (0.85, 0.7), (0.65, 0.45), (0.55, 0.7)])
def test_a_chance_that_is_wrong_is_seen_within_two_hundred_calls(said: float, true: float) -> None:
    assert seems_apart(said, true, 200) > 0.9


@pytest.mark.slow
def test_judged_anew_each_day_of_a_year_a_right_chance_seldom_seems_wrong() -> None:
    """Two calls a day, all about chances of 55 %, where most is left to accident."""
    rng, years, calls = Random(1), 500, 260
    apart = {
        n: [Bin(0.0, 0.55, Rate(there, n)).is_apart for there in range(n + 1)]
        for n in range(50, calls + 1, 10)
    }
    ever = 0
    for _ in range(years):
        there = list(accumulate(rng.random() < 0.55 for _ in range(calls)))
        ever += any(flags[there[n - 1]] for n, flags in apart.items())
    assert ever / years < 0.08


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
