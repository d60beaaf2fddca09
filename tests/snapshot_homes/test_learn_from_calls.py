"""The council's calls change how chances are calculated, and tell whether they are right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from council_overview.handler import build as build_overview
from local.lambda_events import Context, schedule
from record_outcome.handler import build as build_record_outcome
from shared.aws.clock import Clock
from shared.domain.audit_draw import RECORDED_WITHIN
from shared.domain.author import Author
from shared.domain.chance import USUALLY_WRONG, FillRecord, chance_left
from shared.domain.demand import SETTLED_AFTER, Span, period_of
from shared.domain.documents import timestamp
from shared.domain.outcome import CallResult, Outcome
from shared.domain.uk_time import uk_day, uk_moment
from shared.domain.wrong_posts import WrongPosts
from shared.store import audit_draws, keys, outcomes, wrong_posts
from shared.store.table import Table
from shared.store.wrong_posts import READ_AGAIN_AFTER
from show_home.handler import build as build_show_home
from snapshot_homes.draw_audit import FROM_HOUR
from snapshot_homes.handler import build
from tests.notify.change_log import log
from tests.support.api_events import call as call_api
from tests.support.builders import NOON, home, save
from tests.support.fakes import ManualTime
from tests.support.outcomes import call

DAY = timedelta(days=1)
HOME = "1-9500000001"
MONTH = period_of(uk_day(NOON), Span.MONTH)
SETTLED = uk_day(MONTH.end + RECORDED_WITHIN + SETTLED_AFTER)
MONDAY = SETTLED + (7 - SETTLED.weekday()) * DAY
"""The first working day of a week in which the month of NOON is settled."""
THERE, GONE = CallResult.THERE, CallResult.GONE
OFFICER = Author("officer", "request-1")
LEARNED = WrongPosts(calls=75, gone=25, filled=0.0, weight=75.0)
SHARE = LEARNED.share

Metrics = dict[str, float]


def run(table: Table, now: datetime) -> Metrics:
    """Run the function as its schedule does; return the metrics."""
    metrics: Metrics = {}
    handler = build(
        table=table,
        clock=ManualTime(now=now).clock(),
        demand_span=Span.WEEK,
        council="example",
        add_metric=lambda name, _, value: metrics.update({name: value}),
    )
    handler(schedule(None), Context())
    return metrics


def morning(days: int = 0) -> datetime:
    return uk_moment(MONDAY + days * DAY, FROM_HOUR * 60)


def record(table: Table, *results: CallResult, team: str | None = None) -> list[Outcome]:
    """Record what calls about new single beds found; without a team those of the audit."""
    said = [
        call(result, f"1-96{number:08d}", days=0.0, chance=0.95, team=team)
        for number, result in enumerate(results)
    ]
    for each in said:
        outcomes.record(table, ManualTime().clock(), each, OFFICER, home_name="Larkrise House")
    return said


def share(table: Table) -> float:
    return wrong_posts.load(table).share


def versions(table: Table) -> list[str]:
    """Return the versions of what was learned, as the log has them."""
    return [
        item[keys.VERSION]["N"]
        for item in log(table)
        if item[keys.KIND]["S"] == "wrong_posts" and keys.REPUBLISHED not in item
    ]


def test_before_any_call_the_share_is_the_usual_one(table: Table) -> None:
    assert share(table) == pytest.approx(USUALLY_WRONG)
    run(table, morning())
    assert share(table) == pytest.approx(USUALLY_WRONG)


def test_calls_of_the_audit_are_learned_from_in_the_morning_and_reports_never(
    table: Table,
) -> None:
    record(table, *[GONE] * 3, *[THERE] * 7)
    record(table, *[GONE] * 5, team="exeter")
    run(table, morning() - timedelta(minutes=1))
    assert share(table) == pytest.approx(USUALLY_WRONG)
    run(table, morning())
    assert share(table) == 0.14


def test_no_chance_changes_before_the_month_of_the_calls_is_settled(table: Table) -> None:
    """Everybody can draw the calls again, so everybody knows whom the council rang."""
    record(table, *[GONE] * 3, *[THERE] * 7)
    for day in (uk_day(NOON) + DAY, SETTLED - DAY):
        assert run(table, uk_moment(day, FROM_HOUR * 60)), "calls are learned from on that day"
    assert share(table) == pytest.approx(USUALLY_WRONG)


def test_no_chance_changes_with_a_few_answers(table: Table) -> None:
    record(table, *[GONE] * 3, *[THERE] * 6)
    run(table, morning())
    assert share(table) == pytest.approx(USUALLY_WRONG)


def test_what_was_taken_back_is_not_learned_from(table: Table) -> None:
    gone, *_ = record(table, *[GONE] * 3, *[THERE] * 8)
    time = ManualTime(now=NOON + timedelta(minutes=1))
    shown = gone.shown
    listing = outcomes.ListingKey(
        shown.location_id, shown.category, shown.said_at, gone.reporter, is_audit=True
    )
    outcomes.withdraw(table, time.clock(), listing, OFFICER)
    run(table, morning())
    assert wrong_posts.load(table).calls == 10
    assert share(table) == 0.11


def test_a_day_without_news_changes_nothing(table: Table) -> None:
    record(table, *[GONE] * 3, *[THERE] * 7)
    run(table, morning())
    run(table, morning(2))
    assert versions(table) == ["1"]


def test_a_run_that_fails_before_its_draw_is_made_up_for_by_the_next(table: Table) -> None:
    record(table, *[GONE] * 3, *[THERE] * 7)

    class NoDraw:
        def __getattr__(self, name: str) -> Any:
            return getattr(table.client, name)

        def transact_write_items(self, **request: Any) -> Any:
            if keys.AUDIT_DRAWS in str(request):
                raise RuntimeError("stopped")
            return table.client.transact_write_items(**request)

    with pytest.raises(RuntimeError):
        run(replace(table, client=NoDraw()), morning())  # type: ignore[arg-type]  # a stand-in
    assert audit_draws.load(table, MONDAY) is None
    assert run(table, morning() + timedelta(minutes=15)) == {"ChancesApart": 0}
    assert audit_draws.load(table, MONDAY)
    assert versions(table) == ["1"]


def test_chances_that_calls_do_not_find_are_counted_once_a_working_day(table: Table) -> None:
    record(table, *[GONE] * 15, *[THERE] * 35)
    assert run(table, morning()) == {"ChancesApart": 1}
    assert run(table, morning() + timedelta(hours=1)) == {}


def learn(table: Table, clock: Clock) -> None:
    wrong_posts.save(table, clock, LEARNED, Author("schedule", "request-2"))


@pytest.fixture
def time() -> ManualTime:
    return ManualTime(now=NOON + timedelta(hours=1))


@pytest.fixture
def listed(table: Table, time: ManualTime) -> Table:
    """Return a table with a home that listed a bed an hour ago."""
    save(table, home(HOME), clock=time.clock())
    return table


def chance_on_page(table: Table, clock: Clock) -> Callable[[], float]:
    handler = build_show_home(table=table, clock=clock, search_is_public=False)

    def read() -> float:
        shown = call_api(handler, "GET", f"/homes/{HOME}", groups="council").body
        chance: float = shown["listings"][0]["chance"]
        return chance

    return read


def chance_in_overview(table: Table, clock: Clock) -> Callable[[], float]:
    handler = build_overview(table=table, clock=clock)

    def read() -> float:
        shown = call_api(handler, "GET", "/homes", groups="council").body
        chance: float = shown["homes"][0]["listings"][0]["chance"]
        return chance

    return read


def chance_of_outcome(table: Table, clock: Clock) -> Callable[[], float]:
    handler = build_record_outcome(table=table, clock=clock)
    body = {"category": "general_nursing", "said_at": timestamp(NOON), "listed": 1}

    def read() -> float:
        said = {**body, "result": "pursuing"}
        path = f"/homes/{HOME}/outcomes"
        team = "team:exeter" if not wrong_posts.load(table).calls else "team:plymouth"
        chance: float = call_api(handler, "POST", path, groups=team, body=said).body["chance"]
        return chance

    return read


@pytest.mark.parametrize("reader", [chance_on_page, chance_in_overview, chance_of_outcome])
def test_what_was_learned_reaches_whoever_says_a_chance_within_ten_minutes(
    listed: Table, time: ManualTime, reader: Callable[[Table, Clock], Callable[[], float]]
) -> None:
    read = reader(listed, time.clock())
    before = read()
    assert before == pytest.approx(expected(USUALLY_WRONG), abs=0.002)
    learn(listed, time.clock())
    time.advance(READ_AGAIN_AFTER)
    assert read() == pytest.approx(expected(SHARE), abs=0.002)
    assert read() < before - 0.05


def expected(wrong: float) -> float:
    return chance_left(1, 1 / 24, FillRecord(), wrong)
