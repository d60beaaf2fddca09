"""Wherever `notify` is interrupted, every team is told of every opening that its alerts wait for;
twice only where it died between a publication and its record."""

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
from tests.notify import invented
from tests.notify.brute_force import on_no_edge, told
from tests.notify.change_log import log
from tests.notify.conftest import Inboxes, Notify
from tests.notify.invented import TEAMS
from tests.support.builders import NOON, REGISTER, changed, created, home
from tests.support.examples import seeds

if TYPE_CHECKING:
    from shared.domain.care_home import CareHome

When = Literal["before", "after"]
Told = Counter[tuple[str, str]]

WHENS: list[When] = ["before", "after"]

BY = Author("somebody", "request-9")


class CrashError(BaseException):
    """The process is gone: nothing catches this."""


@dataclass
class Brittle:
    """Counts what is asked of the table and of SNS, and dies at one of those calls, before or after
    it took effect."""

    dies_at: int | None = None
    when: When = "before"
    calls: list[str] = field(default_factory=list)

    def around(self, client: Any) -> Any:
        brittle = self

        class Client:
            def __getattr__(self, name: str) -> Callable[..., Any]:
                def called(**arguments: Any) -> Any:
                    return brittle.call(name, lambda: getattr(client, name)(**arguments))

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
    def may_tell_twice(self) -> bool:
        """Whether it died with a publication made and its record not."""
        died_at = self.calls[-1]
        if self.when == "after":
            return died_at == "publish"
        return died_at == "put_item" and self.calls[-2] == "publish"


def run_until_done(notify: Notify, records: list[dict[str, Any]], deaths: list[Brittle]) -> None:
    """As the stream does: the same batch again, in a fresh process, until nothing fails."""
    for death in deaths:
        dying = replace(notify.table, client=death.around(notify.table.client))
        notify.start(dying, Topics(death.around(notify.topics.client), notify.topics.prefix))
        try:
            assert notify.run(*records) == []
        except CrashError:
            continue
        return
    notify.start()
    assert notify.run(*records) == []


@pytest.fixture
def records(table: Table, notify: Notify) -> list[dict[str, Any]]:
    """Two homes each open a bed, for the alerts of two teams; the second was slow to commit."""
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
    # On a busy machine one may have taken so long that it was shown again.
    of_homes = (item for item in log(table) if item["kind"]["S"] == "home")
    first, second = (item for item in of_homes if "republished" not in item)
    return [stream_record(first), stream_record(second, committed_after=timedelta(seconds=5))]


STEPS = [
    "query",  # the alerts
    *("query", "publish", "put_item", "publish", "put_item"),
    "put_item",  # the slow one, shown again
    *("query", "publish", "put_item", "publish", "put_item"),
]


def test_these_are_the_steps(notify: Notify, records: list[dict[str, Any]]) -> None:
    nothing = Brittle()
    notify.start(
        replace(notify.table, client=nothing.around(notify.table.client)),
        Topics(nothing.around(notify.topics.client), notify.topics.prefix),
    )
    for team in TEAMS:
        notify.topics.client.create_topic(Name=notify.topics.arn(team).rsplit(":", 1)[-1])
    notify.run(*records)
    assert nothing.calls == STEPS


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("step", range(len(STEPS)))
def test_a_death_at_any_step_loses_nothing_and_repeats_only_what_was_not_recorded(
    notify: Notify, inboxes: Inboxes, records: list[dict[str, Any]], step: int, when: When
) -> None:
    inboxes.open(*TEAMS)
    death = Brittle(step, when)
    run_until_done(notify, records, [death])
    assert death.calls == STEPS[: step + 1]
    found: Told = inboxes.told()
    once = {
        (team, change_id)
        for team in TEAMS[:2]
        for change_id in ("1-9000000001#1", "1-9000000002#1")
    }
    assert set(found) == once
    assert found.total() == len(once) + death.may_tell_twice


@pytest.mark.parametrize("seed", seeds(25))
def test_through_any_deaths_the_teams_are_told_what_brute_force_finds(
    table: Table, notify: Notify, inboxes: Inboxes, seed: int
) -> None:
    dice = Random(seed)
    inboxes.open(*TEAMS)
    listed = invented.alerts(dice, 15)
    for alert in listed:
        alerts_in_table.create(table, SYSTEM, alert, BY)
    expected = posted(dice, table, listed)
    records = [stream_record(item) for item in log(table) if item["kind"]["S"] == "home"]
    deaths = [Brittle(dice.randrange(1, 12), dice.choice(WHENS)) for _ in range(5)]
    run_until_done(notify, records, deaths)
    died = [death for death in deaths if len(death.calls) - 1 == death.dies_at]
    found: Told = inboxes.told()
    assert expected
    assert died
    assert set(found) == expected
    assert found.total() == len(expected) + sum(death.may_tell_twice for death in died)


def posted(dice: Random, table: Table, listed: list[Alert]) -> set[tuple[str, str]]:
    """Have three homes change three times each; who must be told of which change."""
    expected = set()
    for number in range(3):
        state = invented.home(dice, f"1-900000000{number}")
        changes: list[tuple[CareHome | None, CareHome, Change]] = [(None, state, created(state))]
        for _ in range(3):
            after = invented.later(dice, state)
            changes.append((state, after, changed(state, after)))
            state = after
        for was, becomes, change in changes:
            assert on_no_edge(listed, becomes)
            commit(table, SYSTEM, [change])
            expected |= {(team, change.change_id) for team in told(listed, was, becomes)}
    return expected
