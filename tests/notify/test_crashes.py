"""Wherever `notify` is interrupted, every team gets every alert.

It gets one twice only if the function died between publishing it and recording that.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Literal

import pytest

from local.lambda_events import stream_record
from shared.aws.clock import SYSTEM
from shared.aws.sns import Topics
from shared.domain.alert import Alert
from shared.domain.author import Author
from shared.store import alerts as alerts_in_table
from shared.store.change_log import Change, commit
from shared.store.table import Table
from tests.notify import random_homes
from tests.notify.brute_force import fired_alerts, is_on_no_edge
from tests.notify.change_log import log
from tests.notify.conftest import Inboxes, Notify
from tests.notify.random_homes import TEAMS
from tests.support.builders import NOON, REGISTER, changed, created, home
from tests.support.examples import seeds, steps

if TYPE_CHECKING:
    from shared.domain.care_home import CareHome

When = Literal["before", "after"]
Deliveries = Counter[tuple[str, str]]

WHENS: list[When] = ["before", "after"]

BY = Author("someone", "request-9")


class CrashError(BaseException):
    """The process dies: nothing catches this."""


@dataclass
class Crash:
    """Counts the calls to the table and to SNS, and dies at one: before or after it took effect."""

    dies_at: int | None = None
    when: When = "before"
    calls: list[str] = field(default_factory=list)

    def around(self, client: Any) -> Any:
        crash = self

        class Client:
            def __getattr__(self, name: str) -> Callable[..., Any]:
                def called(**arguments: Any) -> Any:
                    return crash.call(name, lambda: getattr(client, name)(**arguments))

                return called

        return Client()

    def call(self, name: str, request: Callable[[], Any]) -> Any:
        self.calls.append(name)
        is_last = len(self.calls) - 1 == self.dies_at
        if is_last and self.when == "before":
            raise CrashError
        answer = request()
        if is_last:
            raise CrashError
        return answer

    @property
    def repeats_one(self) -> bool:
        """Whether it died after publishing and before recording."""
        died_at = self.calls[-1]
        if self.when == "after":
            return died_at == "publish"
        return died_at == "put_item" and self.calls[-2] == "publish"


def run_until_done(notify: Notify, records: list[dict[str, Any]], crashes: list[Crash]) -> None:
    """Repeat the batch in a new process until nothing fails, as the stream does."""
    for crash in crashes:
        dying = replace(notify.table, client=crash.around(notify.table.client))
        notify.start(dying, Topics(crash.around(notify.topics.client), notify.topics.prefix))
        try:
            assert notify.run(*records) == []
        except CrashError:
            continue
        return
    notify.start()
    assert notify.run(*records) == []


@pytest.fixture
def records(table: Table, notify: Notify) -> list[dict[str, Any]]:
    """Open a bed in each of two homes, for the alerts of two teams; the second commits slowly."""
    for number, team in enumerate(TEAMS[:2]):
        alert = Alert(
            team,
            f"{number:012x}",
            1,
            "EX2 5DW",
            REGISTER.latitude,
            REGISTER.longitude,
            10,
            NOON,
        )
        alerts_in_table.create(table, SYSTEM, alert, BY)
    for location_id in ("1-9000000001", "1-9000000002"):
        commit(table, SYSTEM, [created(home(location_id))])
    # On a busy machine a commit may take so long that the change is republished.
    of_homes = (item for item in log(table) if item["kind"]["S"] == "home")
    first, second = (item for item in of_homes if "republished" not in item)
    return [stream_record(first), stream_record(second, committed_after=timedelta(seconds=5))]


STEPS = [
    *("query", "query"),  # the alerts, and what was learned of wrong posts
    "get_item",  # the council's mark on the home
    *("query", "query", *("publish", "put_item", "put_item") * 2),
    "put_item",  # republishes the slow one
    "get_item",  # the council's mark on the home
    *("query", "query", *("publish", "put_item", "put_item") * 2),
]


def test_the_steps_are_the_calls_of_one_run(notify: Notify, records: list[dict[str, Any]]) -> None:
    no_crash = Crash()
    notify.start(
        replace(notify.table, client=no_crash.around(notify.table.client)),
        Topics(no_crash.around(notify.topics.client), notify.topics.prefix),
    )
    for team in TEAMS:
        notify.topics.client.create_topic(Name=notify.topics.arn(team).rsplit(":", 1)[-1])
    notify.run(*records)
    assert no_crash.calls == STEPS


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("step", steps(len(STEPS)))
def test_a_crash_at_any_step_loses_nothing_and_repeats_only_unrecorded_messages(
    notify: Notify, inboxes: Inboxes, records: list[dict[str, Any]], step: int, when: When
) -> None:
    inboxes.open(*TEAMS)
    crash = Crash(step, when)
    run_until_done(notify, records, [crash])
    assert crash.calls == STEPS[: step + 1]
    delivered: Deliveries = inboxes.delivered()
    once = {
        (team, change_id)
        for team in TEAMS[:2]
        for change_id in ("1-9000000001#1", "1-9000000002#1")
    }
    assert set(delivered) == once
    assert delivered.total() == len(once) + crash.repeats_one


@pytest.mark.parametrize("seed", seeds(25))
def test_random_crashes_lose_no_alert(
    table: Table, notify: Notify, inboxes: Inboxes, seed: int
) -> None:
    dice = Random(seed)
    inboxes.open(*TEAMS)
    lately = SYSTEM.now() - timedelta(hours=1)  # one with needs ends after 28 days
    listed = [replace(each, created_at=lately) for each in random_homes.alerts(dice, 25)]
    for alert in listed:
        alerts_in_table.create(table, SYSTEM, alert, BY)
    expected = posted(dice, table, listed)
    records = [stream_record(item) for item in log(table) if item["kind"]["S"] == "home"]
    crashes = [Crash(dice.randrange(1, 12), dice.choice(WHENS)) for _ in range(5)]
    run_until_done(notify, records, crashes)
    died = [crash for crash in crashes if len(crash.calls) - 1 == crash.dies_at]
    delivered: Deliveries = inboxes.delivered()
    assert expected
    assert died
    assert set(delivered) == expected
    assert delivered.total() == len(expected) + sum(crash.repeats_one for crash in died)


def posted(dice: Random, table: Table, listed: list[Alert]) -> set[tuple[str, str]]:
    """Change three homes three times each; return which teams must get an alert of which change."""
    expected = set()
    for number in range(3):
        state = random_homes.home(dice, f"1-900000000{number}")
        changes: list[tuple[CareHome | None, CareHome, Change]] = [(None, state, created(state))]
        for _ in range(3):
            after = random_homes.later(dice, state)
            changes.append((state, after, changed(state, after)))
            state = after
        for before, after, change in changes:
            assert is_on_no_edge(listed, after)
            commit(table, SYSTEM, [change])
            expected |= {(team, change.change_id) for team in fired_alerts(listed, before, after)}
    return expected
