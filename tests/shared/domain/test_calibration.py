"""What was said of chances is held against what calls found."""

from dataclasses import replace

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
        (0.85, Rate(38, 50), False),
        (0.86, Rate(38, 50), True),
        (0.66, Rate(38, 50), True),
        (0.86, Rate(37, 49), False),
    ],
)
def test_a_bin_is_apart_from_a_tenth_and_fifty_contacts_on(
    said: float, seen: Rate, is_apart: bool
) -> None:
    assert Bin(0.8, said, seen).is_apart is is_apart


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
