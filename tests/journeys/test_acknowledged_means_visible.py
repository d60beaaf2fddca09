"""A search after an update was acknowledged shows it, whatever clocks and networks do."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import boto3
import httpx
import pytest

from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import change_log, homes, keys, log_follower
from shared.store.change_log import CLOCK_SKEW, SETTLE
from shared.store.log_follower import LogFollower
from shared.store.table import Table
from snapshot_homes.read_homes import read_homes
from snapshot_homes.save_snapshot import save_snapshot
from tests.support.builders import home, save
from tests.support.fakes import Shelf, two_homes_a_page
from tests.support.patience import PATIENCE_SECONDS
from tests.support.permissions.account import TABLE

WRITERS, SEARCHERS, HOMES = 4, 4, 24
"""With so many homes a change is seldom hidden by the next change of the same home."""
SECONDS = 8
CONTESTS = 5
"""How often a contest may run until it shows what is broken: chance decides."""
ENOUGH_WRITTEN, ENOUGH_SEEN, ENOUGH_OVER_HTTP = 20, 200, 50
PACE = 0.05
"""Seconds between two posts of one writer: far less than between real posts."""
SKEWS = [-1, 1, -0.5, 0]
"""The error of each writer's clock, in halves of what is allowed; searchers have the opposite."""


Opened = Callable[[timedelta, random.Random | None], tuple[Table, Clock]]


class Acknowledged(NamedTuple):
    """A change whose writer got a success response, and when (steady clock)."""

    location_id: str
    version: int
    at: float


class Seen(NamedTuple):
    """The versions that one search returned, and when it began (steady clock)."""

    began: float
    versions: dict[str, int]


def missed(acknowledged: list[Acknowledged], seen: list[Seen]) -> list[str]:
    """List every search that began after an acknowledgement and did not see the change."""
    return [
        f"{ack.location_id} was {search.versions.get(ack.location_id)}, "
        f"version {ack.version} acknowledged {search.began - ack.at:.3f} s before"
        for search in seen
        for ack in acknowledged
        if ack.at < search.began and search.versions.get(ack.location_id, 0) < ack.version
    ]


def skewed(by: timedelta) -> Clock:
    return Clock(lambda: datetime.now(UTC) + by, time.monotonic, time.sleep)


class Delayed:
    """A client whose transactions sometimes take long to arrive, or their responses to return."""

    def __init__(self, client: Any, dice: random.Random) -> None:
        self._client, self._dice = client, dice

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def called(**arguments: Any) -> Any:
            late = name == "transact_write_items" and self._dice.random() < 0.3
            delay = self._dice.uniform(0.5, 1.6) * SETTLE.total_seconds() if late else 0
            before = self._dice.random() < 0.7
            # A slow network is simulated here: nothing is waited for.
            time.sleep(delay if before else 0)
            response = method(**arguments)
            time.sleep(0 if before else delay)
            return response

        return called


@pytest.fixture
def opened(stack: LocalStack) -> Iterator[Opened]:
    """Create a table in the emulator for this test, to use with any client and clock.

    It has no stream: `notify` would republish what a broken writer did not. It has the name of the
    table that the functions' roles are weighed for.
    """
    key = [(keys.PARTITION, "HASH"), (keys.SORT, "RANGE")]
    schema: Any = [{"AttributeName": each, "KeyType": kind} for each, kind in key]
    database = boto3.client("dynamodb", **stack.connection)
    database.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each, _ in key],
        KeySchema=schema,
    )

    def with_clock(skew: timedelta, dice: random.Random | None) -> tuple[Table, Clock]:
        client: Any = boto3.Session().client("dynamodb", **stack.connection)
        delayed: Any = Delayed(client, dice) if dice else client
        return Table(delayed, TABLE), skewed(skew)

    yield with_clock
    database.delete_table(TableName=TABLE)


def start(table: Table, clock: Clock, shelf: Shelf) -> None:
    """Load all homes as a cold start does, from many pages."""
    LogFollower(two_homes_a_page(table), clock, {ChangeKind.HOME: shelf}).catch_up()


def contest(opened: Opened, ids: list[str], *, starting: bool = False) -> list[str]:
    """Run writers and searchers at once for some seconds, and return what searches missed.

    With `starting` each search is a cold start, and snapshots are saved all the time.
    """
    stop = time.monotonic() + SECONDS
    acknowledged: list[Acknowledged] = []
    seen: list[Seen] = []
    half = CLOCK_SKEW / 2

    def is_running() -> bool:
        """Run for some seconds; on a busy machine until there is enough to prove anything."""
        now = time.monotonic()
        enough = len(acknowledged) > ENOUGH_WRITTEN and len(seen) > ENOUGH_SEEN
        return now < stop or (not enough and now < stop + PATIENCE_SECONDS)

    def write(number: int) -> None:
        dice = random.Random(number)
        table, clock = opened(half * SKEWS[number], dice)
        while is_running():
            location_id = dice.choice(ids)
            try:
                saved = homes.revise(
                    table,
                    clock,
                    location_id,
                    lambda each: each.confirm(clock.now()),
                    action=Action.CONFIRMED,
                    author=Author("someone", "request"),
                )
            except BusyError:
                continue
            acknowledged.append(
                Acknowledged(location_id, saved.document["version"], time.monotonic())
            )
            time.sleep(PACE)

    def search(number: int) -> None:
        table, clock = opened(half * -SKEWS[number], None)
        shelf = Shelf()
        follower = LogFollower(table, clock, {ChangeKind.HOME: shelf})
        look = partial(start, table, clock, shelf) if starting else follower.catch_up
        while is_running():
            began = time.monotonic()
            look()
            seen.append(Seen(began, {each: shelf.versions.get(each, 0) for each in ids}))

    def keep_snapshots() -> None:
        table, clock = opened(half, None)
        while starting and is_running():
            # Several parts, so that some cold starts find a snapshot half written.
            assert save_snapshot(
                two_homes_a_page(table), read_homes(two_homes_a_page(table), clock), part_bytes=400
            )

    with ThreadPoolExecutor(WRITERS + SEARCHERS + 1) as pool:
        work = [pool.submit(write, number) for number in range(WRITERS)]
        work += [pool.submit(search, number) for number in range(SEARCHERS)]
        work.append(pool.submit(keep_snapshots))
        for each in work:
            each.result()
    assert len(acknowledged) > ENOUGH_WRITTEN, "too little was written to prove anything"
    assert len(seen) > ENOUGH_SEEN, "too little was searched to prove anything"
    return missed(acknowledged, seen)


