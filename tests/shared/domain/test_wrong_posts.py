"""How many listings are wrong from the outset, as calls about new single beds tell."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.chance import USUALLY_WRONG, FillRecord, chance_left
from shared.domain.demand import Period, Span, period_of
from shared.domain.outcome import CallResult, Outcome
from shared.domain.wrong_posts import WrongPosts, next_wrong_posts, wrong_posts
from tests.support.outcomes import GONE, THERE, call


def new(result: CallResult, days: float = 0.0, listed: int = 1) -> Outcome:
    return call(result, days=days, listed=listed, team=None)


def test_before_a_call_the_share_is_the_usual_one() -> None:
    assert isclose(WrongPosts().share, USUALLY_WRONG)


def test_each_call_moves_the_share_as_one_of_twenty_five() -> None:
    assert wrong_posts([new(GONE)]).exact_share == pytest.approx(3 / 26)
    assert wrong_posts([new(THERE)]).exact_share == pytest.approx(2 / 26)


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
        wrong_posts([new(GONE, days=days), *[new(THERE, days=days)] * 19]).exact_share
        for days in (0.0, 0.9)
    )
    assert late < early


@given(st.lists(st.builds(new, st.sampled_from([THERE, GONE]), st.floats(0, 0.99))))
def test_the_share_and_its_interval_stay_between_none_and_all(outcomes: list[Outcome]) -> None:
    learned = wrong_posts(outcomes)
    low, high = learned.interval
    assert 0 < low < learned.exact_share < high < 1
    assert learned.calls == len(outcomes)


@given(st.lists(st.builds(new, st.sampled_from([THERE, GONE]), st.floats(0, 0.99)), max_size=20))
def test_one_bed_more_that_has_gone_never_lowers_the_share(outcomes: list[Outcome]) -> None:
    learned = wrong_posts(outcomes)
    one_gone, one_there = (learned.after(new(each)).exact_share for each in (GONE, THERE))
    assert one_gone > learned.exact_share > one_there


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
    assert learned.exact_share == pytest.approx(wrong, abs=0.015)
    assert learned.interval.high - learned.interval.low < 0.03


def month(number: int, year: int = 2026) -> Period:
    return period_of(date(year, number, 1), Span.MONTH)


SEPTEMBER, OCTOBER, NOVEMBER = month(9), month(10), month(11)


def calls(of: Period, results: Sequence[CallResult], homes: int = 4) -> list[Outcome]:
    """Return a call a day, of so many homes in turn, about beds that were just listed."""
    noon = datetime(of.first.year, of.first.month, 1, 12, tzinfo=UTC)
    return [
        call(
            result,
            f"1-8{number % homes:09d}",
            days=0.0,
            told_at=noon + timedelta(days=number),
            team=None,
        )
        for number, result in enumerate(results)
    ]


TEN = [GONE] * 2 + [THERE] * 8


def test_a_settled_month_with_enough_answers_is_learned_from() -> None:
    learned = next_wrong_posts(WrongPosts(), OCTOBER, calls(OCTOBER, TEN))
    assert (learned.calls, learned.gone, learned.last) == (10, 2, OCTOBER.last)
    assert learned.share == 0.11
    both = [*calls(OCTOBER, TEN), *calls(NOVEMBER, TEN)]
    assert next_wrong_posts(learned, NOVEMBER, both).calls == 20


def test_the_share_is_in_hundredths() -> None:
    assert wrong_posts([new(GONE)]).share == 0.12


@given(st.lists(st.sampled_from(CallResult), max_size=9))
def test_whatever_few_calls_find_no_chance_shows_it(results: list[CallResult]) -> None:
    before = next_wrong_posts(WrongPosts(), OCTOBER, calls(OCTOBER, TEN))
    more = [*calls(OCTOBER, TEN), *calls(NOVEMBER, results)]
    assert next_wrong_posts(before, NOVEMBER, more) == before


@pytest.mark.parametrize("results", [[GONE] * 12, [THERE] * 12])
def test_answers_that_all_agree_do_not_change_it(results: list[CallResult]) -> None:
    assert next_wrong_posts(WrongPosts(), OCTOBER, calls(OCTOBER, results)) == WrongPosts()


@given(st.lists(st.sampled_from(CallResult), max_size=20))
def test_whatever_two_homes_answer_no_chance_shows_it(results: list[CallResult]) -> None:
    told = calls(OCTOBER, results, homes=2)
    assert next_wrong_posts(WrongPosts(), OCTOBER, told) == WrongPosts()


def test_calls_of_other_listings_do_not_fill_up_what_is_too_few() -> None:
    few = calls(OCTOBER, TEN[:9])
    older = [replace(each, shown=replace(each.shown, listed=2)) for each in calls(OCTOBER, TEN)]
    assert next_wrong_posts(WrongPosts(), OCTOBER, [*few, *older]) == WrongPosts()


def test_calls_of_a_month_that_is_not_settled_are_not_learned_from() -> None:
    settled = next_wrong_posts(WrongPosts(), SEPTEMBER, calls(SEPTEMBER, TEN))
    with_later = [*calls(SEPTEMBER, TEN), *calls(OCTOBER, [GONE] * 20)]
    assert next_wrong_posts(settled, SEPTEMBER, with_later) == settled


def test_what_was_learned_a_year_ago_is_forgotten() -> None:
    learned = next_wrong_posts(WrongPosts(), OCTOBER, calls(OCTOBER, TEN))
    old = calls(OCTOBER, TEN)
    assert next_wrong_posts(learned, month(9, 2027), old) == learned
    assert next_wrong_posts(learned, month(10, 2027), old) == WrongPosts()


def test_it_is_read_as_it_was_written() -> None:
    for learned in (WrongPosts(), next_wrong_posts(WrongPosts(), OCTOBER, calls(OCTOBER, TEN))):
        assert WrongPosts.from_document(learned.to_document()) == learned.rounded()
