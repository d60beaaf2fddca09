"""A restore keeps what the owners of a home or an alert changed later, and opens no vacancy."""

from dataclasses import replace

import pytest

from cli.restore.merge import CopiedDocument, LaterChanges, plan_alert, plan_home, plan_placing_stop
from notify.alert_index import AlertIndex
from notify.opening import Opening
from shared.domain.alert import Alert
from shared.domain.documents import Document
from shared.domain.vocabulary import Action, Rating
from tests.support.builders import NOON, home

COPIED: Document = home(accepting=3).to_document()
SAID: Document = {
    "website": "https://larkrise.example.org",
    "needs": {"pet": "yes"},
    "needs_said_on": {"person": "2026-01-06"},
    "funding": ["chc"],
    "assesses_within_hours": 24,
    "also_as": {"general_nursing": ["general_residential"]},
}
LIVE: Document = {
    **home(accepting=0).to_document(),
    "version": 5,
    "name": "Damaged",
    **SAID,
    "confirmed_at": "2026-01-06T12:00:00.000Z",
}

ALERT = Alert("north", "3f9c0d1e8a72", 1, "EX2 5DW", 50.7167, -3.5062, 5, NOON).to_document()


def restored(
    live: Document | None, later: LaterChanges, *, overwrite_newer: bool = False
) -> Document:
    """Return the home as the restore leaves it."""
    plan = plan_home(CopiedDocument(COPIED, live, later, "r", overwrite_newer=overwrite_newer))
    assert plan
    return plan.changes[-1].document


@pytest.mark.parametrize("overwrite_newer", [False, True])
def test_a_home_without_later_changes_is_restored_whole(overwrite_newer: bool) -> None:
    document = restored(LIVE, LaterChanges(5), overwrite_newer=overwrite_newer)
    assert document == {**COPIED, "version": 6}


def test_a_home_that_differs_only_in_its_version_is_left_alone() -> None:
    live = {**COPIED, "version": 9}
    assert (
        plan_home(CopiedDocument(COPIED, live, LaterChanges(9), "r", overwrite_newer=False)) is None
    )


def test_bed_counts_that_staff_posted_later_stay() -> None:
    document = restored(LIVE, LaterChanges(5, {Action.IMPORTED, Action.UPDATED}))
    assert document["beds"] == LIVE["beds"]
    assert document["confirmed_at"] == LIVE["confirmed_at"]
    assert document["name"] == COPIED["name"]
    assert not SAID.keys() & document.keys()


def test_what_staff_said_of_their_home_later_stays() -> None:
    document = restored(LIVE, LaterChanges(5, {Action.EDITED}))
    assert document["beds"] == COPIED["beds"]
    assert {name: document.get(name) for name in SAID} == SAID


UNMARKED: Document = {"location_id": "1-9000000001", "version": 2}
MARKED: Document = {**UNMARKED, "placing_stop": {"since": "2026-01-06"}}


def restored_mark(
    copied: Document, live: Document | None, later: LaterChanges, *, overwrite_newer: bool = False
) -> Document | None:
    """Return the mark that the restore writes; None where it writes none."""
    plan = plan_placing_stop(
        CopiedDocument(copied, live, later, "r", overwrite_newer=overwrite_newer)
    )
    if plan is None:
        return None
    assert [each.beside for each in plan.changes] == [None], "alerts hear of nothing"
    return plan.changes[-1].document


@pytest.mark.parametrize(("copied", "live"), [(UNMARKED, MARKED), (MARKED, UNMARKED)])
def test_a_mark_that_the_council_set_or_took_back_later_stays_so(
    copied: Document, live: Document
) -> None:
    now, later = {**live, "version": 5}, LaterChanges(5, {Action.PLACING})
    assert restored_mark(copied, now, later) is None
    assert restored_mark(copied, now, later, overwrite_newer=True) == {**copied, "version": 6}


def test_a_mark_that_was_lost_is_restored_with_a_new_version() -> None:
    assert restored_mark(MARKED, None, LaterChanges(4)) == {**MARKED, "version": 5}
    assert restored_mark(MARKED, {**MARKED, "version": 4}, LaterChanges(4)) is None


def test_overwrite_newer_restores_what_staff_posted_later() -> None:
    document = restored(LIVE, LaterChanges(5, {Action.UPDATED}), overwrite_newer=True)
    assert document == {**COPIED, "version": 6}


def test_a_version_is_never_used_twice() -> None:
    assert restored({**LIVE, "version": 2}, LaterChanges(8))["version"] == 9
    assert restored(None, LaterChanges(8))["version"] == 10
    assert restored(None, LaterChanges())["version"] == COPIED["version"] + 2


@pytest.mark.parametrize("live", [LIVE, None], ids=["damaged", "deleted"])
def test_a_restored_home_opens_no_vacancy(live: Document | None) -> None:
    plan = plan_home(CopiedDocument(COPIED, live, LaterChanges(5), "r", overwrite_newer=True))
    assert plan
    index = AlertIndex()
    index.put(ALERT)
    assert index.matches(None, COPIED), "the alert fits the home"
    for change in plan.changes:
        assert not index.matches(change.previous, change.document)
        opening = Opening(change.previous, change.document)
        assert not opening.reaches
        assert not opening.may_fit_more


def restored_version(
    live: Document | None, later: LaterChanges, *, overwrite_newer: bool = False
) -> int | None:
    """Return the version of the alert that the restore writes; None where it writes none."""
    plan = plan_alert(CopiedDocument(ALERT, live, later, "r", overwrite_newer=overwrite_newer))
    return plan.changes[-1].document["version"] if plan else None


def test_an_alert_that_is_missing_or_differs_is_restored() -> None:
    assert restored_version(None, LaterChanges(2)) == 3
    damaged = {**ALERT, "version": 2, "min_rating": Rating.GOOD}
    assert restored_version(damaged, LaterChanges()) == 3
    assert restored_version({**ALERT, "version": 4}, LaterChanges(4)) is None


def test_an_alert_that_its_team_deleted_later_stays_deleted() -> None:
    deleted = {**ALERT, "version": 2, "deleted": True}
    assert restored_version(deleted, LaterChanges(2, {Action.DELETED})) is None
    overwritten = restored_version(deleted, LaterChanges(2, {Action.DELETED}), overwrite_newer=True)
    assert overwritten == 3


def test_an_alert_that_was_deleted_before_stays_deleted() -> None:
    deleted = {**ALERT, "version": 2, "deleted": True}
    assert (
        plan_alert(CopiedDocument(deleted, None, LaterChanges(), "r", overwrite_newer=True)) is None
    )


def test_a_plan_says_whether_newer_changes_stay() -> None:
    plan = plan_home(
        CopiedDocument(COPIED, LIVE, LaterChanges(5, {Action.UPDATED}), "r", overwrite_newer=False)
    )
    assert plan
    assert plan.keeps_newer


def test_newer_changes_that_equal_the_copy_are_not_counted_as_kept() -> None:
    live = {**replace(home(accepting=3), version=5).to_document(), "name": "Damaged"}
    plan = plan_home(
        CopiedDocument(COPIED, live, LaterChanges(5, {Action.UPDATED}), "r", overwrite_newer=False)
    )
    assert plan
    assert not plan.keeps_newer