def test_no_search_misses_an_acknowledged_change(
    opened: Opened,
) -> None:
    ids = [f"1-91000000{number:02d}" for number in range(HOMES)]
    save(opened(timedelta(0), None)[0], *map(home, ids))
    assert contest(opened, ids) == []


def test_no_search_of_a_cold_start_misses_an_acknowledged_change(opened: Opened) -> None:
    ids = [f"1-95000000{number:02d}" for number in range(HOMES)]
    save(opened(timedelta(0), None)[0], *map(home, ids))
    assert contest(opened, ids, starting=True) == []


def test_the_contest_detects_a_cold_start_without_overlap(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_follower, "OVERLAP", timedelta(0))
    ids = [f"1-96000000{number:02d}" for number in range(HOMES)]
    save(opened(timedelta(0), None)[0], *map(home, ids))
    assert any(contest(opened, ids, starting=True) for _ in range(CONTESTS))


def test_the_contest_detects_a_reader_without_overlap(
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_follower, "OVERLAP", timedelta(0))
    ids = [f"1-92000000{number:02d}" for number in range(HOMES)]
    save(opened(timedelta(0), None)[0], *map(home, ids))
    assert any(contest(opened, ids) for _ in range(CONTESTS))


def test_the_contest_detects_a_writer_that_does_not_republish(
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(change_log, "republish", lambda *_: None)
    monkeypatch.setattr(log_follower, "OVERLAP", CLOCK_SKEW)
    ids = [f"1-93000000{number:02d}" for number in range(HOMES)]
    save(opened(timedelta(0), None)[0], *map(home, ids))
    assert any(contest(opened, ids) for _ in range(CONTESTS))


def test_no_search_over_http_misses_an_acknowledged_change(
    stack: LocalStack,
) -> None:
    """A carer's confirmed change is in every later search of a ward, through the functions."""
    ids = ["1-9400000001", "1-9400000002"]
    lonely = replace(home().register, latitude=58.5, longitude=-4.5)
    save(table_of(stack), *(home(each, register=lonely) for each in ids))
    staff = {each: token(stack, [f"home:{each}"]) for each in ids}
    team = token(stack, ["team:exeter-discharge"])
    acknowledged: dict[str, list[str]] = {each: [] for each in ids}
    misses: list[str] = []
    searches = [0]
    lock = threading.Lock()
    ready = threading.Barrier(5)

    def post(client: httpx.Client, location_id: str) -> None:
        response = client.post(
            f"/homes/{location_id}/vacancies/confirm",
            headers={"Authorization": f"Bearer {staff[location_id]}"},
        )
        assert response.status_code == 200, response.text
        with lock:
            acknowledged[location_id].append(response.json()["confirmed_at"])

    def search(client: httpx.Client) -> None:
        with lock:
            due = {each: times[-1] for each, times in acknowledged.items() if times}
        response = client.get(
            "/vacancies",
            params={"near": "58.5,-4.5", "radius_miles": 5},
            headers={"Authorization": f"Bearer {team}"},
        )
        assert response.status_code == 200, response.text
        shown = {each["location_id"]: each["confirmed_at"] for each in response.json()["results"]}
        with lock:
            searches[0] += 1
            misses.extend(
                f"{each} showed {shown.get(each)}, acknowledged {at}"
                for each, at in due.items()
                if shown.get(each, "") < at
            )

    def is_enough() -> bool:
        posts = min(len(each) for each in acknowledged.values())
        return searches[0] > ENOUGH_OVER_HTTP and posts > ENOUGH_WRITTEN

    def keep_on(step: Callable[[httpx.Client], None], pace: float) -> None:
        with httpx.Client(base_url=stack.api_url, timeout=PATIENCE_SECONDS) as client:
            step(client)
            # Not counted: the functions' first starts take most of a second each.
            ready.wait()
            stop = time.monotonic() + SECONDS
            give_up = stop + PATIENCE_SECONDS
            while (now := time.monotonic()) < stop or (not is_enough() and now < give_up):
                step(client)
                time.sleep(pace)

    with ThreadPoolExecutor(5) as pool:
        work = [pool.submit(keep_on, partial(post, location_id=each), PACE) for each in ids]
        work += [pool.submit(keep_on, search, 0) for _ in range(3)]
        for each in work:
            each.result()
    assert misses == []
    assert is_enough(), "too little was searched or posted to prove anything"
