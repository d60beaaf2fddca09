"""A team is told a few days before an alert for a person ends, by day, once a day at most."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.aws.delivery_queue import DeliveryQueue
from shared.domain.alert import LIVES_FOR, Alert
from shared.domain.errors import BusyError
from shared.domain.needs import NEEDS
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory
from shared.store import keys
from shared.store.table import Table
from tests.remind_homes.conftest import Remind
from tests.remind_homes.test_handler import FailingSqs
from tests.support.builders import NOON

DAY = timedelta(days=1)
TEAM = "exeter-discharge"
ALERT = Alert(
    TEAM,
    "3f9c0d1e8a72",
    1,
    "EX4 4QJ",
    50.7362,
    -3.5331,
    10,
    NOON - LIVES_FOR,
    categories=(BedCategory.DEMENTIA_NURSING,),
    needs=("peg", "hoist"),
    funding=Funding.COUNCIL_RATE,
)
"""It ends at noon."""


def store(table: Table, *alerts: Alert) -> None:
    for alert in alerts:
        document = json.dumps(alert.to_document(), default=str)
        put(table, keys.alert(alert.team, alert.alert_id), document)


def put(table: Table, sort: str, document: str) -> None:
    item = {keys.PARTITION: {"S": keys.ALERTS}, keys.SORT: {"S": sort}}
    table.put({**item, keys.DOCUMENT: {"S": document}})


def told(remind: Remind, now: datetime) -> list[dict[str, Any]]:
    remind.at(now, time_of_day=None)
    return remind.read()


def ids(events: Sequence[dict[str, Any]]) -> list[list[str]]:
    return [[alert["alert_id"] for alert in event["alerts"]] for event in events]


def test_the_event_says_which_alerts_end_when_and_nothing_of_the_person(
    table: Table, remind: Remind
) -> None:
    store(table, ALERT)
    (event,) = told(remind, NOON - 3 * DAY)
    assert event == {
        "event": "alerts_ending",
        "team": TEAM,
        "day": "2026-01-05",
        "alerts": [
            {
                "alert_id": ALERT.alert_id,
                "near": "EX4 4QJ",
                "radius_miles": 10,
                "asks_for": {"categories": ["dementia_nursing"], "beds": 1},
            }
        ],
        "sent_at": "2026-01-02T12:00:00.000Z",
    }
    assert not [name for name in (*NEEDS, *Funding) if f'"{name}"' in json.dumps(event)]


@pytest.mark.parametrize(("days", "is_told"), [(4, False), (3, True), (2, True), (1, False)])
def test_it_is_told_three_days_before_and_again_to_whom_that_did_not_reach(
    table: Table, remind: Remind, days: int, is_told: bool
) -> None:
    store(table, ALERT)
    assert bool(told(remind, NOON - days * DAY)) is is_told


@pytest.mark.parametrize(("hour", "is_told"), [(7, False), (8, True), (17, True), (18, False)])
def test_nobody_is_told_at_night(table: Table, remind: Remind, hour: int, is_told: bool) -> None:
    store(table, ALERT)
    assert bool(told(remind, (NOON - 3 * DAY).replace(hour=hour))) is is_told


def test_alerts_that_end_on_one_day_are_one_event_for_their_team(
    table: Table, remind: Remind
) -> None:
    same = replace(ALERT, alert_id="00000000000b", created_at=ALERT.created_at + DAY / 3)
    next_day = replace(ALERT, alert_id="00000000000c", created_at=ALERT.created_at - DAY)
    other_team = replace(ALERT, team="other", alert_id="00000000000d")
    store(table, ALERT, same, next_day, other_team)
    events = told(remind, NOON - 3 * DAY)
    assert [(each["team"], each["day"]) for each in events] == [
        (TEAM, "2026-01-04"),
        (TEAM, "2026-01-05"),
        ("other", "2026-01-05"),
    ]
    assert ids(events) == [["00000000000c"], ["00000000000b", ALERT.alert_id], ["00000000000d"]]


@pytest.mark.parametrize(
    "alert",
    [
        replace(ALERT, needs=(), funding=None),
        ALERT.renew(NOON - 4 * DAY),
        ALERT.set_paused(True, NOON - 5 * DAY),
        ALERT.delete(),
    ],
    ids=["asks for nothing", "renewed", "paused", "deleted"],
)
def test_what_does_not_end_or_nobody_waits_for_is_not_told(
    table: Table, remind: Remind, alert: Alert
) -> None:
    store(table, alert)
    assert told(remind, NOON - 3 * DAY) == []


def test_after_a_renewal_the_next_end_is_told(table: Table, remind: Remind) -> None:
    renewed = ALERT.renew(NOON - 2 * DAY)
    store(table, renewed)
    (event,) = told(remind, NOON + 23 * DAY)
    assert event["day"] == "2026-01-31"


def test_an_alert_that_cannot_be_read_hides_no_other(table: Table, remind: Remind) -> None:
    put(table, keys.alert(TEAM, "00000000000a"), json.dumps({"alert_id": "00000000000a"}))
    put(table, keys.alert(TEAM, "00000000000b"), "{")
    store(table, ALERT)
    assert ids(told(remind, NOON - 3 * DAY)) == [[ALERT.alert_id]]


def test_a_run_that_the_queue_refuses_fails_so_that_it_is_tried_again(
    table: Table, remind: Remind
) -> None:
    store(table, ALERT)
    failing = DeliveryQueue(FailingSqs(), "queue")  # type: ignore[arg-type]  # a stand-in
    with pytest.raises(BusyError):
        remind.at(NOON - 3 * DAY, time_of_day=None, queue=failing)
    assert ids(told(remind, NOON - 3 * DAY)) == [[ALERT.alert_id]]
