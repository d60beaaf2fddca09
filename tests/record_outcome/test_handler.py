"""Teams say what came of their calls; listings are marked, and no count changes."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from record_outcome.handler import build
from shared.aws.clock import Clock
from shared.domain.documents import timestamp, to_json
from shared.domain.errors import BusyError
from shared.domain.outcome import CallResult
from shared.domain.request_record import RequestRecord
from shared.domain.vocabulary import BedCategory, ChangeKind
from shared.store import homes, keys, outcomes
from shared.store.change_log import commit
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, changed, home, save
from tests.support.counted import Counted
from tests.support.crashes import WHENS, Crash, CrashError, When
from tests.support.examples import steps_until_done
from tests.support.fakes import ManualTime

HOME = "1-9000000001"
TEAM, OTHER, COUNCIL, STAFF = "team:exeter", "team:plymouth", "council", f"home:{HOME}"
CALLED = NOON + timedelta(hours=1)
LISTED = {"category": "general_nursing", "said_at": timestamp(NOON), "listed": 1}
PATH = f"/homes/{HOME}/outcomes"
OUTCOME = f"{PATH}/general_nursing@{timestamp(NOON)}"


def report(sort_key: str) -> None:
    raise AssertionError(sort_key)


@pytest.fixture
def time() -> ManualTime:
    return ManualTime(CALLED)


@pytest.fixture
def clock(time: ManualTime) -> Clock:
    return time.clock()


@pytest.fixture
def listed(table: Table, clock: Clock) -> Table:
    """Return the table with a home that listed one bed an hour ago."""
    save(table, home(), clock=clock)
    return table


def ask(
    table: Table,
    clock: Clock,
    method: str,
    path: str,
    *,
    groups: str | None = TEAM,
    body: object = None,
    **more: Any,
) -> ApiResponse:
    return call(build(table=table, clock=clock), method, path, groups=groups, body=body, **more)


def say(table: Table, clock: Clock, result: str, **more: Any) -> ApiResponse:
    members = more.pop("members", {})
    body = {**LISTED, "result": result, **members}
    return ask(table, clock, "POST", PATH, body=body, **more)


def disputes(table: Table, clock: Clock, groups: str = TEAM) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(
        table, clock, "GET", f"/homes/{HOME}/disputes", groups=groups
    ).body["disputes"]
    return found


def test_a_team_says_what_came_of_its_call(listed: Table, clock: Clock) -> None:
    response = say(listed, clock, "not_for_this_person", members={"need": "hoist"})
    assert response.status == 201
    assert response.body == {
        "outcome_id": "general_nursing@2026-01-05T12:00:00.000Z",
        "location_id": HOME,
        "category": "general_nursing",
        "said_at": "2026-01-05T12:00:00.000Z",
        "listed": 1,
        "chance": pytest.approx(0.919, abs=0.005),
        "result": "not_for_this_person",
        "need": "hoist",
        "told_at": "2026-01-05T13:00:00.000Z",
        "undo_until": "2026-01-05T13:10:00.000Z",
    }
    (held,) = outcomes.recorded_since(listed, NOON, report)
    assert held.first_contact is CallResult.NOT_FOR_THIS_PERSON
    assert disputes(listed, clock) == []


@pytest.mark.parametrize("groups", [TEAM, STAFF, COUNCIL])
def test_gone_marks_the_listing_and_changes_nothing_of_the_home(
    listed: Table, clock: Clock, groups: str
) -> None:
    before = homes.load(listed, HOME)
    say(listed, clock, "gone")
    gone = {"told_at": timestamp(CALLED), "teams": 1, "disputed": False}
    assert disputes(listed, clock, groups) == [
        {
            "location_id": HOME,
            "category": "general_nursing",
            "said_at": timestamp(NOON),
            "gone": gone,
        }
    ]
    assert homes.load(listed, HOME) == before


def test_two_teams_dispute_a_listing_and_the_home_ends_it_with_its_next_post(
    listed: Table, clock: Clock
) -> None:
    say(listed, clock, "gone")
    say(listed, clock, "gone", groups=OTHER)
    assert disputes(listed, clock)[0]["gone"] == {
        "told_at": timestamp(CALLED),
        "teams": 2,
        "disputed": True,
    }
    assert of_homes(listed, clock, HOME)["disputes"] == disputes(listed, clock)
    commit(listed, clock, [changed(home(), home().confirm(CALLED))])
    assert disputes(listed, clock) == []
    assert of_homes(listed, clock, HOME)["disputes"] == []


def test_a_team_takes_it_back_within_ten_minutes(
    listed: Table, clock: Clock, time: ManualTime
) -> None:
    say(listed, clock, "gone")
    say(listed, clock, "gone", groups=OTHER)
    time.advance(timedelta(minutes=10))
    response = ask(listed, clock, "PATCH", OUTCOME, body={"withdrawn": True})
    assert response.status == 200
    assert response.body["withdrawn"] is True
    assert disputes(listed, clock)[0]["gone"]["teams"] == 1
    time.advance(timedelta(seconds=1))
    late = ask(listed, clock, "PATCH", OUTCOME, groups=OTHER, body={"withdrawn": True})
    assert late.status == 409
    assert "10 minutes" in late.body["detail"]


@pytest.mark.parametrize("first", ["gone", "pursuing"])
def test_a_later_call_that_nobody_answers_leaves_the_mark_and_the_dispute(
    listed: Table, clock: Clock, time: ManualTime, first: str
) -> None:
    say(listed, clock, first)
    say(listed, clock, "gone", groups=OTHER)
    time.advance(timedelta(hours=1))
    say(listed, clock, "gone")
    before = disputes(listed, clock)
    assert before[0]["gone"]["disputed"] is True
    time.advance(timedelta(hours=1))
    response = say(listed, clock, "no_answer")
    assert (response.status, response.body["result"]) == (201, "gone")
    assert disputes(listed, clock) == before


def test_another_team_cannot_take_it_back(listed: Table, clock: Clock) -> None:
    say(listed, clock, "gone")
    response = ask(listed, clock, "PATCH", OUTCOME, groups=OTHER, body={"withdrawn": True})
    assert response.status == 404
    assert disputes(listed, clock)


def test_a_repeat_of_the_request_counts_once(listed: Table, clock: Clock) -> None:
    once = {"Idempotency-Key": "0b0c1a52-once"}
    first = say(listed, clock, "gone", headers=once)
    again = say(listed, clock, "gone", headers=once)
    assert again.body == first.body
    assert again.headers["idempotency-replayed"] == "true"
    assert say(listed, clock, "gone").body == first.body
    assert len(list(outcomes.recorded_since(listed, NOON, report))) == 1


def test_what_was_said_late_is_of_the_time_of_the_call(
    listed: Table, clock: Clock, time: ManualTime
) -> None:
    time.advance(timedelta(hours=2))
    commit(listed, clock, [changed(home(), home(accepting=3).confirm(CALLED + timedelta(hours=1)))])
    response = say(listed, clock, "gone", headers={"Observed-Ago": str(2 * 3600)})
    assert response.status == 201
    assert response.body["told_at"] == timestamp(CALLED)
    assert response.body["listed"] == 1
    assert disputes(listed, clock) == []


def test_how_many_were_listed_is_what_the_home_says(listed: Table, clock: Clock) -> None:
    assert say(listed, clock, "pursuing", members={"listed": 9}).body["listed"] == 1


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"said_at": "2026-01-05T12:00:00.001Z"}, "said_at"),
        ({"said_at": "2024-01-05T12:00:00.000Z"}, "said_at"),
        ({"said_at": "2026-01-05"}, "said_at"),
        ({"said_at": "2026-02-30T12:00:00.000Z"}, "said_at"),
        ({"category": "transitional"}, "said_at"),
        ({"category": "garden"}, "category"),
        ({"listed": 0}, "listed"),
        ({"result": "maybe"}, "result"),
        ({"result": "gone", "need": "peg"}, "body"),
        ({"result": "not_for_this_person", "need": "Mrs Example"}, "need"),
        ({"result": "no_answer", "need": "peg"}, "body"),
        ({"need": "peg", "drawn": True}, "drawn"),
        ({"note": "free text"}, "note"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    listed: Table, clock: Clock, members: dict[str, object], field: str
) -> None:
    response = say(listed, clock, "pursuing", members=members)
    assert response.status == 422
    assert response.fields == {field}
    assert list(outcomes.recorded_since(listed, NOON - timedelta(days=999), report)) == []


@pytest.mark.parametrize("groups", [None, "", STAFF, COUNCIL])
def test_only_teams_say_what_came_of_calls(listed: Table, clock: Clock, groups: str | None) -> None:
    refused = 401 if groups is None else 403
    assert say(listed, clock, "gone", groups=groups).status == refused
    body = {"withdrawn": True}
    assert ask(listed, clock, "PATCH", OUTCOME, groups=groups, body=body).status == refused


@pytest.mark.parametrize("path", ["/disputes", f"/homes/{HOME}/disputes"])
def test_nobody_else_sees_what_teams_were_told(listed: Table, clock: Clock, path: str) -> None:
    assert ask(listed, clock, "GET", path, groups=None).status == 401
    assert ask(listed, clock, "GET", path, groups="home:1-9000000009").status == 403
    staff = ask(listed, clock, "GET", path, groups=STAFF)
    assert staff.status == (403 if path == "/disputes" else 200)


def of_homes(table: Table, clock: Clock, *location_ids: str) -> dict[str, Any]:
    query = urlencode([("home", each) for each in location_ids])
    response = ask(table, clock, "GET", "/disputes", query=query)
    assert response.status == 200
    body: dict[str, Any] = response.body
    return body


def test_who_searches_sees_what_was_told_of_the_homes_that_are_asked_for_alone(
    listed: Table, clock: Clock
) -> None:
    second, third = "1-90000000011", "RBD01"  # the first id begins as the other's does
    save(listed, home(second), home(third), clock=clock)
    for each in (HOME, second, third):
        ask(listed, clock, "POST", f"/homes/{each}/outcomes", body={**LISTED, "result": "gone"})
    for asked in ([HOME], [third, second], [HOME, second, third, "1-9000000009"]):
        told = of_homes(listed, clock, *asked)["disputes"]
        assert [each["location_id"] for each in told] == [
            each for each in asked if each != "1-9000000009"
        ]


def test_no_more_is_read_than_of_the_homes_that_are_asked_for(listed: Table, clock: Clock) -> None:
    ids = [f"1-91000000{number:02d}" for number in range(40)]
    save(listed, *(home(each) for each in ids), clock=clock)
    for each in ids:
        ask(listed, clock, "POST", f"/homes/{each}/outcomes", body={**LISTED, "result": "gone"})
    read = Counted(listed.client)
    of_homes(replace(listed, client=read), clock, *ids[:3])  # type: ignore[arg-type]  # a stand-in
    assert read.items == 3 + 3  # the homes and what was told of them; none has a record


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "home"),
        ("home=", "home"),
        ("home=nonsense", "home"),
        (f"home={HOME}&home=Mrs%20Example", "home"),
        ("&".join(f"home=1-92000000{number:02d}" for number in range(26)), "home"),
        (f"home={HOME}&need=hoist", "need"),
    ],
)
def test_what_names_no_homes_is_refused(
    listed: Table, clock: Clock, query: str, field: str
) -> None:
    response = ask(listed, clock, "GET", "/disputes", query=query)
    assert response.status == 422
    assert response.fields == {field}


def test_as_many_homes_can_be_asked_for_as_a_page_of_results_has(
    listed: Table, clock: Clock
) -> None:
    say(listed, clock, "gone")
    others = [f"1-92000000{number:02d}" for number in range(24)]
    told = of_homes(listed, clock, *others, HOME, HOME)["disputes"]
    assert [each["location_id"] for each in told] == [HOME]


@pytest.mark.parametrize("path", [f"{PATH}/gone@now", f"{PATH}/general_nursing", f"{PATH}/@"])
def test_an_id_that_names_no_listing_is_not_found(listed: Table, clock: Clock, path: str) -> None:
    assert ask(listed, clock, "PATCH", path, body={"withdrawn": True}).status == 404


def test_a_home_that_does_not_exist_is_not_found(listed: Table, clock: Clock) -> None:
    body = {**LISTED, "result": "gone"}
    assert ask(listed, clock, "POST", "/homes/1-9000000009/outcomes", body=body).status == 404


@pytest.mark.parametrize("when", WHENS)
def test_a_process_that_dies_at_any_step_leaves_all_of_an_outcome_or_nothing(
    listed: Table, clock: Clock, when: When
) -> None:
    steps, died = 0, True
    while died:
        location_id = f"1-90000001{steps:02d}"
        save(listed, home(location_id), clock=clock)
        crash = Crash(steps, when)
        dying = replace(listed, client=crash.around(listed.client))
        path, body = f"/homes/{location_id}/outcomes", {**LISTED, "result": "gone"}
        once = {"Idempotency-Key": f"once-{steps:04d}"}
        try:
            ask(dying, clock, "POST", path, body=body, headers=once)
        except CrashError:
            held = [
                each
                for each in outcomes.recorded_since(listed, NOON, report)
                if each.shown.location_id == location_id
            ]
            against = outcomes.load_disputes(listed, location_id, pytest.fail).by_category
            assert len(held) == len(against)
        died = crash.died
        response = ask(listed, clock, "POST", path, body=body, headers=once)
        assert response.status == 201
        assert list(outcomes.load_disputes(listed, location_id, pytest.fail).by_category) == [
            BedCategory.GENERAL_NURSING
        ]
        steps += 1
    assert steps > 2


@pytest.mark.parametrize("when", WHENS)
def test_a_process_that_dies_at_any_step_takes_all_of_an_outcome_back_or_nothing(
    listed: Table, clock: Clock, when: When
) -> None:
    for step in steps_until_done():
        location_id = f"1-90000002{step:02d}"
        save(listed, home(location_id), clock=clock)
        path = f"/homes/{location_id}/outcomes"
        said = ask(listed, clock, "POST", path, body={**LISTED, "result": "gone"}).body
        crash = Crash(step, when)
        dying = replace(listed, client=crash.around(listed.client))
        one, taken_back = f"{path}/{said['outcome_id']}", {"withdrawn": True}
        with suppress(CrashError):
            ask(dying, clock, "PATCH", one, body=taken_back)
        (held,) = (
            each
            for each in outcomes.recorded_since(listed, NOON, report)
            if each.shown.location_id == location_id
        )
        against = outcomes.load_disputes(listed, location_id, pytest.fail).by_category
        assert held.is_withdrawn is (not against)
        assert ask(listed, clock, "PATCH", one, body=taken_back).status == 200
        assert not outcomes.load_disputes(listed, location_id, pytest.fail).by_category
        if not crash.died:
            break
    assert step > 2


def test_a_mark_that_cannot_be_read_hides_only_itself(listed: Table, clock: Clock) -> None:
    say(listed, clock, "gone")
    mark = {keys.PARTITION: {"S": keys.DISPUTES}, keys.SORT: {"S": "1-9000000002"}}
    document = {
        "location_id": "1-9000000002",
        "name": "x",
        "version": 1,
        "by_category": {"attic": {}},
    }
    listed.put({**mark, keys.DOCUMENT: {"S": to_json(document)}})
    save(listed, home("1-9000000002"), clock=clock)
    shown = of_homes(listed, clock, "1-9000000002", HOME)
    assert [each["location_id"] for each in shown["disputes"]] == [HOME]


def test_two_teams_that_say_so_at_once_are_both_counted(listed: Table, clock: Clock) -> None:
    said = iter([OTHER])

    class Meanwhile:
        def __getattr__(self, name: str) -> Any:
            if name == "transact_write_items" and (other := next(said, None)):
                say(listed, clock, "gone", groups=other)
            return getattr(listed.client, name)

    say(replace(listed, client=Meanwhile()), clock, "gone")  # type: ignore[arg-type]  # a stand-in
    assert disputes(listed, clock)[0]["gone"]["teams"] == 2


def test_the_log_keeps_it_for_a_week_and_the_outcome_for_four_hundred_days(
    listed: Table, clock: Clock
) -> None:
    say(listed, clock, "gone")
    say(listed, clock, "pursuing", groups=OTHER)
    items = {
        item[keys.PARTITION]["S"].partition("#")[0]: item
        for item in listed.client.scan(TableName=listed.name)["Items"]
        if keys.EXPIRES in item and not is_of_a_home_or_a_dispute(item)
    }
    days = {
        name: (int(item[keys.EXPIRES]["N"]) - CALLED.timestamp()) / 86_400
        for name, item in items.items()
    }
    assert days == {"CHANGE": 7, "OUTCOME": 400, "DISPUTE": 100, "REQUEST_RECORD": 400}


def is_of_a_home_or_a_dispute(item: dict[str, Any]) -> bool:
    return item.get(keys.KIND, {}).get("S") in {"home", "dispute"}


def records(table: Table) -> dict[str, list[bool]]:
    """Return by what was asked how the home answered, as the table has it."""
    documents = all_documents(table, ChangeKind.REQUEST_RECORD)
    found = [RequestRecord.from_document(each) for each in documents]
    return {each.asked: [answer.taken for answer in each.answers.values()] for each in found}


DRAWN = {"need": "hoist"}


def test_a_request_counts_for_its_category_and_for_the_need_that_was_drawn_taken_or_not(
    listed: Table, clock: Clock
) -> None:
    shown = say(listed, clock, "pursuing", members=DRAWN).body
    say(listed, clock, "not_for_this_person", members=DRAWN, groups=OTHER)
    say(listed, clock, "not_for_this_person", groups="team:ward")
    assert {name: sorted(each) for name, each in records(listed).items()} == {
        "general_nursing": [False, False, True],
        "hoist": [False, True],
    }
    assert not {"need_forgotten", "reporter"} & shown.keys()


def test_taking_an_outcome_back_takes_back_what_it_counted_for(listed: Table, clock: Clock) -> None:
    say(listed, clock, "pursuing", members=DRAWN)
    ask(listed, clock, "PATCH", OUTCOME, body={"withdrawn": True})
    assert records(listed) == {"general_nursing": [], "hoist": []}
    say(listed, clock, "not_for_this_person", members=DRAWN)
    assert records(listed) == {"general_nursing": [False], "hoist": [False]}


def test_a_correction_moves_the_request_and_leaves_no_second_need(
    listed: Table, clock: Clock
) -> None:
    say(listed, clock, "pursuing", members=DRAWN)
    said = say(listed, clock, "not_for_this_person", members={"need": "peg"})
    assert "need" not in said.body
    assert records(listed) == {"general_nursing": [False], "hoist": []}
    assert not [
        each for each in listed.client.scan(TableName=listed.name)["Items"] if "peg" in str(each)
    ]


def test_two_members_of_a_team_that_name_needs_at_once_leave_one(
    listed: Table, clock: Clock
) -> None:
    meanwhile = iter([{"need": "peg"}])

    class Meanwhile:
        def __getattr__(self, name: str) -> Any:
            if name == "transact_get_items" and (members := next(meanwhile, None)):
                say(listed, clock, "pursuing", members=members)
            return getattr(listed.client, name)

    say(
        replace(listed, client=Meanwhile()),  # type: ignore[arg-type]  # a stand-in
        clock,
        "not_for_this_person",
        members=DRAWN,
    )
    assert records(listed) == {"general_nursing": [False], "peg": []}


def test_a_home_and_who_searches_see_how_it_answered_from_five_requests_on(
    listed: Table, clock: Clock
) -> None:
    save(listed, home("1-90000000011"), clock=clock)  # its id begins as the other's does

    def shown(path: str, groups: str, query: str = "") -> Any:
        return ask(listed, clock, "GET", path, groups=groups, query=query).body["requests"]

    for number in range(5):
        assert shown(f"/homes/{HOME}/disputes", STAFF) == []
        result = "pursuing" if number else "not_for_this_person"
        say(listed, clock, result, members=DRAWN, groups=f"team:ward-{number}")
    of_each = {"location_id": HOME, "taken": 4, "requests": 5}
    expected = [{**of_each, "asked": "general_nursing"}, {**of_each, "asked": "hoist"}]
    assert shown(f"/homes/{HOME}/disputes", STAFF) == expected
    assert shown("/disputes", TEAM, f"home={HOME}") == expected
    assert shown("/disputes", TEAM, "home=1-90000000011") == []
    assert shown("/homes/1-90000000011/disputes", COUNCIL) == []


def test_no_team_is_named_in_what_is_kept(listed: Table, clock: Clock) -> None:
    say(listed, clock, "gone")
    say(listed, clock, "pursuing", groups=OTHER, members=DRAWN)
    kept = [
        item
        for item in listed.client.scan(TableName=listed.name)["Items"]
        if item[keys.PARTITION]["S"] in {keys.OUTCOMES, keys.DISPUTES, keys.REQUEST_RECORDS}
        or item.get(keys.KIND, {}).get("S") in {"outcome", "dispute", "request_record"}
    ]
    assert len(kept) == 10
    assert "exeter" not in str(kept)
    assert "plymouth" not in str(kept)


def test_a_busy_table_is_said_to_be_busy(listed: Table, clock: Clock) -> None:
    class Busy:
        def __getattr__(self, name: str) -> Any:
            raise BusyError("The database is busy.")

    response = say(replace(listed, client=Busy()), clock, "gone")  # type: ignore[arg-type]  # a stand-in
    assert response.status == 503
