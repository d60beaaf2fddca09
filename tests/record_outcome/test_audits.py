"""The council sees which listings are drawn for it to call, and says what came of the calls."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from record_outcome.handler import build
from shared.domain.audit import DrawnCall, ListedBeds
from shared.domain.audit_draw import AuditDraw, ShownBeds
from shared.domain.author import Author
from shared.domain.documents import timestamp
from shared.domain.outcome import CallResult, Outcome, Shown
from shared.domain.posts import Posts
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory
from shared.store import audit_draws, keys, outcomes
from shared.store.change_log import commit
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, changed, counts, home, save
from tests.support.counted import Counted
from tests.support.fakes import ManualTime

HOME, OTHER = "1-9400000001", "1-9400000002"
NURSING = BedCategory.GENERAL_NURSING
MONDAY = uk_day(NOON)
DAY = timedelta(days=1)
CALLED = NOON + timedelta(hours=1)


def draw_of(day: date, *location_ids: str) -> AuditDraw:
    calls = {DrawnCall(day, ListedBeds(each, NURSING)): ShownBeds(1, NOON) for each in location_ids}
    return AuditDraw(day, NOON, calls)


@pytest.fixture
def time() -> ManualTime:
    return ManualTime(now=CALLED)


@pytest.fixture
def drawn(table: Table, time: ManualTime) -> Table:
    """Return a table with two homes that list a bed, whose listings are drawn for Monday."""
    save(table, home(HOME), home(OTHER), clock=time.clock())
    audit_draws.save(table, draw_of(MONDAY, HOME, OTHER))
    return table


def ask(
    table: Table,
    time: ManualTime,
    method: str = "GET",
    path: str = "/audits",
    *,
    groups: str | None = "council",
    **more: Any,
) -> ApiResponse:
    handler = build(table=table, clock=time.clock())
    return call(handler, method, path, groups=groups, **more)


def calls(table: Table, time: ManualTime) -> Sequence[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(table, time).body["calls"]
    return found


def states(table: Table, time: ManualTime) -> dict[str, str]:
    return {each["location_id"]: each["state"] for each in calls(table, time)}


def post_again(table: Table, time: ManualTime, accepting: int, at: datetime) -> None:
    """Have the home post so many beds at that moment."""
    before = home(HOME)
    after = replace(
        before, beds={NURSING: counts(accepting)}, confirmed_at=at, posts=Posts({NURSING: at})
    )
    commit(table, time.clock(), [changed(before, after)])


def test_the_council_sees_whom_to_call_today_and_about_what(drawn: Table, time: ManualTime) -> None:
    body = ask(drawn, time).body
    assert (body["today"], body["is_working_day"], body["is_drawn"]) == ("2026-01-05", True, True)
    assert body["calls"][0] == {
        "day": "2026-01-05",
        "location_id": HOME,
        "name": "Larkrise House",
        "phone": "01632960001",
        "category": "general_nursing",
        "listed": 1,
        "said_at": timestamp(NOON),
        "now": {"listed": 1, "said_at": timestamp(NOON)},
        "state": "to_call",
    }
    assert [each["location_id"] for each in body["calls"]] == [HOME, OTHER]


def test_what_the_home_posted_since_is_what_is_called_about(drawn: Table, time: ManualTime) -> None:
    post_again(drawn, time, 3, NOON + timedelta(minutes=30))
    first = calls(drawn, time)[0]
    assert (first["listed"], first["said_at"]) == (1, timestamp(NOON))
    assert first["now"] == {"listed": 3, "said_at": timestamp(NOON + timedelta(minutes=30))}


def test_a_home_that_lists_nothing_any_more_need_not_be_called(
    drawn: Table, time: ManualTime
) -> None:
    post_again(drawn, time, 0, NOON + timedelta(minutes=30))
    assert "now" not in calls(drawn, time)[0]


def test_a_call_that_was_not_made_can_be_made_until_tuesday_after_a_friday(
    drawn: Table, time: ManualTime
) -> None:
    time.advance(4 * DAY)
    assert states(drawn, time) == {HOME: "uncalled", OTHER: "uncalled"}
    time.advance(DAY)
    assert calls(drawn, time) == []


def test_before_anything_is_drawn_there_is_nothing_to_call(table: Table, time: ManualTime) -> None:
    time.advance(-2 * DAY)
    assert ask(table, time).body == {
        "today": "2026-01-03",
        "is_working_day": False,
        "is_drawn": False,
        "calls": [],
    }


@pytest.mark.parametrize("groups", [None, "team:exeter", f"home:{HOME}"])
def test_nobody_else_learns_whom_the_council_calls(
    drawn: Table, time: ManualTime, groups: str | None
) -> None:
    assert ask(drawn, time, groups=groups).status == (403 if groups else 401)


def test_a_draw_and_a_home_that_cannot_be_read_hide_only_themselves(
    drawn: Table, time: ManualTime
) -> None:
    drawn.put({keys.PARTITION: {"S": keys.AUDIT_DRAWS}, keys.SORT: {"S": "2026-01-06"}})
    drawn.put({keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": HOME}})
    assert [each["name"] for each in calls(drawn, time)] == [HOME, "Larkrise House"]


def say(
    table: Table,
    time: ManualTime,
    result: str,
    *,
    location_id: str = HOME,
    said_at: datetime = NOON,
    **more: Any,
) -> ApiResponse:
    members = more.pop("members", {})
    body = {
        "category": NURSING,
        "said_at": timestamp(said_at),
        "listed": 1,
        "result": result,
        "audit_day": "2026-01-05",
        **members,
    }
    return ask(table, time, "POST", f"/homes/{location_id}/outcomes", body=body, **more)


def take_back(table: Table, time: ManualTime, **more: Any) -> ApiResponse:
    path = f"/homes/{HOME}/outcomes/general_nursing@{timestamp(NOON)}"
    body = {"withdrawn": True, "audit_day": "2026-01-05"}
    return ask(table, time, "PATCH", path, body=body, **more)


def headline(table: Table, time: ManualTime) -> tuple[int, dict[str, int]]:
    """Return how many first contacts the audit's rate has, and what became of its calls."""
    audited = ask(table, time, path="/truth").body["audited"]
    return audited["whole"]["truth"]["n"], audited["calls"]


