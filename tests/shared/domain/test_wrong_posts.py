"""How many listings are wrong from the outset, as calls about new single beds tell."""

from dataclasses import replace
from math import isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.chance import USUALLY_WRONG, FillRecord, chance_left
from shared.domain.outcome import CallResult, Outcome
from shared.domain.wrong_posts import WrongPosts, wrong_posts
from tests.support.outcomes import GONE, THERE, call


def new(result: CallResult, days: float = 0.0, listed: int = 1) -> Outcome:
    return call(result, days=days, listed=listed, team=None)


def test_before_a_call_the_share_is_the_usual_one() -> None:
    assert isclose(WrongPosts().share, USUALLY_WRONG)


def test_each_call_moves_the_share_as_one_of_twenty_five() -> None:
    assert wrong_posts([new(GONE)]).share == pytest.approx(3 / 26)
    assert wrong_posts([new(THERE)]).share == pytest.approx(2 / 26)


@pytest.mark.parametrize(
    "silent",
    [
        new(GONE, days=1),
        new(GONE, listed=2),
        new(CallResult.NO_ANSWER),
        replace(new(GONE), is_withdrawn=True),
    ],
)
def test_calls_about_several_beds_or_old_ones_or_without_an_answer_tell_nothing(
    silent: Outcome,
) -> None:
    assert wrong_posts([silent]) == WrongPosts()


def test_beds_that_filled_since_the_post_are_not_counted_as_wrong() -> None:
    early, late = (
        wrong_posts([new(GONE, days=days), *[new(THERE, days=days)] * 19]).share
        for days in (0.0, 0.9)
    )
    assert late < early


@given(st.lists(st.builds(new, st.sampled_from([THERE, GONE]), st.floats(0, 0.99))))
def test_the_share_and_its_interval_stay_between_none_and_all(outcomes: list[Outcome]) -> None:
    learned = wrong_posts(outcomes)
    low, high = learned.interval
    assert 0 < low < learned.share < high < 1
    assert learned.calls == len(outcomes)


@given(st.lists(st.builds(new, st.sampled_from([THERE, GONE]), st.floats(0, 0.99)), max_size=20))
def test_one_bed_more_that_has_gone_never_lowers_the_share(outcomes: list[Outcome]) -> None:
    learned = wrong_posts(outcomes)
    assert learned.after(new(GONE)).share > learned.share > learned.after(new(THERE)).share


@pytest.mark.parametrize("wrong", [0.02, 0.08, 0.2])
def test_many_calls_tell_the_true_share(wrong: float) -> None:
    """Beds also fill between post and call, which is not to be counted as wrong."""
    rng = Random(int(1000 * wrong))
    outcomes = []
    for _ in range(4000):
        days = rng.random()
        chance = chance_left(1, days, FillRecord(), wrong)
        outcomes.append(new(THERE if rng.random() < chance else GONE, days))
    learned = wrong_posts(outcomes)
    assert learned.share == pytest.approx(wrong, abs=0.015)
    assert learned.interval.high - learned.interval.low < 0.03
