"""Truth and fit rates: what is counted, by what it is grouped, and who may see it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.outcome import CallResult, Outcome
from shared.domain.truth import (
    AGE_BANDS,
    Grouping,
    Rate,
    Tally,
    age_band,
    audits,
    rate_in_public,
    reports,
    tallies_by,
    tally_of,
)
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON
from tests.support.outcomes import GONE, THERE, call

NOT_HERE = CallResult.NOT_FOR_THIS_PERSON
THREE_HOMES = frozenset({"1-8100000001", "1-8100000002", "1-8100000003"})

OUTCOMES = st.lists(
    st.builds(
        call,
        st.sampled_from(CallResult),
        st.sampled_from(sorted(THREE_HOMES)),
        st.sampled_from(BedCategory),
        days=st.floats(0, 60),
        told_at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
    ),
    max_size=30,
)
TALLIES = st.builds(
    Tally,
    st.integers(0, 60),
    st.integers(0, 20),
    st.just(0),
    st.frozensets(st.sampled_from("abcde")),
).filter(lambda tally: bool(tally.homes) == bool(tally.truth.n))


def test_a_bed_that_is_not_for_this_person_is_there() -> None:
    tally = tally_of([call(THERE), call(NOT_HERE), call(NOT_HERE), call(GONE)])
    assert tally.truth == Rate(3, 4)
    assert tally.fit == Rate(1, 3)
    assert tally.homes == {"1-8100000001"}


def test_a_call_that_reached_nobody_or_was_taken_back_says_nothing() -> None:
    unanswered = [call(CallResult.NO_ANSWER), call(CallResult.WRONG_NUMBER)]
    assert tally_of([*unanswered, replace(call(GONE), is_withdrawn=True)]) == Tally()


def test_a_team_that_called_again_counts_with_what_its_first_call_found() -> None:
    later_gone = replace(call(GONE), first_result=NOT_HERE)
    assert tally_of([later_gone]).truth == Rate(1, 1)


def test_without_a_contact_there_is_no_rate() -> None:
    assert Rate(0, 0).share is None
    assert Rate(0, 0).shown_from(0) == {"n": 0}


def test_a_rate_is_shown_with_its_interval_and_never_without_how_many_it_is_of() -> None:
    assert Rate(9, 10).shown_from(10) == {"n": 10, "rate": 0.9, "low": 0.6694, "high": 0.9821}
    assert Rate(9, 10).shown_from(11) == {"n": 10}


def test_reports_and_audits_are_told_apart() -> None:
    reported, audited = call(THERE), call(GONE, team=None)
    assert reports([reported, audited]) == [reported]
    assert audits([reported, audited]) == [audited]


def test_of_a_drawn_call_the_first_try_that_reached_the_home_counts() -> None:
    """The home may post between two tries, and two officers may press at once."""
    silent, found, gone = (
        call(result, days=days, team=None)
        for result, days in ((CallResult.NO_ANSWER, 2.0), (THERE, 1.0), (GONE, 0.5))
    )
    assert audits([silent, found, gone]) == [found]
    assert audits([silent]) == [silent]
    assert audits([replace(found, is_withdrawn=True), gone]) == [gone]


def test_months_are_those_of_uk_days() -> None:
    """Half past eleven in the evening of 31 May by UTC is 1 June in Britain."""
    late = call(THERE, told_at=datetime(2026, 5, 31, 23, 30, tzinfo=UTC))
    early = call(GONE, told_at=datetime(2026, 5, 31, 22, 30, tzinfo=UTC))
    assert list(tallies_by(Grouping.MONTH, [late, early])) == ["2026-05", "2026-06"]


@pytest.mark.parametrize(
    ("days", "band"),
    [(-0.1, "0-1"), (0.99, "0-1"), (1, "1-3"), (6.99, "3-7"), (13, "7-14"), (30, "30-")],
)
def test_a_listing_belongs_to_the_band_of_its_age_at_the_call(days: float, band: str) -> None:
    assert age_band(NOON - timedelta(days=days), NOON).id == band
    assert list(tallies_by(Grouping.AGE, [call(THERE, days=days)])) == [band]


def test_bands_of_age_follow_each_other_without_a_gap() -> None:
    starts = [band.from_days for band in AGE_BANDS]
    assert [band.below_days for band in AGE_BANDS] == [*starts[1:], None]
    assert starts[0] == 0


def test_bands_of_age_come_from_the_youngest_to_the_oldest() -> None:
    groups = tallies_by(Grouping.AGE, [call(THERE, days=days) for days in (40, 10, 4, 0, 20, 2)])
    assert list(groups) == [band.id for band in AGE_BANDS]


@given(OUTCOMES, st.sampled_from(Grouping))
def test_groups_add_up_to_the_whole(outcomes: list[Outcome], grouping: Grouping) -> None:
    groups = tallies_by(grouping, outcomes)
    whole = tally_of(outcomes)
    for count in ("there", "gone", "pursued"):
        assert sum(getattr(each, count) for each in groups.values()) == getattr(whole, count)
    assert union(each.homes for each in groups.values()) == whole.homes
    assert all(tally.truth.n for tally in groups.values())


def test_a_home_sees_its_own_rate_from_ten_contacts_on() -> None:
    assert Tally(8, 1).shown_to_home() == {"truth": {"n": 9}, "fit": {"n": 8}}
    assert Tally(9, 1).shown_to_home()["truth"]["rate"] == 0.9


def test_the_council_sees_a_single_homes_rate_from_ten_contacts_on_and_others_at_once() -> None:
    one_home = Tally(8, 1, homes=frozenset({"1-8100000001"}))
    assert one_home.shown_to_council() == {"truth": {"n": 9}, "fit": {"n": 8}}
    assert Tally(8, 1, homes=THREE_HOMES).shown_to_council()["truth"]["rate"] == 0.8889


def test_anyone_sees_the_truth_rate_of_three_homes_from_thirty_contacts_on() -> None:
    assert rate_in_public(Rate(29, 30), THREE_HOMES)["rate"] == 0.9667
    assert rate_in_public(Rate(28, 29), THREE_HOMES) == {"n": 29}
    assert rate_in_public(Rate(29, 30), {"a", "b"}) == {"n": 30}


def union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)
