"""Searches for a person are counted, in the background; all others are not, and none is stored."""

import io
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from search.demand_counter import WRITE_EVERY, DemandCounter, in_background
from search.query_string import PARAMETERS, read_search
from shared.aws.telemetry import logger
from shared.domain.demand import LATE_AFTER, Cell, Span, Tally, period_of
from shared.domain.uk_time import uk_day
from shared.http.query_params import QueryParams
from shared.places.postcodes import Postcodes
from shared.store import demand
from shared.store.table import Table
from tests.search.conftest import Search
from tests.support.fakes import ManualTime

FRIDAY = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
WEEK = period_of(FRIDAY.date(), Span.WEEK)
ASKED = "near=EX2+5DW&category=general_nursing&need=hoist"
HOIST, PEG = Cell("EX2", "general_nursing", "hoist"), Cell("EX2", "general_nursing", "peg")


def this_week(table: Table) -> dict[Cell, Tally]:
    return demand.tallies(table, period_of(uk_day(datetime.now(UTC)), Span.WEEK))


def test_a_search_for_a_person_is_counted(table: Table, search: Search) -> None:
    assert search(f"{ASKED}&for_a_person=true").status == 200
    assert this_week(table) == {HOIST: Tally(1, 1)}


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        (ASKED, "team:exeter-discharge"),
        (f"{ASKED}&for_a_person=false", "team:exeter-discharge"),
        ("near=EX2+5DW&for_a_person=true", "team:exeter-discharge"),
        (f"{ASKED}&for_a_person=true", "council"),
    ],
)
def test_nothing_else_is_counted(table: Table, search: Search, query: str, groups: str) -> None:
    assert search(query, groups).status == 200
    assert this_week(table) == {}


def test_near_misses_count_nothing(table: Table, search: Search) -> None:
    assert search(f"{ASKED}&for_a_person=true", path="/vacancies/near-misses").status == 200
    assert this_week(table) == {}


def test_a_value_that_is_not_true_or_false_is_refused(search: Search) -> None:
    assert search(f"{ASKED}&for_a_person=perhaps").fields == {"for_a_person"}


def test_a_cursor_is_of_the_same_search_whether_it_is_for_a_person(search: Search) -> None:
    assert search(f"{ASKED}&for_a_person=true").body["total"] == search(ASKED).body["total"]


class Instance:
    """One instance of the function, whose writes wait until the test runs them."""

    def __init__(self, table: Table, time: ManualTime, postcodes: Postcodes) -> None:
        self.time, self.postcodes = time, postcodes
        self.work: list[Callable[[], None]] = []
        self.counter = DemandCounter(table, time.clock(), Span.WEEK, self.work.append)

    def search(self, query: str = "need=hoist", teams: tuple[str, ...] = ("exeter",)) -> None:
        text = f"near=EX2 5DW&category=general_nursing&{query}&for_a_person=true"
        values: dict[str, list[str]] = {}
        for name, value in (each.split("=") for each in text.split("&")):
            values.setdefault(name, []).append(value)
        assert values.keys() <= PARAMETERS
        search = read_search(QueryParams(values), self.postcodes, self.time.now)
        self.counter.add(teams, search, self.postcodes)

    def run(self) -> None:
        while self.work:
            self.work.pop(0)()


@pytest.fixture
def time() -> ManualTime:
    return ManualTime(FRIDAY)


@pytest.fixture
def start(table: Table, time: ManualTime, installed_postcodes: Postcodes) -> Callable[[], Instance]:
    return lambda: Instance(table, time, installed_postcodes)


def test_a_repeated_search_counts_once_a_day(
    table: Table, time: ManualTime, start: Callable[[], Instance]
) -> None:
    for instance in (start(), start()):
        for _ in range(3):
            instance.search()
            instance.run()
            time.advance(WRITE_EVERY)
    assert demand.tallies(table, WEEK) == {HOIST: Tally(1, 1)}


def test_a_repeated_search_writes_nothing(time: ManualTime, start: Callable[[], Instance]) -> None:
    instance = start()
    instance.search()
    instance.run()
    time.advance(WRITE_EVERY)
    instance.search()
    assert instance.work == []


def test_each_instance_writes_at_most_once_a_minute(
    table: Table, time: ManualTime, start: Callable[[], Instance]
) -> None:
    instance = start()
    instance.search("need=hoist")
    instance.run()
    instance.search("need=peg")
    assert instance.work == []
    time.advance(WRITE_EVERY)
    instance.counter.write_if_due()
    instance.run()
    assert set(demand.tallies(table, WEEK)) == {HOIST, PEG}


def test_someone_of_two_teams_counts_as_one(table: Table, start: Callable[[], Instance]) -> None:
    instance = start()
    instance.search(teams=("exeter", "plymouth"))
    instance.run()
    instance.search(teams=("plymouth", "exeter"))
    instance.run()
    assert demand.tallies(table, WEEK) == {HOIST: Tally(1, 1)}


def test_counts_that_come_after_their_period_are_dropped(
    table: Table, time: ManualTime, start: Callable[[], Instance]
) -> None:
    instance = start()
    instance.search()
    time.now = WEEK.end + LATE_AFTER
    instance.run()
    assert demand.tallies(table, WEEK) == {}


def test_what_could_not_be_written_is_written_later_and_the_log_names_no_need(
    table: Table,
    time: ManualTime,
    start: Callable[[], Instance],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(logger.registered_formatter)
    logger.addHandler(handler)

    def fail(_table: Table, count: object, _span: Span) -> None:
        raise ValueError(str(count))

    instance = start()
    with monkeypatch.context() as broken:
        broken.setattr(demand, "write", fail)
        instance.search()
        instance.run()
    logging.getLogger(logger.name).removeHandler(handler)
    assert "demand not written" in output.getvalue()
    assert "hoist" not in output.getvalue()
    time.advance(WRITE_EVERY)
    instance.counter.write_if_due()
    instance.run()
    assert demand.tallies(table, WEEK) == {HOIST: Tally(1, 1)}


def test_a_failed_write_fails_no_search(
    table: Table, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr(demand, "write", fail)
    assert search(f"{ASKED}&for_a_person=true").status == 200
    assert this_week(table) == {}


def test_a_search_succeeds_where_no_thread_can_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("threading.Thread.start", fail)
    in_background(lambda: None)


def test_memory_holds_a_limited_number_of_counts(
    time: ManualTime, start: Callable[[], Instance], monkeypatch: pytest.MonkeyPatch, table: Table
) -> None:
    monkeypatch.setattr("search.demand_counter.MOST_WAITING", 1)
    instance = start()
    instance.search("need=hoist&need=peg")
    instance.run()
    assert set(demand.tallies(table, WEEK)) == {HOIST}


def test_counts_of_two_days_are_two(
    table: Table, time: ManualTime, start: Callable[[], Instance]
) -> None:
    instance = start()
    for _ in range(2):
        instance.search()
        instance.run()
        time.advance(timedelta(days=1))
    assert demand.tallies(table, WEEK) == {HOIST: Tally(2, 1)}