@pytest.mark.parametrize("result", ["there", "gone"])
def test_the_council_says_what_a_drawn_call_found_and_the_headline_counts_it(
    drawn: Table, time: ManualTime, result: str
) -> None:
    response = say(drawn, time, result)
    assert (response.status, response.body["audit_day"]) == (201, "2026-01-05")
    assert states(drawn, time) == {HOME: result, OTHER: "to_call"}
    assert headline(drawn, time) == (
        1,
        {"drawn": 1, "called": 1, "unanswered": 0, "uncalled": 0},
    )
    first = calls(drawn, time)[0]["outcome"]
    assert (first["result"], first["undo_until"]) == (
        result,
        timestamp(CALLED + timedelta(minutes=10)),
    )


def test_it_is_no_report_of_a_team_and_says_nothing_against_the_listing(
    drawn: Table, time: ManualTime
) -> None:
    say(drawn, time, "gone")
    assert ask(drawn, time, path=f"/homes/{HOME}/disputes").body == {"disputes": [], "requests": []}
    truth = ask(drawn, time, path="/truth").body
    assert truth["reported"]["whole"]["truth"] == {"n": 0}
    assert truth["audited"]["whole"]["fit"] == {"n": 0}


def test_calls_without_an_answer_and_those_not_made_are_published_too(
    drawn: Table, time: ManualTime
) -> None:
    say(drawn, time, "no_answer")
    time.advance(DAY)
    assert headline(drawn, time) == (
        0,
        {"drawn": 2, "called": 1, "unanswered": 1, "uncalled": 1},
    )


def test_who_did_not_answer_can_be_called_again(drawn: Table, time: ManualTime) -> None:
    say(drawn, time, "no_answer")
    time.advance(DAY)
    assert say(drawn, time, "there").status == 201
    assert headline(drawn, time)[0] == 1


