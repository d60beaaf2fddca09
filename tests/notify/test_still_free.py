"""A home is asked whether a bed is still free, once of each listing that teams are told is gone."""

from datetime import timedelta
from typing import Any

from local.lambda_events import stream_record
from shared.aws.clock import SYSTEM
from shared.domain.author import Author
from shared.domain.documents import timestamp
from shared.domain.outcome import CallResult, Outcome, Shown
from shared.domain.vocabulary import BedCategory
from shared.store import keys, outcomes
from shared.store.outcomes import ListingKey
from tests.notify.change_log import log
from tests.notify.conftest import Notify
from tests.support.builders import NOON

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
HOME = "1-9000000001"
BY = Author("someone", "request-9")


def say_gone(notify: Notify, team: str, category: BedCategory = NURSING) -> None:
    shown = Shown(HOME, category, NOON, 1, 0.9)
    now = SYSTEM.now()
    outcome = Outcome(1, shown, team, CallResult.GONE, NOON + timedelta(hours=1), now)
    outcomes.record(notify.table, SYSTEM, outcome, BY, home_name="Larkrise House")


def records(notify: Notify) -> list[dict[str, Any]]:
    """Return the records of all disputes since the last call."""
    new = [item for item in log(notify.table) if item[keys.SORT]["S"] not in notify.seen]
    notify.seen |= {item[keys.SORT]["S"] for item in new}
    return [stream_record(item) for item in new if item[keys.KIND]["S"] == "dispute"]


def test_a_home_is_asked_about_the_listing_when_the_first_team_is_told(notify: Notify) -> None:
    say_gone(notify, "a")
    assert notify.run(*records(notify)) == []
    (asked,) = notify.queued()
    assert asked.pop("sent_at")
    assert asked == {
        "event": "still_free",
        "location_id": HOME,
        "name": "Larkrise House",
        "category": "general_nursing",
        "said_at": timestamp(NOON),
        "told_at": timestamp(NOON + timedelta(hours=1)),
    }


def test_a_second_team_asks_no_second_time_and_another_category_does(notify: Notify) -> None:
    say_gone(notify, "a")
    notify.run(*records(notify))
    notify.queued()
    say_gone(notify, "b")
    notify.run(*records(notify))
    assert notify.queued() == []
    say_gone(notify, "b", DEMENTIA)
    notify.run(*records(notify))
    assert [each["category"] for each in notify.queued()] == ["dementia_nursing"]


def test_what_is_taken_back_asks_nothing(notify: Notify) -> None:
    say_gone(notify, "a")
    notify.run(*records(notify))
    notify.queued()
    outcomes.withdraw(notify.table, SYSTEM, ListingKey(HOME, NURSING, NOON, "a"), BY)
    assert notify.run(*records(notify)) == []
    assert notify.queued() == []
