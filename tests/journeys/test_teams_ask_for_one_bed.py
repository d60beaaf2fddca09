"""Twenty teams ask for one bed at once: one wins, whatever clocks and killed writers do."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import boto3
import pytest

from local.emulator.stack import LocalStack
from shared.aws.clock import Clock
from shared.domain.admission_hours import Day
from shared.domain.asked_for import AskedFor
from shared.domain.author import Author, IdempotencyKey
from shared.domain.errors import BusyError, ConflictError
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory
from shared.domain.working_hours import WorkingHours
from shared.store import holds, keys
from shared.store.hold_transition import Desk, load
from shared.store.table import Table
from tests.support.builders import home, save
from tests.support.crashes import CrashError
from tests.support.permissions.account import TABLE

TEAMS: Final = 20
RUNS: Final = 6
SKEWS: Final = [timedelta(seconds=each) for each in (-2.5, 0, 2.5)]
KILLED: Final = 0.15
"""How often a request dies before its commit, and how often its reply is lost after it."""
SLOWEST_COMMIT: Final = 0.05
"""Seconds until a commit arrives, at most."""
MOST_TRIES: Final = 25
NURSING: Final = BedCategory.GENERAL_NURSING
HOURS: Final = WorkingHours.read(" ".join([*Day, "00:00-24:00"]))


class Killing:
    """A client whose commits take a while to arrive, and whose writer dies before or after one."""

    def __init__(self, client: Any, dice: random.Random) -> None:
        self._client, self._dice = client, dice

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def transact_write_items(self, **request: Any) -> Any:
        # A slow network is simulated here, in which others commit: nothing is waited for.
        time.sleep(self._dice.uniform(0, SLOWEST_COMMIT))
        if self._dice.random() < KILLED:
            raise CrashError
        response = self._client.transact_write_items(**request)
        if self._dice.random() < KILLED:
            raise CrashError
        return response


@pytest.fixture
def database(stack: LocalStack) -> Iterator[LocalStack]:
    """Create a table for this test in the emulator: it has no stream, and no function reads it."""
    client = boto3.client("dynamodb", **stack.connection)
    names = [(keys.PARTITION, "HASH"), (keys.SORT, "RANGE")]
    schema: Any = [{"AttributeName": each, "KeyType": kind} for each, kind in names]
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each, _ in names],
        KeySchema=schema,
    )
    yield stack
    client.delete_table(TableName=TABLE)


def ask(client: Any, location_id: str, team: str) -> tuple[str, int]:
    """Ask until there is a reply, as a team's browser does; return it, and how often it asked."""
    dice = random.Random(f"{location_id}|{team}")
    skew = dice.choice(SKEWS)
    clock = Clock(lambda: datetime.now(UTC) + skew, time.monotonic, time.sleep)
    now = clock.now()
    wanted = AskedFor(f"{location_id}|{team}", location_id, NURSING, team, now, uk_day(now))
    for tries in range(1, MOST_TRIES + 1):
        author = Author(team, f"try-{tries}", IdempotencyKey(team, location_id, "the same"))
        desk = Desk(Table(Killing(client, dice), TABLE), clock, HOURS, author)  # type: ignore[arg-type]  # a stand-in
        try:
            return holds.ask(desk, wanted).document["state"], tries
        except ConflictError:
            return "refused", tries
        except (CrashError, BusyError):
            continue
    return "no reply", MOST_TRIES


def rush(clients: Sequence[Any], location_id: str) -> Counter[int]:
    """Let every team ask at once, and check that one won; return how often they had to ask."""
    table = Table(clients[0], TABLE)
    save(table, home(location_id))
    # Other teams each time: none may wait for more than six answers.
    teams = [f"team-{number}-{location_id}" for number in range(len(clients))]
    with ThreadPoolExecutor(len(clients)) as pool:
        results = list(pool.map(ask, clients, [location_id] * len(clients), teams))
    asks = load(table, location_id, NURSING).asks
    assert [ask.state.value for ask in asks] == ["asked", "queued", "queued", "queued"]
    replies = {team: reply for team, (reply, _) in zip(teams, results, strict=True)}
    assert {ask.team: ask.state.value for ask in asks} == {
        team: reply for team, reply in replies.items() if reply != "refused"
    }
    return Counter(tries for _, tries in results)


def test_one_team_wins_and_each_is_told_what_is_so(database: LocalStack) -> None:
    clients: list[Any] = [
        boto3.Session().client("dynamodb", **database.connection) for _ in range(TEAMS)
    ]
    for number in range(RUNS):
        rush(clients, f"1-90001{number:05}")
