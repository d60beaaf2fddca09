"""Demand: what is counted, what of it is published, and that nothing tells the rest."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.demand import (
    ANY_CATEGORY,
    LEAST_COUNTS,
    SETTLED_AFTER,
    Admission,
    Cell,
    Count,
    Span,
    Tally,
    counts_of,
    period_of,
    publishable,
    settled_periods,
    wanted_of,
)
from shared.domain.fit import Requirements
from shared.domain.needs import Answer
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory
from tests.support.builders import home

FRIDAY = datetime(2026, 11, 27, 18, 30, tzinfo=UTC)
HOIST = Cell("EX2", "general_nursing", "hoist")

DISTRICTS, NEEDS = ("EX1", "EX2", "EX4"), ("hoist", "peg", "council_rate", "evening_admission")
CATEGORIES = (*list(BedCategory)[:3], ANY_CATEGORY)
CELLS = st.builds(
    Cell, st.sampled_from(DISTRICTS), st.sampled_from(CATEGORIES), st.sampled_from(NEEDS)
)
TALLIES = st.integers(0, 12).flatmap(
    lambda counts: st.builds(Tally, st.just(counts), st.integers(min(1, counts), max(counts, 0)))
)


def cells(asked: Requirements, now: datetime = FRIDAY, *categories: str) -> set[Cell]:
    return {each.cell for each in counts_of("exeter", "EX2", categories, asked, now)}


def test_each_need_and_the_funding_count_in_each_category() -> None:
    asked = Requirements(("hoist", "peg"), Funding.CHC)
    assert cells(asked, FRIDAY, "general_nursing", "transitional") == {
        Cell("EX2", category, need)
        for category in ("general_nursing", "transitional")
        for need in ("hoist", "peg", "chc")
    }


def test_a_search_without_category_counts_as_any() -> None:
    assert cells(Requirements(("hoist",))) == {Cell("EX2", ANY_CATEGORY, "hoist")}


def test_a_search_that_asks_nothing_counts_nothing() -> None:
    assert cells(Requirements(), FRIDAY, "general_nursing") == set()


@pytest.mark.parametrize(
    ("now", "hours", "counted"),
    [
        (FRIDAY, 3, {Admission.EVENING}),
        (FRIDAY - timedelta(hours=6), 3, set()),
        (FRIDAY, 24, set()),
        (FRIDAY + timedelta(hours=16), 4, {Admission.WEEKEND}),
        (FRIDAY + timedelta(days=1), 20, {Admission.WEEKEND}),
        (FRIDAY + timedelta(days=1), 2, {Admission.EVENING, Admission.WEEKEND}),
        (FRIDAY + timedelta(days=1), 8 * 24, set()),
    ],
)
def test_hours_count_where_only_an_evening_or_weekend_is_left(
    now: datetime, hours: int, counted: set[str]
) -> None:
    asked = Requirements(admit_by=now + timedelta(hours=hours))
    assert {cell.need for cell in cells(asked, now)} == counted


def test_the_same_search_again_is_the_same_count() -> None:
    later = FRIDAY + timedelta(hours=2)
    asked = Requirements(("hoist",))
    first, again = (
        list(counts_of("exeter", "EX2", (), asked, moment)) for moment in (FRIDAY, later)
    )
    assert first == again


def test_tokens_do_not_join_the_counts_of_a_team() -> None:
    week = period_of(FRIDAY.date(), Span.WEEK)
    others = [HOIST._replace(need="peg"), HOIST._replace(district="EX1")]
    team, day = Count("exeter", FRIDAY.date(), HOIST).tokens(week)
    for cell in others:
        assert not {team, day} & set(Count("exeter", FRIDAY.date(), cell).tokens(week))
    next_day = Count("exeter", FRIDAY.date() + timedelta(days=1), HOIST).tokens(week)
    assert next_day[0] == team
    assert next_day[1] != day


def test_a_week_runs_from_monday_to_sunday_and_a_month_by_its_days() -> None:
    week, month = (period_of(date(2026, 12, 31), span) for span in Span)
    assert (week.id, week.first, week.last) == ("2026-W53", date(2026, 12, 28), date(2027, 1, 3))
    assert (month.id, month.last) == ("2026-12", date(2026, 12, 31))
    assert month.end == datetime(2027, 1, 1, tzinfo=UTC)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.sampled_from(Span))
def test_periods_of_a_span_meet_without_overlapping(day: date, span: Span) -> None:
    period = period_of(day, span)
    assert period.first <= day <= period.last
    assert {period_of(each, span) for each in (period.first, period.last)} == {period}
    assert period_of(period.last + timedelta(days=1), span).first == period.last + timedelta(days=1)


@pytest.mark.parametrize("span", Span)
def test_only_periods_that_are_over_and_settled_are_published(span: Span) -> None:
    period = period_of(date(2026, 11, 22), span)
    ripe = period.end + SETTLED_AFTER
    assert settled_periods(ripe, span, 2)[-1] == period
    assert period not in settled_periods(ripe - timedelta(seconds=1), span, 2)


@pytest.mark.parametrize(
    ("tally", "least_teams", "is_published"),
    [
        (Tally(5, 2), 2, True),
        (Tally(4, 4), 2, False),
        (Tally(50, 1), 2, False),
        (Tally(5, 1), 1, True),
        (Tally(4, 1), 1, False),
    ],
)
def test_a_figure_is_published_from_five_counts_of_enough_teams(
    tally: Tally, least_teams: int, is_published: bool
) -> None:
    expected = {HOIST: tally.counts} if is_published else {}
    assert publishable({HOIST: tally}, least_teams) == expected


@st.composite
def two_worlds(draw: st.DrawFn) -> tuple[dict[Cell, Tally], dict[Cell, Tally], int]:
    """Draw two sets of counts that differ in nothing but cells below the limits."""
    least_teams = draw(st.sampled_from((1, 2)))

    def is_hidden(tally: Tally) -> bool:
        return tally.counts < LEAST_COUNTS or tally.teams < least_teams

    one = draw(st.dictionaries(CELLS, TALLIES, max_size=30))
    shown = {cell: tally for cell, tally in one.items() if not is_hidden(tally)}
    hidden = draw(st.dictionaries(CELLS, TALLIES.filter(is_hidden), max_size=30))
    return one, {**hidden, **shown}, least_teams


@given(two_worlds(), st.sets(st.sampled_from(DISTRICTS)), st.sampled_from(list(BedCategory)[:3]))
def test_no_view_tells_two_worlds_apart_that_differ_below_five(
    worlds: tuple[dict[Cell, Tally], dict[Cell, Tally], int], area: set[str], category: BedCategory
) -> None:
    """Whoever has all that is published cannot tell one count below five from another.

    The council's table, its CSV and its map are the published table; every home's view is a
    function of it.
    """
    one, other, least_teams = worlds
    published = [publishable(each, least_teams) for each in (one, other)]
    assert list(published[0].items()) == list(published[1].items())
    document = home(category=category).to_document()
    views = [wanted_of(document, each, area) for each in published]
    assert views[0] == views[1]


@given(st.dictionaries(CELLS, TALLIES, max_size=30), st.sets(st.sampled_from(DISTRICTS)))
def test_whatever_a_home_sees_is_at_least_five(tallies: dict[Cell, Tally], area: set[str]) -> None:
    wanted = wanted_of(home().to_document(), publishable(tallies, 2), area)
    assert all(each.at_least >= LEAST_COUNTS for each in wanted)


def wanted(document: dict[str, Any], published: dict[Cell, int]) -> list[tuple[str, int]]:
    return [(need, count) for need, count, _ in wanted_of(document, published, {"EX2", "EX1"})]


def test_a_home_sees_what_it_has_not_said_or_says_no_to() -> None:
    document = home().to_document() | {"needs": {"hoist": "yes", "peg": "no", "oxygen": "ask"}}
    published = {HOIST._replace(need=each): 7 for each in ("hoist", "peg", "oxygen", "stoma")}
    seen = wanted_of(document, published, {"EX2"})
    assert [(each.need, each.said) for each in seen] == [("peg", Answer.NO), ("stoma", None)]


def test_a_home_sees_its_own_area_and_categories() -> None:
    published = {
        HOIST: 7,
        HOIST._replace(district="EX1"): 5,
        HOIST._replace(district="PL1"): 50,
        HOIST._replace(category="transitional"): 60,
        HOIST._replace(category=ANY_CATEGORY): 9,
    }
    # A search for two categories may be in both figures, so the larger one is sure.
    assert wanted(home().to_document(), published) == [("hoist", 9 + 5)]


def test_a_home_without_hours_is_told_of_evenings_and_weekends() -> None:
    published = {HOIST._replace(need=each): 6 for each in Admission}
    document = home().to_document()
    assert [need for need, _ in wanted(document, published)] == list(Admission)
    hours = {"monday": ["09:00-20:00"], "saturday": ["10:00-12:00"]}
    assert wanted(document | {"admission_hours": hours}, published) == []
    weekdays = {"monday": ["09:00-16:00"]}
    assert len(wanted(document | {"admission_hours": weekdays}, published)) == 2


def test_a_need_that_is_no_longer_listed_is_not_shown() -> None:
    assert wanted(home().to_document(), {HOIST._replace(need="retired_need"): 9}) == []
