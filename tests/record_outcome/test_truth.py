"""The council sees how often its list was right."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from record_outcome.handler import build
from shared.aws.clock import Clock
from shared.domain.audit import DrawnCall, ListedBeds
from shared.domain.audit_draw import AuditDraw, ShownBeds
from shared.domain.author import Author
from shared.domain.outcome import CallResult, Outcome, Shown
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory
from shared.store import audit_draws, keys, outcomes
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON
from tests.support.fakes import ManualTime

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
HOME, OTHER_HOME = "1-9000000101", "1-9000000102"
STAFF = f"home:{HOME}"
AUTHOR = Author("someone", "request-1")


@pytest.fixture
def clock() -> Clock:
    return ManualTime(NOON + timedelta(hours=1)).clock()


def said(
    table: Table,
    clock: Clock,
    result: CallResult,
    number: int,
    category: BedCategory = NURSING,
    audit_day: str | None = None,
    home: str | None = None,
    said_at: datetime = NOON,
) -> None:
    now = clock.now()
    shown = Shown(home or f"1-9000000{number:03d}", category, said_at, 1, 0.95)
    outcome = Outcome(1, shown, f"team {number}", result, now, now, audit_day=audit_day)
    outcomes.record(table, clock, outcome, AUTHOR, home_name="Larkrise House")


def ask(
    table: Table, clock: Clock, path: str, query: str = "", groups: str | None = "council"
) -> ApiResponse:
    handler = build(table=table, clock=clock)
    return call(handler, "GET", path, groups=groups, query=query)


def test_rates_are_of_what_teams_reported_and_of_the_audit_apart(
    table: Table, clock: Clock
) -> None:
    for number in range(9):
        said(table, clock, CallResult.PURSUING, number)
    said(table, clock, CallResult.NOT_FOR_THIS_PERSON, 9)
    said(table, clock, CallResult.GONE, 10)
    said(table, clock, CallResult.NO_ANSWER, 11)
    said(table, clock, CallResult.GONE, 12, audit_day="2026-01-05")
    body: dict[str, Any] = ask(table, clock, "/truth").body
    assert body["since"] == "2025-01-05"
    assert body["least_in_public"] == 30
    truth, fit = body["reported"]["whole"]["truth"], body["reported"]["whole"]["fit"]
    assert (truth["n"], truth["rate"]) == (11, 0.9091)
    assert truth["low"] < 0.9091 < truth["high"]
    assert (fit["n"], fit["rate"]) == (10, 0.9)
    assert body["audited"]["whole"]["truth"]["n"] == 1


def test_each_call_of_the_year_counts_however_long_before_the_home_had_listed_it(
    table: Table, clock: Clock
) -> None:
    listed = datetime(2024, 6, 3, 9, tzinfo=UTC)
    friday, monday = (datetime(2025, 1, day, 11, tzinfo=UTC) for day in (3, 6))
    for number, called in enumerate([friday, monday]):
        day, then = uk_day(called), ManualTime(called).clock()
        location_id = f"1-9000000{number:03d}"
        call = DrawnCall(day, ListedBeds(location_id, NURSING))
        audit_draws.save(table, AuditDraw(day, called, {call: ShownBeds(1, listed)}))
        audit_day = day.isoformat()
        said(table, then, CallResult.GONE, number, audit_day=audit_day, said_at=listed)
        said(table, then, CallResult.GONE, number, DEMENTIA, said_at=listed, home=HOME)
    body: dict[str, Any] = ask(table, clock, "/truth").body
    assert body["since"] == "2025-01-05"
    audited = body["audited"]
    assert audited["calls"] == {"drawn": 1, "called": 1, "unanswered": 0, "uncalled": 0}
    assert audited["whole"]["truth"]["n"] == 1
    assert [each["group"] for each in audited["by"]["month"]] == ["2025-01"]
    assert [each["group"] for each in audited["by"]["age"]] == ["30-"]
    assert body["reported"]["whole"]["truth"]["n"] == 1
    assert of_home(table, clock)["reported"]["truth"]["n"] == 1
    bins = ask(table, clock, "/truth/calibration").body["bins"]
    assert [each["seen"]["n"] for each in bins] == [1]


@pytest.mark.parametrize(
    ("query", "groupings"),
    [
        ("", {"month", "category", "age"}),
        ("by=age", {"age"}),
        ("by=category&by=month", {"month", "category"}),
    ],
)
def test_rates_are_grouped_as_asked(
    table: Table, clock: Clock, query: str, groupings: set[str]
) -> None:
    said(table, clock, CallResult.GONE, 1)
    said(table, clock, CallResult.GONE, 2, DEMENTIA)
    by = ask(table, clock, "/truth", query).body["reported"]["by"]
    groups = {
        "month": ["2026-01"],
        "category": ["dementia_nursing", "general_nursing"],
        "age": ["0-1"],
    }
    shown = {grouping: [each["group"] for each in by[grouping]] for grouping in by}
    assert shown == {grouping: groups[grouping] for grouping in groupings}


def test_an_unknown_grouping_is_refused(table: Table, clock: Clock) -> None:
    response = ask(table, clock, "/truth", "by=team")
    assert response.status == 422
    assert response.fields == {"by"}


def test_calibration_is_of_the_audit_alone(table: Table, clock: Clock) -> None:
    said(table, clock, CallResult.GONE, 1)
    said(table, clock, CallResult.PURSUING, 2, audit_day="2026-01-05")
    body = ask(table, clock, "/truth/calibration").body
    assert body["least_judged"] == 50
    (one,) = body["bins"]
    assert (one["from"], one["said"], one["seen"]["n"], one["apart"]) == (0.9, 0.95, 1, False)


def test_before_any_call_there_is_no_rate(table: Table, clock: Clock) -> None:
    body = ask(table, clock, "/truth").body
    assert body["reported"]["whole"] == {"truth": {"n": 0}, "fit": {"n": 0}}
    assert body["audited"]["by"] == {"month": [], "category": [], "age": []}
    assert ask(table, clock, "/truth/calibration").body["bins"] == []


def test_an_item_that_cannot_be_read_hides_only_itself(table: Table, clock: Clock) -> None:
    said(table, clock, CallResult.GONE, 1)
    table.put({keys.PARTITION: {"S": keys.OUTCOMES}, keys.SORT: {"S": "probe"}})
    assert ask(table, clock, "/truth").body["reported"]["whole"]["truth"]["n"] == 1


def test_a_home_sees_its_own_rate_from_ten_calls_on(table: Table, clock: Clock) -> None:
    said(table, clock, CallResult.GONE, 0, home=HOME)
    for number in range(1, 9):
        said(table, clock, CallResult.PURSUING, number, home=HOME)
    said(table, clock, CallResult.GONE, 20, home=OTHER_HOME)
    said(table, clock, CallResult.PURSUING, 21, home=HOME, audit_day="2026-01-05")
    assert of_home(table, clock)["reported"]["truth"] == {"n": 9}
    said(table, clock, CallResult.PURSUING, 9, home=HOME)
    for groups in STAFF, "council":
        body = of_home(table, clock, groups)
        assert body["least_of_one_home"] == 10
        assert body["reported"]["truth"].items() >= {"n": 10, "rate": 0.9}.items()
        assert body["reported"]["fit"] == {"n": 9}
        assert body["audited"]["truth"] == {"n": 1}


@pytest.mark.parametrize(
    ("groups", "status"),
    [
        (None, 401),
        ("", 403),
        ("team:exeter", 403),
        (f"home:{OTHER_HOME}", 403),
        (f"home:{OTHER_HOME} team:exeter", 403),
    ],
)
def test_nobody_else_gets_a_homes_rate(
    table: Table, clock: Clock, groups: str | None, status: int
) -> None:
    for number in range(10):
        said(table, clock, CallResult.PURSUING, number, home=HOME)
    response = ask(table, clock, f"/homes/{HOME}/truth", groups=groups)
    assert response.status == status
    assert "rate" not in str(response.body)


def test_what_is_no_location_id_has_no_rate(table: Table, clock: Clock) -> None:
    assert ask(table, clock, "/homes/nonsense/truth").status == 404


def of_home(table: Table, clock: Clock, groups: str = STAFF) -> dict[str, Any]:
    body: dict[str, Any] = ask(table, clock, f"/homes/{HOME}/truth", groups=groups).body
    return body