def test_it_is_taken_back_within_ten_minutes_and_not_later(drawn: Table, time: ManualTime) -> None:
    say(drawn, time, "gone")
    time.advance(timedelta(minutes=10))
    assert take_back(drawn, time).status == 200
    assert states(drawn, time)[HOME] == "to_call"
    assert headline(drawn, time)[0] == 0
    say(drawn, time, "there")
    time.advance(timedelta(minutes=11))
    assert take_back(drawn, time).status == 409


def test_an_earlier_call_is_shown_for_as_long_as_its_answer_can_be_taken_back(
    drawn: Table, time: ManualTime
) -> None:
    time.advance(DAY)
    say(drawn, time, "there")
    time.advance(timedelta(minutes=10))
    assert states(drawn, time) == {HOME: "there", OTHER: "uncalled"}
    time.advance(timedelta(seconds=1))
    assert states(drawn, time) == {OTHER: "uncalled"}


def test_an_answer_is_asked_for_once(drawn: Table, time: ManualTime) -> None:
    say(drawn, time, "there")
    assert say(drawn, time, "gone").status == 201  # a correction
    time.advance(timedelta(minutes=11))
    assert say(drawn, time, "there").status == 409
    assert say(drawn, time, "gone").status == 201  # the same again changes nothing
    assert headline(drawn, time)[0] == 1


def test_a_home_that_posted_again_is_called_about_what_it_lists_now(
    drawn: Table, time: ManualTime
) -> None:
    again = NOON + timedelta(minutes=30)
    say(drawn, time, "no_answer")
    post_again(drawn, time, 2, again)
    assert say(drawn, time, "gone").status == 409
    assert say(drawn, time, "there", said_at=again).status == 201
    assert states(drawn, time)[HOME] == "there"
    assert headline(drawn, time) == (
        1,
        {"drawn": 1, "called": 1, "unanswered": 0, "uncalled": 0},
    )


def test_a_call_before_the_home_posted_again_is_of_what_it_listed_then(
    drawn: Table, time: ManualTime
) -> None:
    post_again(drawn, time, 0, CALLED)
    time.advance(timedelta(minutes=5))
    assert say(drawn, time, "gone", headers={"Observed-Ago": "600"}).status == 201
    assert states(drawn, time)[HOME] == "gone"


def test_a_call_that_was_answered_is_not_asked_again_about_a_later_post(
    drawn: Table, time: ManualTime
) -> None:
    say(drawn, time, "there")
    again = CALLED + timedelta(minutes=1)
    post_again(drawn, time, 2, again)
    time.advance(timedelta(hours=1))
    assert say(drawn, time, "gone", said_at=again).status == 409
    assert headline(drawn, time)[0] == 1


@pytest.mark.parametrize(
    ("location_id", "members"),
    [
        ("1-9400000003", {}),
        (HOME, {"audit_day": "2026-01-06"}),
        (HOME, {"category": "dementia_nursing"}),
    ],
)
def test_only_what_was_drawn_can_be_called(
    drawn: Table, time: ManualTime, location_id: str, members: dict[str, str]
) -> None:
    save(drawn, home("1-9400000003"), clock=time.clock())
    response = say(drawn, time, "there", location_id=location_id, members=members)
    assert response.status == 404
    assert headline(drawn, time)[0] == 0


def test_a_call_is_made_after_its_draw_and_until_four_days_later(
    drawn: Table, time: ManualTime
) -> None:
    assert say(drawn, time, "there", headers={"Observed-Ago": "3601"}).status == 409
    time.advance(5 * DAY)
    assert say(drawn, time, "there").status == 409
    assert headline(drawn, time)[0] == 0


@pytest.mark.parametrize("groups", ["team:exeter", f"home:{HOME}", None])
def test_nobody_else_can_say_what_came_of_the_councils_call(
    drawn: Table, time: ManualTime, groups: str | None
) -> None:
    refused = 403 if groups else 401
    assert say(drawn, time, "gone", groups=groups).status == refused
    assert take_back(drawn, time, groups=groups).status == refused


def test_an_officer_reports_no_call_of_a_team_without_belonging_to_one(
    drawn: Table, time: ManualTime
) -> None:
    body = {"category": NURSING, "said_at": timestamp(NOON), "listed": 1, "result": "gone"}
    assert ask(drawn, time, "POST", f"/homes/{HOME}/outcomes", body=body).status == 403


