"""What goes back into the live table, and what its owners made newer and so stays."""

from dataclasses import replace

import pytest

from cli.restore.merge import Since, step_of_alert, step_of_home
from notify.alert_index import AlertIndex, openings
from shared.domain.alert import Alert
from shared.domain.documents import Document
from shared.domain.vocabulary import Action, Rating
from tests.support.builders import NOON, home

THEN: Document = home(accepting=3).to_document()
LIVE: Document = {
    **home(accepting=0).to_document(),
    "version": 5,
    "name": "Spoilt",
    "features": ["pets"],
    "confirmed_at": "2026-01-06T12:00:00.000Z",
}

ALERT = Alert("north", "3f9c0d1e8a72", 1, "EX2 5DW", 50.7167, -3.5062, 5, NOON).to_document()


def becomes(live: Document | None, since: Since, *, all_of_it: bool = False) -> Document:
    step = step_of_home(THEN, live, since, "r", all_of_it=all_of_it)
    assert step
    return step.changes[-1].document


@pytest.mark.parametrize("all_of_it", [False, True])
def test_a_home_that_nobody_touched_since_gets_all_of_it_back(all_of_it: bool) -> None:
    assert becomes(LIVE, Since(5), all_of_it=all_of_it) == {**THEN, "version": 6}
    assert step_of_home(THEN, {**THEN, "version": 9}, Since(9), "r", all_of_it=all_of_it) is None


def test_what_its_staff_posted_since_stays_and_the_rest_goes_back() -> None:
    found = becomes(LIVE, Since(5, {Action.IMPORTED, Action.UPDATED}))
    assert found["beds"] == LIVE["beds"]
    assert found["confirmed_at"] == LIVE["confirmed_at"]
    assert (found["name"], found["features"]) == (THEN["name"], THEN["features"])
    found = becomes(LIVE, Since(5, {Action.EDITED}))
    assert (found["beds"], found["features"]) == (THEN["beds"], ["pets"])
    assert becomes(LIVE, Since(5, {Action.UPDATED}), all_of_it=True) == {**THEN, "version": 6}


def test_a_version_never_comes_twice() -> None:
    assert becomes({**LIVE, "version": 2}, Since(8))["version"] == 9
    assert becomes(None, Since(8))["version"] == 10
    assert becomes(None, Since())["version"] == THEN["version"] + 2


@pytest.mark.parametrize("live", [LIVE, None], ids=["spoilt", "gone"])
def test_what_goes_back_opens_nothing(live: Document | None) -> None:
    step = step_of_home(THEN, live, Since(5), "r", all_of_it=True)
    assert step
    book = AlertIndex()
    book.put(ALERT)
    assert book.matches(None, THEN), "the alert fits, so it would fire"
    for change in step.changes:
        assert not book.matches(change.previous, change.document)
        assert not openings(change.previous, change.document)


def test_alerts_come_back_but_for_what_their_team_did_since() -> None:
    def back(live: Document | None, since: Since, *, all_of_it: bool = False) -> int | None:
        step = step_of_alert(ALERT, live, since, "r", all_of_it=all_of_it)
        return step.changes[-1].document["version"] if step else None

    deleted = {**ALERT, "version": 2, "deleted": True}
    assert back(None, Since(2)) == 3
    assert back(deleted, Since(2, {Action.DELETED})) is None
    assert back(deleted, Since(2, {Action.DELETED}), all_of_it=True) == 3
    assert back({**ALERT, "version": 4}, Since(4)) is None
    changed = {**ALERT, "version": 2, "min_rating": Rating.GOOD}
    assert back(changed, Since()) == 3
    assert step_of_alert(deleted, None, Since(), "r", all_of_it=True) is None


def test_it_is_told_where_something_newer_was_kept() -> None:
    kept = step_of_home(THEN, LIVE, Since(5, {Action.UPDATED}), "r", all_of_it=False)
    assert kept
    assert kept.keeps
    same = replace(home(accepting=3), version=5).to_document()
    none = step_of_home(
        THEN, {**same, "name": "x"}, Since(5, {Action.UPDATED}), "r", all_of_it=False
    )
    assert none
    assert not none.keeps
