"""A home is told how many standing searches it fits: as many as notify would tell of it."""

from dataclasses import replace
from random import Random

from notify.alert_index import AlertIndex
from shared.domain.alert import Alert
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason
from show_home.searches import fitted
from tests.notify import invented
from tests.support.builders import NOON, home

NEAR = Alert("exeter", "3f9c0d1e8a72", 1, "EX2 5DW", 50.7167, -3.5062, 10, NOON)


def test_it_counts_searches_and_the_teams_behind_them() -> None:
    alerts = [
        NEAR,
        replace(NEAR, alert_id="aaaaaaaaaaaa", categories=(BedCategory.GENERAL_NURSING,)),
        replace(NEAR, team="plymouth"),
        replace(NEAR, team="derby", categories=(BedCategory.DEMENTIA_NURSING,)),
        replace(NEAR, team="leeds", latitude=53.8),
        replace(NEAR, team="truro", beds=2),
    ]
    told = fitted(home(accepting=1).to_document(), [each.to_document() for each in alerts])
    assert told == {"standing_searches": 3, "teams": 2}


def test_what_is_deleted_or_paused_is_no_search() -> None:
    alerts = [replace(NEAR, deleted=True), replace(NEAR, paused=True)]
    told = fitted(home().to_document(), [each.to_document() for each in alerts])
    assert told == {"standing_searches": 0, "teams": 0}


def test_a_closed_home_fits_none() -> None:
    closed = replace(home(), admission_status=invented.CLOSED)
    assert closed.admission_status.status is AdmissionState.CLOSED
    assert closed.admission_status.reason is ClosureReason.OUTBREAK
    assert not fitted(closed.to_document(), [NEAR.to_document()])["standing_searches"]


def test_it_is_what_an_opening_of_all_its_beds_would_tell() -> None:
    dice = Random(3)
    seen = 0
    for _ in range(200):
        document = invented.home(dice).to_document()
        alerts = invented.alerts(dice, 8)
        book = AlertIndex()
        for alert in alerts:
            book.put(alert.to_document())
        told = book.matches(None, document)
        expected = {"standing_searches": sum(map(len, told.values())), "teams": len(told)}
        assert fitted(document, [each.to_document() for each in alerts]) == expected
        seen += expected["standing_searches"]
    assert seen > 50
