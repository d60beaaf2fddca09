"""Two calls a day: which listings are drawn, and what became of the calls."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.audit import (
    AuditTally,
    CallState,
    DrawnCall,
    ListedBeds,
    audit_reporter,
    audit_tally,
    call_states,
    draw_calls,
    is_audit_day,
    listings_shown,
)
from shared.domain.outcome import CallResult, Outcome, reporter_of
from shared.domain.truth import Rate
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON, home, unposted
from tests.support.outcomes import GONE, THERE, call

MONDAY = uk_day(NOON)
TUESDAY = MONDAY + timedelta(days=1)
LISTINGS = [
    ListedBeds(f"1-810000000{number}", category)
    for number in range(4)
    for category in (BedCategory.GENERAL_NURSING, BedCategory.TRANSITIONAL)
]
FIRST_DRAW, SECOND_DRAW = (3, 7), (4, 6)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
SOME_LISTINGS = st.lists(
    st.builds(ListedBeds, st.integers(0, 50).map("1-{}".format), st.sampled_from(BedCategory))
)


def working_days(count: int) -> list[date]:
    days = (MONDAY + timedelta(days=offset) for offset in range(2 * count))
    return [day for day in days if is_audit_day(day)][:count]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-27", True),
        ("2026-11-28", False),
        ("2026-11-29", False),
        ("2026-12-25", False),
        ("2026-12-28", False),
        ("2026-12-29", True),
    ],
)
def test_calls_are_made_from_monday_to_friday_but_not_on_bank_holidays(
    day: str, expected: bool
) -> None:
    assert is_audit_day(date.fromisoformat(day)) is expected
    assert bool(draw_calls("example", date.fromisoformat(day), LISTINGS)) is expected


@given(DAYS.filter(is_audit_day), SOME_LISTINGS, st.integers())
def test_the_draw_does_not_depend_on_the_order_of_the_list(
    day: date, listings: list[ListedBeds], seed: int
) -> None:
    drawn = draw_calls("example", day, listings)
    shuffled = [*listings, *listings[:3]]
    Random(seed).shuffle(shuffled)
    assert draw_calls("example", day, shuffled) == drawn
    assert len({each.listing for each in drawn}) == len(drawn) == min(2, len(set(listings)))
    assert {each.listing for each in drawn} <= set(listings)


@given(DAYS.filter(is_audit_day), SOME_LISTINGS, SOME_LISTINGS)
def test_a_listing_that_was_not_drawn_may_go_without_changing_the_draw(
    day: date, listings: list[ListedBeds], others: list[ListedBeds]
) -> None:
    drawn = draw_calls("example", day, [*listings, *others])
    kept = {each.listing for each in drawn}
    assert draw_calls("example", day, {*listings, *kept}) == drawn


def test_the_draw_of_a_day_is_always_the_same() -> None:
    """Anyone can draw again; another way of drawing would be a second draw of all past days."""
    assert [draw_calls("example", day, LISTINGS) for day in (MONDAY, TUESDAY)] == [
        [DrawnCall(MONDAY, LISTINGS[index]) for index in FIRST_DRAW],
        [DrawnCall(TUESDAY, LISTINGS[index]) for index in SECOND_DRAW],
    ]


def test_with_more_calls_the_first_are_the_same() -> None:
    more = draw_calls("example", MONDAY, LISTINGS, calls=5)
    assert len(more) == 5
    assert more[:2] == draw_calls("example", MONDAY, LISTINGS)


def test_councils_and_days_draw_by_themselves() -> None:
    days = working_days(60)
    one = [[each.listing for each in draw_calls("one", day, LISTINGS)] for day in days]
    other = [[each.listing for each in draw_calls("other", day, LISTINGS)] for day in days]
    same = sum(mine == theirs for mine, theirs in zip(one, other, strict=True))
    repeated = sum(mine == later for mine, later in pairwise(one))
    assert same <= 6
    assert repeated <= 6


def test_each_pair_of_listings_is_drawn_as_often_as_any_other() -> None:
    """Chi-square over 2,800 days: of 28 pairs, 27 degrees of freedom; below 46.96 in 99 of 100."""
    days = working_days(2800)
    drawn = Counter(
        frozenset(each.listing for each in draw_calls("example", day, LISTINGS)) for day in days
    )
    pairs = [frozenset(pair) for pair in combinations(LISTINGS, 2)]
    expected = len(days) / len(pairs)
    assert sum((drawn[pair] - expected) ** 2 / expected for pair in pairs) < 46.96


def test_each_listing_is_called_first_as_often_as_any_other() -> None:
    """Chi-square with 7 degrees of freedom is below 18.48 in 99 of 100."""
    days = working_days(2800)
    first = Counter(draw_calls("second", day, LISTINGS)[0].listing for day in days)
    expected = len(days) / len(LISTINGS)
    assert sum((first[each] - expected) ** 2 / expected for each in LISTINGS) < 18.48


def test_every_category_with_a_free_bed_is_a_listing() -> None:
    listed = home("1-8100000001", accepting=2).to_document()
    full = home("1-8100000002", accepting=0).to_document()
    homes = [listed, full, unposted("1-8100000003").to_document()]
    assert listings_shown(homes) == [ListedBeds("1-8100000001", BedCategory.GENERAL_NURSING)]


def test_a_listing_that_is_drawn_on_two_days_has_two_outcomes() -> None:
    first, second = (DrawnCall(day, LISTINGS[0]) for day in (MONDAY, TUESDAY))
    reporters = {audit_reporter(first, NOON), audit_reporter(second, NOON)}
    team = reporter_of("exeter", *LISTINGS[0], NOON)
    assert len(reporters | {team}) == 3
    assert audit_reporter(first, NOON) in reporters


def audited(result: CallResult, listing: ListedBeds, day: date) -> Outcome:
    outcome = call(result, listing.location_id, listing.category, team=None)
    return replace(outcome, audit_day=day.isoformat())


def test_each_drawn_listing_has_what_became_of_its_call() -> None:
    drawn = [DrawnCall(MONDAY, each) for each in LISTINGS[:5]] + [DrawnCall(TUESDAY, LISTINGS[0])]
    outcomes = [
        audited(THERE, LISTINGS[0], MONDAY),
        audited(GONE, LISTINGS[1], MONDAY),
        audited(CallResult.NO_ANSWER, LISTINGS[2], MONDAY),
        replace(audited(THERE, LISTINGS[3], MONDAY), is_withdrawn=True),
        audited(GONE, LISTINGS[7], MONDAY),
        call(GONE, LISTINGS[4].location_id, LISTINGS[4].category),
    ]
    states = call_states(drawn, outcomes, TUESDAY)
    assert list(states.values()) == [
        CallState.THERE,
        CallState.GONE,
        CallState.UNANSWERED,
        CallState.UNCALLED,
        CallState.UNCALLED,
        CallState.TO_CALL,
    ]
    tally = audit_tally(states)
    assert tally.truth == Rate(1, 2)
    assert tally.counts() == {"drawn": 5, "called": 3, "unanswered": 1, "uncalled": 2}


def test_a_bed_that_is_not_for_someone_is_there() -> None:
    drawn = [DrawnCall(MONDAY, LISTINGS[0])]
    found = [audited(CallResult.NOT_FOR_THIS_PERSON, LISTINGS[0], MONDAY)]
    assert list(call_states(drawn, found, MONDAY).values()) == [CallState.THERE]


def test_anyone_sees_the_rate_from_thirty_answers_on_and_always_what_was_missed() -> None:
    homes = frozenset({"a", "b", "c"})
    few = AuditTally(there=28, gone=1, unanswered=4, uncalled=2, homes=homes).shown_in_public()
    assert few == {"truth": {"n": 29}, "drawn": 35, "called": 33, "unanswered": 4, "uncalled": 2}
    enough = AuditTally(there=28, gone=2, homes=homes).shown_in_public()
    assert enough["truth"] == Rate(28, 30).shown_from(30)
    assert AuditTally(there=28, gone=2).shown_in_public()["truth"] == {"n": 30}
