"""What teams were told against a listing, until the home posts again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.dispute import DISPUTED_WITHIN, MOST_REPORTS, Disputes
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON, home

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
HOUR = timedelta(hours=1)
NAME = "Larkrise House"
NONE = Disputes("1-9000000001")
ONE = NONE.with_report(NURSING, NOON, "a", NOON + HOUR, name=NAME)


def test_one_team_marks_a_listing_and_a_second_within_a_day_disputes_it() -> None:
    shown = ONE.by_category[NURSING].shown()
    assert shown == {"told_at": "2026-01-05T13:00:00.000Z", "teams": 1, "disputed": False}
    two = ONE.with_report(NURSING, NOON, "b", NOON + HOUR + DISPUTED_WITHIN, name=NAME)
    assert two.by_category[NURSING].shown() == {
        "told_at": "2026-01-06T13:00:00.000Z",
        "teams": 2,
        "disputed": True,
    }


def test_two_teams_more_than_a_day_apart_and_one_team_twice_do_not_dispute() -> None:
    later = NOON + HOUR + DISPUTED_WITHIN + timedelta(seconds=1)
    assert (
        not ONE.with_report(NURSING, NOON, "b", later, name=NAME).by_category[NURSING].is_disputed
    )
    twice = ONE.with_report(NURSING, NOON, "a", NOON + 2 * HOUR, name=NAME)
    assert not twice.by_category[NURSING].is_disputed


def test_the_next_post_of_the_category_ends_it_and_another_category_does_not() -> None:
    listed = home(category=NURSING)
    assert ONE.of_home(listed.to_document()) == {NURSING: ONE.by_category[NURSING]}
    other = listed.update({DEMENTIA: listed.beds[NURSING]}, None, NOON + 2 * HOUR)
    assert set(ONE.of_home(other.to_document())) == {NURSING}
    assert ONE.of_home(listed.confirm(NOON + 2 * HOUR).to_document()) == {}


def test_a_report_of_an_older_listing_changes_nothing() -> None:
    assert ONE.with_report(NURSING, NOON - HOUR, "b", NOON + HOUR, name=NAME) is ONE


def test_a_report_of_a_newer_listing_replaces_those_of_the_older() -> None:
    newer = ONE.with_report(NURSING, NOON + HOUR, "b", NOON + 2 * HOUR, name=NAME).by_category[
        NURSING
    ]
    assert set(newer.told_at) == {"b"}


def test_taking_a_report_back_leaves_no_trace_of_it() -> None:
    assert ONE.without_report(NURSING, NOON, "a").by_category == {}
    two = ONE.with_report(NURSING, NOON, "b", NOON + HOUR, name=NAME)
    assert two.without_report(NURSING, NOON, "b").by_category == ONE.by_category
    assert ONE.without_report(NURSING, NOON, "b") is ONE
    assert ONE.without_report(NURSING, NOON + HOUR, "a") is ONE


@pytest.mark.parametrize("disputes", [NONE, ONE])
def test_a_document_holds_all_of_it(disputes: Disputes) -> None:
    assert Disputes.from_document(disputes.to_document()) == disputes


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 100)), max_size=30))
def test_only_the_newest_reports_of_a_listing_are_kept(reports: list[tuple[int, int]]) -> None:
    disputes = NONE
    for team, hour in reports:
        disputes = disputes.with_report(NURSING, NOON, str(team), NOON + hour * HOUR, name=NAME)
    held = disputes.by_category[NURSING].told_at if reports else {}
    assert len(held) <= MOST_REPORTS
    assert set(held) <= {str(team) for team, _ in reports}