@pytest.mark.parametrize(
    "members",
    [
        {"result": "pursuing"},
        {"result": "not_for_this_person"},
        {"team": "exeter"},
        {"audit_day": "5 January"},
        {"audit_day": "2026-13-01"},
    ],
)
def test_what_cannot_be_of_an_audit_is_refused(
    drawn: Table, time: ManualTime, members: dict[str, str]
) -> None:
    assert say(drawn, time, "there", members=members).status == 422


def test_a_team_cannot_say_there_for_nobody(drawn: Table, time: ManualTime) -> None:
    body = {"category": NURSING, "said_at": timestamp(NOON), "listed": 1, "result": "there"}
    path = f"/homes/{HOME}/outcomes"
    assert ask(drawn, time, "POST", path, body=body, groups="team:exeter").status == 422


def test_a_request_that_is_sent_twice_counts_once(drawn: Table, time: ManualTime) -> None:
    key = {"Idempotency-Key": "11111111-2222"}
    assert say(drawn, time, "there", headers=key).status == 201
    assert say(drawn, time, "there", headers=key).status == 201
    assert headline(drawn, time)[0] == 1


LONG_AGO = NOON - 60 * DAY


@pytest.fixture
def drawn_late(table: Table, time: ManualTime) -> Table:
    """Return a table with a home whose listing is 60 days old and drawn for Monday.

    Teams have called other homes since.
    """
    listed = replace(home(HOME), confirmed_at=LONG_AGO, posts=Posts({NURSING: LONG_AGO}))
    save(table, listed, clock=time.clock())
    call_of = DrawnCall(MONDAY, ListedBeds(HOME, NURSING))
    audit_draws.save(table, AuditDraw(MONDAY, NOON, {call_of: ShownBeds(1, LONG_AGO)}))
    author = Author("someone", "request-1")
    for number in range(20):
        said_at = NOON - (10 + number) * DAY
        shown = Shown(f"1-95000000{number:02d}", NURSING, said_at, 1, 0.9)
        outcome = Outcome(1, shown, "a team", CallResult.GONE, said_at, said_at)
        outcomes.record(table, time.clock(), outcome, author, home_name="Larkrise House")
    return table


def test_a_call_about_an_old_listing_is_answered_once(drawn_late: Table, time: ManualTime) -> None:
    assert say(drawn_late, time, "gone", said_at=LONG_AGO).status == 201
    assert states(drawn_late, time) == {HOME: "gone"}
    again = CALLED + timedelta(minutes=1)
    post_again(drawn_late, time, 2, again)
    time.advance(timedelta(hours=1))
    assert say(drawn_late, time, "there", said_at=again).status == 409
    assert states(drawn_late, time) == {HOME: "gone"}


def test_a_post_that_was_accepted_a_week_after_it_was_said_is_found(
    drawn_late: Table, time: ManualTime
) -> None:
    week_ago = NOON - 7 * DAY
    post_again(drawn_late, time, 2, week_ago)
    assert say(drawn_late, time, "there", said_at=week_ago).status == 201
    assert states(drawn_late, time) == {HOME: "there"}


def test_little_is_read_beside_the_drawn_calls_however_old_their_listings_are(
    drawn_late: Table, time: ManualTime
) -> None:
    say(drawn_late, time, "gone", said_at=LONG_AGO)
    read = Counted(drawn_late.client)
    assert states(replace(drawn_late, client=read), time)  # type: ignore[arg-type]  # a stand-in
    assert read.items == 3  # the draw, the home and what came of the call


def test_what_is_kept_names_no_officer(drawn: Table, time: ManualTime) -> None:
    say(drawn, time, "there")
    (item,) = drawn.query(
        "#pk = :pk", {":pk": keys.OUTCOMES}, ExpressionAttributeNames={"#pk": keys.PARTITION}
    )
    assert '"council' not in item[keys.DOCUMENT]["S"]
    assert set(item) == {"pk", "sk", "version", "document", "expires"}
