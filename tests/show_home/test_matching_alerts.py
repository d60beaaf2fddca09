"""The alerts that a home fits are those that notify would send for it."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from notify.alert_index import AlertIndex
from shared.domain.alert import LIVES_FOR, Alert
from shared.domain.placing_stop import CouncilMark, PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason
from show_home.matching_alerts import count_matching_alerts
from tests.notify import random_homes
from tests.support.builders import NOON, home

REPORTED: list[str] = []
TODAY, DAY = uk_day(NOON), timedelta(days=1)
UNMARKED = CouncilMark("1-9000000001")
NEAR = Alert("exeter", "3f9c0d1e8a72", 1, "EX2 5DW", 50.7167, -3.5062, 10, NOON)


def test_alerts_and_their_teams_are_counted() -> None:
    alerts = [
        NEAR,
        replace(NEAR, alert_id="aaaaaaaaaaaa", categories=(BedCategory.GENERAL_NURSING,)),
        replace(NEAR, team="plymouth"),
        replace(NEAR, team="derby", categories=(BedCategory.DEMENTIA_NURSING,)),
        replace(NEAR, team="leeds", latitude=53.8),
        replace(NEAR, team="truro", beds=2),
    ]
    counts = count_matching_alerts(
        home(accepting=1).to_document(),
        UNMARKED,
        [each.to_document() for each in alerts],
        REPORTED.append,
        NOON,
    )
    assert counts == {"alerts": 3, "teams": 2}


def test_deleted_paused_and_ended_alerts_are_not_counted() -> None:
    ended = replace(NEAR, needs=("peg",), created_at=NOON - LIVES_FOR)
    alerts = [replace(NEAR, deleted=True), NEAR.set_paused(True, NOON), ended]
    counts = count_matching_alerts(
        home().to_document(),
        UNMARKED,
        [each.to_document() for each in alerts],
        REPORTED.append,
        NOON,
    )
    assert counts == {"alerts": 0, "teams": 0}


def test_a_closed_home_fits_no_alert() -> None:
    closed = replace(home(), admission_status=random_homes.CLOSED)
    assert closed.admission_status.status is AdmissionState.CLOSED
    assert closed.admission_status.reason is ClosureReason.OUTBREAK
    assert not count_matching_alerts(
        closed.to_document(), UNMARKED, [NEAR.to_document()], REPORTED.append, NOON
    )["alerts"]


@pytest.mark.parametrize(("first", "alerts"), [(0, 0), (1, 1)])
def test_a_home_fits_no_alert_while_the_council_is_not_placing_there(
    first: int, alerts: int
) -> None:
    mark = replace(UNMARKED, version=1, stop=PlacingStop(TODAY + first * DAY))
    listed = [NEAR.to_document()]
    counts = count_matching_alerts(home().to_document(), mark, listed, REPORTED.append, NOON)
    assert counts == {"alerts": alerts, "teams": alerts}


def test_the_count_equals_the_alerts_that_notify_matches() -> None:
    dice = Random(3)
    seen = 0
    for _ in range(200):
        document = random_homes.home(dice).to_document()
        alerts = random_homes.alerts(dice, 8)
        book = AlertIndex()
        for alert in alerts:
            book.put(alert.to_document())
        counts = book.matches(None, document)
        expected = {"alerts": sum(map(len, counts.values())), "teams": len(counts)}
        assert (
            count_matching_alerts(
                document, UNMARKED, [each.to_document() for each in alerts], REPORTED.append, NOON
            )
            == expected
        )
        seen += expected["alerts"]
    assert seen > 50


def test_an_alert_that_cannot_be_read_hides_only_itself_and_is_reported() -> None:
    reported: list[str] = []
    alerts = [{**NEAR.to_document(), "latitude": None}, NEAR.to_document()]
    counts = count_matching_alerts(home().to_document(), UNMARKED, alerts, reported.append, NOON)
    assert counts == {"alerts": 1, "teams": 1}
    assert reported == ["3f9c0d1e8a72"]
