"""Homes are reminded where an answer would tell most, once a day; how sure beds are is measured."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from layer.build import postcode_package
from shared.aws.clock import SYSTEM
from shared.aws.delivery_queue import DeliveryQueue
from shared.domain.author import Author
from shared.domain.beds import BedCounts
from shared.domain.care_home import CareHome
from shared.domain.demand import Cell, Span, period_of
from shared.domain.documents import to_json
from shared.domain.errors import BusyError
from shared.domain.posts import Posts
from shared.domain.vocabulary import Action, BedCategory, Registration
from shared.domain.wrong_posts import WrongPosts
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.store import demand, keys, reminded, wrong_posts
from shared.store.change_log import commit
from shared.store.reminded import BY_SCHEDULE, Reminder
from shared.store.table import Table
from tests.remind_homes.conftest import Remind
from tests.support.builders import NOON, REGISTER, changed, counts, home, save, unposted
from tests.support.outbox import provider_error

FIRST, SECOND = "1-9000000001", "1-9000000002"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def postcodes() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


def announced(day: date) -> BedCounts:
    return replace(counts(0), available_from=day)


class FailingSqs:
    """A queue that takes nothing."""

    def send_message_batch(self, **_: Any) -> Any:
        raise provider_error("InternalError", 500)


def unregistered(location_id: str) -> CareHome:
    return home(location_id, register=replace(REGISTER, registration=Registration.DEREGISTERED))


def test_a_single_bed_listed_a_week_ago_is_asked_about(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.at(NOON + 7 * DAY)
    assert remind.reminded() == {FIRST: 1}


def test_many_beds_listed_a_week_ago_are_not_asked_about(table: Table, remind: Remind) -> None:
    save(table, home(FIRST, accepting=6))
    remind.at(NOON + 7 * DAY)
    assert not remind.reminded()


def test_a_full_home_is_asked_whether_a_bed_has_opened(table: Table, remind: Remind) -> None:
    save(table, home(FIRST, accepting=0))
    remind.at(NOON + 7 * DAY)
    assert remind.reminded() == {FIRST: 1}


def test_a_home_is_reminded_at_most_once_a_day(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    for hours in (0, 4):
        remind.at(NOON + 7 * DAY + timedelta(hours=hours))
    assert remind.reminded() == {FIRST: 1}
    remind.at(NOON + 8 * DAY)
    assert remind.reminded() == {FIRST: 1}


def test_a_home_that_the_council_reminded_today_is_left_alone(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    now = NOON + 7 * DAY
    reminded.record(table, now.date(), Reminder(FIRST, now, "an officer"))
    remind.at(now)
    assert not remind.reminded()


def test_what_teams_search_for_is_asked_about_earlier(
    table: Table, remind: Remind, postcodes: Postcodes
) -> None:
    """Around EX2 they look for nursing, around PL1 for nothing."""
    elsewhere = replace(REGISTER, postcode="PL1 1AA", latitude=50.37, longitude=-4.14)
    save(table, home(FIRST), home(SECOND, register=elsewhere))
    week = period_of(NOON.date() - 7 * DAY, Span.WEEK)
    demand.publish(table, week, {Cell("EX2", "general_nursing", "hoist"): 40})
    remind.at(NOON + 4 * DAY, postcodes=postcodes)
    assert remind.reminded() == {FIRST: 1}


def test_who_reminded_is_recorded(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    now = NOON + 7 * DAY
    remind.at(now)
    assert reminded.of_day(table, now.date()) == {FIRST: Reminder(FIRST, now, BY_SCHEDULE)}


def test_an_item_without_a_document_keeps_no_home_from_its_reminder(
    table: Table, remind: Remind
) -> None:
    table.put({keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": "probe"}})
    save(table, home(FIRST))
    remind.at(NOON + 7 * DAY)
    assert remind.reminded() == {FIRST: 1}


def test_a_home_that_posted_within_twenty_hours_is_not_reminded(
    table: Table, remind: Remind
) -> None:
    passed = replace(home(FIRST), beds={BedCategory.GENERAL_NURSING: announced(NOON.date())})
    save(table, passed)
    remind.at(NOON + timedelta(hours=19))
    assert not remind.reminded()
    remind.at(NOON + timedelta(hours=20))
    assert remind.reminded() == {FIRST: 1}


def test_a_home_that_has_confirmed_again_is_not_reminded(table: Table, remind: Remind) -> None:
    before = home(FIRST)
    save(table, before)
    now = NOON + 7 * DAY
    commit(table, SYSTEM, [changed(before, before.confirm(now), Action.CONFIRMED)])
    remind.at(now)
    assert not remind.reminded()


def test_a_home_that_never_posted_is_reminded(table: Table, remind: Remind) -> None:
    save(table, unposted(FIRST))
    remind.at()
    (message,) = remind.read()
    assert message["confirmed_at"] is None


def test_an_event_says_what_the_reminder_needs(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.at(NOON + 7 * DAY)
    assert remind.read() == [
        {
            "event": "check_vacancies",
            "location_id": FIRST,
            "name": "Larkrise House",
            "confirmed_at": "2026-01-05T12:00:00.000Z",
            "day": "2026-01-12",
            "sent_at": "2026-01-12T12:00:00.000Z",
        }
    ]


def test_more_homes_than_fit_into_one_request_are_all_reminded(
    table: Table, remind: Remind
) -> None:
    homes = [f"1-90000000{number:02d}" for number in range(23)]
    save(table, *map(home, homes))
    remind.at()
    assert remind.reminded() == dict.fromkeys(homes, 1)


def test_a_home_that_left_the_register_is_not_reminded(table: Table, remind: Remind) -> None:
    save(table, unregistered(FIRST))
    remind.at()
    assert not remind.reminded()


def test_without_a_reminder_time_no_home_is_reminded(table: Table, remind: Remind) -> None:
    save(table, home(FIRST))
    remind.at(time_of_day=None)
    assert not remind.reminded()


def test_a_run_that_the_queue_refuses_fails_so_that_it_is_tried_again(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST))
    with pytest.raises(BusyError):
        remind.at(queue=DeliveryQueue(FailingSqs(), "queue"))  # type: ignore[arg-type]  # a stand-in
    remind.at()
    assert remind.reminded() == {FIRST: 1}


def test_how_sure_the_beds_are_is_measured(table: Table, remind: Remind) -> None:
    sure, many = home("1-9000000003"), home("1-9000000004", accepting=9)
    lately = replace(sure, confirmed_at=NOON + 40 * DAY)
    lately = replace(lately, posts=Posts({BedCategory.GENERAL_NURSING: NOON + 40 * DAY}))
    gone = unregistered("1-9000000005")
    save(table, home(FIRST), unposted(SECOND), lately, many, gone)
    remind.at(NOON + 40 * DAY, time_of_day=None)
    assert remind.metrics == {
        "HomesNotHeardFrom": 3,
        "HomesNotHeardFromPercent": 75,
        "ListingsVeryLikely": 2,
        "ListingsLikely": 0,
        "ListingsUnsure": 1,
        "ListingsUnsurePercent": pytest.approx(100 / 3),
    }


def test_homes_without_free_beds_have_no_metrics_of_listings(table: Table, remind: Remind) -> None:
    save(table, unposted(FIRST))
    remind.at(time_of_day=None)
    assert remind.metrics == {"HomesNotHeardFrom": 1, "HomesNotHeardFromPercent": 100}


def test_a_council_without_homes_has_no_metrics(table: Table, remind: Remind) -> None:
    remind.at(time_of_day=None)
    assert not remind.metrics


def test_a_home_that_cannot_be_read_does_not_stop_the_reminders_of_others(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST), home(SECOND))
    partition = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": FIRST}}
    wrong = {**home(FIRST).to_document(), "confirmed_at": "long ago"}
    table.put({**partition, keys.DOCUMENT: {"S": to_json(wrong)}})
    remind.at(NOON + 7 * DAY)
    assert remind.reminded() == {SECOND: 1}


def test_how_certain_beds_are_goes_by_what_the_councils_calls_found(
    table: Table, remind: Remind
) -> None:
    save(table, home(FIRST))
    remind.at(NOON + 2 * DAY, time_of_day=None)
    assert remind.metrics["ListingsUnsurePercent"] == 0
    learned = WrongPosts(calls=975, gone=975, filled=0.0, weight=975.0)
    wrong_posts.save(table, SYSTEM, learned, Author("schedule", "request-1"))
    remind.at(NOON + 2 * DAY, time_of_day=None)
    assert remind.metrics["ListingsUnsurePercent"] == 100
