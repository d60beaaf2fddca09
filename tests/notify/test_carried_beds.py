"""Vacancies that a new location id takes over from an old one alert only whom they are news to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from shared.aws.clock import SYSTEM
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.carry_over import carry_over
from shared.domain.home_before import CarriedPart, LastInSearch
from shared.domain.posts import Posts
from shared.domain.vocabulary import Action, Registration
from shared.store import alerts
from shared.store.change_log import commit
from shared.store.table import Table
from tests.notify.conftest import Inboxes, Notify
from tests.support.builders import NOON, REGISTER, changed, counts, home, save, unposted

OLD, NEW = "1-9000000001", "1-9000000002"
EXETER, PLYMOUTH = "exeter-discharge", "plymouth-discharge"
GONE = replace(REGISTER, registration=Registration.DEREGISTERED)
NURSING = "general_nursing"
HOUR: Final = timedelta(hours=1)


def save_alert(table: Table, team: str = EXETER, **particular: Any) -> None:
    plain = Alert(
        team, "3f9c0d1e8a72", 1, "EX2 5DW", REGISTER.latitude, REGISTER.longitude, 9, NOON
    )
    alerts.create(table, SYSTEM, replace(plain, **particular), Author("someone", "request-9"))


def carry(
    table: Table, accepting: int, last: LastInSearch | None, *, confirmed: timedelta = HOUR
) -> CareHome:
    """Carry over vacancies that the old id confirmed so long ago, and return the new home."""
    now = datetime.now(UTC)
    said = now - confirmed
    old = replace(home(OLD, register=GONE, accepting=accepting), confirmed_at=said)
    old = replace(old, posts=Posts(dict.fromkeys(old.beds, said)))
    new = unposted(NEW)
    save(table, new)
    after = carry_over(old, new, [CarriedPart.VACANCIES], last, now.date()).home
    commit(table, SYSTEM, [changed(new, after, Action.CARRIED_OVER)])
    return after


def shown(accepting: int, ago: timedelta = 24 * HOUR) -> LastInSearch:
    return LastInSearch(datetime.now(UTC) - ago, {NURSING: accepting} if accepting else {})


def test_a_vacancy_that_searches_showed_before_alerts_no_one(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save_alert(table)
    carry(table, 2, shown(2))
    assert notify.run_new() == []
    assert inboxes.read(EXETER) == []


def test_a_vacancy_that_no_search_showed_alerts(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save_alert(table)
    carry(table, 2, shown(0))
    notify.run_new()
    (message,) = inboxes.read(EXETER)
    assert message["home"]["location_id"] == NEW
    (opened,) = message["opened"]
    assert (opened["category"], opened["before"], opened["accepting"]) == (NURSING, 0, 2)
    assert opened["likelihood"] == "very_likely"


def test_an_alert_made_since_the_old_id_left_is_told(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER, PLYMOUTH)
    save_alert(table, EXETER, created_at=datetime.now(UTC) - 48 * HOUR)
    save_alert(table, PLYMOUTH, created_at=datetime.now(UTC) - HOUR)
    carry(table, 2, shown(2))
    notify.run_new()
    assert inboxes.read(EXETER) == []
    assert len(inboxes.read(PLYMOUTH)) == 1


def test_only_the_beds_that_were_not_shown_are_news(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER, PLYMOUTH)
    save_alert(table, EXETER, beds=1)
    save_alert(table, PLYMOUTH, beds=2)
    carry(table, 2, shown(1))
    notify.run_new()
    assert inboxes.read(EXETER) == []
    assert len(inboxes.read(PLYMOUTH)) == 1


def test_a_bed_that_is_uncertain_by_now_alerts_no_one(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save_alert(table)
    carry(table, 1, None, confirmed=30 * 24 * HOUR)
    notify.run_new()
    assert inboxes.read(EXETER) == []


def test_many_beds_that_are_likely_still_there_alert_after_weeks_too(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save_alert(table)
    carry(table, 6, None, confirmed=30 * 24 * HOUR)
    notify.run_new()
    assert len(inboxes.read(EXETER)) == 1


def test_a_bed_that_opens_after_it_was_carried_over_alerts_as_any(
    table: Table, inboxes: Inboxes, notify: Notify
) -> None:
    inboxes.open(EXETER)
    save_alert(table, beds=3)
    new = carry(table, 2, shown(2))
    beds = {each: counts(3) for each in new.beds}
    commit(table, SYSTEM, [changed(new, new.update(beds, None, datetime.now(UTC)))])
    notify.run_new()
    assert len(inboxes.read(EXETER)) == 1
