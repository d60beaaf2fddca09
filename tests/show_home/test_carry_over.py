"""A council carries over what an old location id said to its successor, part by part."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shared.domain.admission_hours import AdmissionHours, Day, Period
from shared.domain.author import Author
from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.declaration import Declaration
from shared.domain.errors import BusyError
from shared.domain.home_before import CarriedPart
from shared.domain.needs import Answer, NeedGroup
from shared.domain.placing_stop import CouncilMark, PlacingStop
from shared.domain.shop_window import ShopWindow
from shared.domain.terms import Assessment, Funding, Terms
from shared.domain.vocabulary import (
    Action,
    AdmissionState,
    BedCategory,
    ClosureReason,
    Registration,
)
from shared.store import homes, placing_stops
from shared.store.table import Table
from show_home.handler import build
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, REGISTER, counts, home, mark, save, unposted
from tests.support.fakes import ManualTime, during_each_write

OLD, NEW, OTHER = "1-9000000001", "1-9000000002", "1-9000000003"
GONE = replace(REGISTER, registration=Registration.DEREGISTERED)
WINDOW = ShopWindow(
    weekly_fee_from=950,
    weekly_fee_to=1200,
    vacancies_phone="01632960999",
    website="https://larkrise.example.org",
    description="By the river. Dogs are welcome.",
)
LONG_AGO, LATER = date(2025, 3, 1), date(2025, 9, 1)
DECLARATION = Declaration(
    needs={
        "peg": Answer.ASK,
        "hoist": Answer.YES,
        "step_free": Answer.NO,
        "pet": Answer.YES,
        "en_suite": Answer.YES,
    },
    said_on={
        NeedGroup.CARE: LATER,
        NeedGroup.MOVING: LONG_AGO,
        NeedGroup.PERSON: LATER,
        NeedGroup.ROOM: LATER,
    },
    terms=Terms(
        funding=(Funding.COUNCIL_RATE, Funding.TOP_UP),
        top_up_from=80,
        assesses_by=(Assessment.TELEPHONE,),
        admission_hours=AdmissionHours({Day.MONDAY: (Period(540, 1020),)}),
    ),
    also_as={BedCategory.GENERAL_NURSING: (BedCategory.GENERAL_RESIDENTIAL,)},
)
FACTS = {"step_free": "no", "en_suite": "yes"}
PROMISES = {"peg": "ask", "hoist": "yes", "pet": "yes"}
TERMS = {
    "funding": ["council_rate", "top_up"],
    "top_up_from": 80,
    "assesses_by": ["telephone"],
    "admission_hours": {"monday": ["09:00-17:00"]},
    "also_as": {"general_nursing": ["general_residential"]},
}
FEES = {"weekly_fee_from": 950, "weekly_fee_to": 1200}
DESCRIPTION = {"description": "By the river. Dogs are welcome."}
OLD_HOME = replace(
    home(OLD, register=GONE, accepting=3), shop_window=WINDOW, declaration=DECLARATION
)
ALL = ["vacancies", "building", "vacancies_phone", "website", "questions"]
NOW = NOON + timedelta(days=2)

Ask = Callable[..., ApiResponse]


@pytest.fixture
def ask(table: Table) -> Ask:
    """Send a request to the function, as the council, two days after the old id's last word."""

    def ask(
        method: str = "PUT",
        path: str = f"/homes/{OLD}/successor",
        body: object = None,
        *,
        groups: str | None = "council",
        table: Table = table,
        **more: Any,
    ) -> ApiResponse:
        handler = build(table=table, clock=ManualTime(NOW).clock(), search_is_public=False)
        return call(handler, method, path, groups=groups, body=body, **more)

    return ask


@pytest.fixture
def carry(ask: Ask) -> Ask:
    """Carry over these parts from the old id to the new one."""

    def carry(*parts: str, new: str = NEW, **more: Any) -> ApiResponse:
        return ask(body={"location_id": new, "carry": list(parts)}, **more)

    return carry


def edit(ask: Ask, **fields: object) -> ApiResponse:
    return ask("PATCH", f"/homes/{NEW}", fields, groups=f"home:{NEW}")


def post_own_counts(table: Table, accepting: int = 1) -> None:
    homes.revise(
        table,
        ManualTime(NOW).clock(),
        NEW,
        lambda it: it.update({BedCategory.GENERAL_NURSING: counts(accepting)}, None, NOW),
        action=Action.UPDATED,
        author=Author("carer", "request-2"),
    )


def states(response: ApiResponse) -> dict[str, str]:
    return {each["part"]: each["state"] for each in response.body["parts"]}


def test_a_placing_stop_does_not_carry_over_by_itself(table: Table, carry: Ask) -> None:
    stop = PlacingStop(LATER)
    save(table, OLD_HOME, unposted(NEW))
    mark(table, OLD, stop)
    assert carry(*CarriedPart).status == 200
    assert placing_stops.load(table, NEW).stop is None
    assert placing_stops.load(table, OLD).stop == stop


def test_the_council_sees_both_marks_and_carries_its_own_over_in_the_same_transaction(
    table: Table, ask: Ask
) -> None:
    stop = PlacingStop(LATER)
    save(table, OLD_HOME, unposted(NEW))
    mark(table, OLD, stop)
    path = f"/homes/{OLD}/successor"
    shown = ask("GET", path, query=f"location_id={NEW}").body["placing_stops"]
    assert shown == {"old": stop.to_document(), "new": None}
    body = {"location_id": NEW, "carry": ["vacancies"], "carry_placing_stop": True}
    assert ask(body=body).body["placing_stop_carried"] is True
    assert placing_stops.load(table, NEW) == CouncilMark(NEW, 1, stop)
    assert placing_stops.load(table, OLD).stop == stop
    assert "placing" not in str(homes.load(table, NEW))
    assert ask(body=body).body["placing_stop_carried"] is False
    assert ask(body={"location_id": None}).status == 200
    assert placing_stops.load(table, NEW).stop == stop


def test_a_mark_that_the_new_home_has_stays_and_one_that_has_passed_is_not_carried(
    table: Table, ask: Ask
) -> None:
    own = PlacingStop(LATER + timedelta(days=1))
    save(table, OLD_HOME, unposted(NEW), unposted(OTHER))
    mark(table, OLD, PlacingStop(LATER))
    mark(table, NEW, own)
    body = {"location_id": NEW, "carry_placing_stop": True}
    assert ask(body=body).body["placing_stop_carried"] is False
    assert placing_stops.load(table, NEW).stop == own
    ask(body={"location_id": None})
    mark(table, OLD, PlacingStop(LATER, LATER))
    assert ask(body={**body, "location_id": OTHER}).body["placing_stop_carried"] is False
    assert placing_stops.load(table, OTHER).version == 0


def test_a_mark_that_the_council_changes_meanwhile_is_the_one_that_carries_over(
    table: Table, ask: Ask
) -> None:
    changed_to = PlacingStop(LATER + timedelta(days=2))
    save(table, OLD_HOME, unposted(NEW))
    mark(table, OLD, PlacingStop(LATER))
    stops = [changed_to]
    racing = during_each_write(table, lambda: mark(table, OLD, stops.pop()) if stops else None)
    body = {"location_id": NEW, "carry_placing_stop": True}
    assert ask(body=body, table=racing).status == 200
    assert placing_stops.load(table, NEW).stop == changed_to


def test_nothing_carries_over_while_a_succession_is_taken_back(table: Table, ask: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    response = ask(body={"location_id": None, "carry_placing_stop": True})
    assert response.fields == {"carry_placing_stop"}


def test_counts_carry_over_with_their_date(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    response = carry("vacancies")
    assert response.status == 200
    assert response.body["carried"] == ["vacancies"]
    assert response.body["not_carried"] == []
    assert response.body["successor"] == NEW
    old, new = homes.load(table, OLD), homes.load(table, NEW)
    assert new["beds"] == old["beds"]
    assert new["confirmed_at"] == old["confirmed_at"] == "2026-01-05T12:00:00.000Z"


def test_an_outbreak_and_its_date_carry_over_with_the_counts(table: Table, carry: Ask) -> None:
    status = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)
    closed = replace(OLD_HOME, admission_status=status, admission_status_at=NOON)
    save(table, closed, unposted(NEW))
    carry("vacancies")
    new = homes.load(table, NEW)
    assert new["admission_status"] == {"status": "closed", "reason": "outbreak"}
    assert new["admission_status_at"] == "2026-01-05T12:00:00.000Z"


def test_a_passed_day_does_not_carry_over(table: Table, carry: Ask) -> None:
    announced = replace(counts(1), available_from=NOON.date())
    beds = {BedCategory.GENERAL_NURSING: announced}
    save(table, replace(OLD_HOME, beds=beds), unposted(NEW))
    carry("vacancies")
    assert "available_from" not in homes.load(table, NEW)["beds"]["general_nursing"]


def test_facts_carry_over_and_promises_become_questions(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    assert carry(*ALL).body["carried"] == ALL
    new = homes.load(table, NEW)
    assert new["needs"] == FACTS
    assert new["needs_said_on"] == {"moving": "2025-03-01", "room": "2025-09-01"}
    assert not TERMS.keys() & new.keys()
    assert new["vacancies_phone"] == "01632960999"
    assert new["website"] == "https://larkrise.example.org"
    assert not {"weekly_fee_from", "weekly_fee_to", "description"} & new.keys()
    assert new["home_before"]["location_id"] == OLD
    assert new["home_before"]["building"] == ["step_free", "en_suite"]
    days = {"care": "2025-09-01", "moving": "2025-03-01", "person": "2025-09-01"}
    said = {"needs": PROMISES, "needs_said_on": days, **TERMS, **FEES, **DESCRIPTION}
    assert new["home_before"]["said"] == said


@pytest.mark.parametrize("part", ALL)
def test_only_what_is_ticked_carries_over(table: Table, carry: Ask, part: str) -> None:
    save(table, OLD_HOME, unposted(NEW))
    carry(part)
    new = homes.load(table, NEW)
    assert bool(new["beds"]) == (part == "vacancies")
    assert ("confirmed_at" in new) == (part == "vacancies")
    assert ("needs" in new) == (part == "building")
    assert ("vacancies_phone" in new) == (part == "vacancies_phone")
    assert ("website" in new) == (part == "website")
    assert ("said" in new["home_before"]) == (part == "questions")


def test_nothing_ticked_only_points_to_the_new_id(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    assert carry().body["successor"] == NEW
    assert homes.load(table, NEW) == unposted(NEW).to_document()


def test_pressing_twice_changes_nothing_more(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    first = carry(*ALL)
    new = homes.load(table, NEW)
    again = carry(*ALL)
    assert again.status == 200
    assert again.body == first.body
    assert homes.load(table, NEW) == new


def test_the_rest_can_follow_in_a_second_press(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    carry("vacancies", "building")
    assert carry(*ALL).body["carried"] == ALL
    new = homes.load(table, NEW)
    assert new["needs"] == FACTS
    assert new["home_before"]["said"]["needs"] == PROMISES


def test_a_repeat_with_the_same_key_gets_the_same_response(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    key = {"Idempotency-Key": "8c1f0000-0000"}
    first = carry("vacancies", headers=key)
    post_own_counts(table)
    again = carry("vacancies", headers=key)
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["idempotency-replayed"] == "true"
    assert carry("website", headers=key).status == 422


def test_a_crash_before_the_commit_leaves_both_homes_as_they_were(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))

    def crash() -> None:
        raise BusyError("the function ended")

    assert carry(*ALL, table=during_each_write(table, crash)).status == 503
    assert homes.load(table, OLD) == OLD_HOME.to_document()
    assert homes.load(table, NEW) == unposted(NEW).to_document()
    assert carry(*ALL).body["carried"] == ALL


def test_the_old_id_must_be_as_the_council_saw_it(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    response = carry("vacancies", headers={"If-Match": '"7"'})
    assert response.status == 412
    assert response.body["current"]["version"] == 1
    assert carry("vacancies", headers={"If-Match": '"1"'}).status == 200


def test_counts_of_its_own_are_never_overwritten(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    post_own_counts(table, accepting=1)
    response = carry("vacancies", "website")
    assert response.status == 200
    assert response.body["carried"] == ["website"]
    ((refused),) = response.body["not_carried"]
    assert refused["part"] == "vacancies"
    assert "posted" in refused["why"]
    assert homes.load(table, NEW)["beds"]["general_nursing"]["accepting"] == 1


def test_a_post_between_the_look_and_the_press_wins(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    posted: list[bool] = []

    def post_once() -> None:
        if not posted:
            posted.append(True)
            post_own_counts(table, accepting=1)

    response = carry("vacancies", table=during_each_write(table, post_once))
    assert [each["part"] for each in response.body["not_carried"]] == ["vacancies"]
    assert homes.load(table, NEW)["beds"]["general_nursing"]["accepting"] == 1
    assert response.body["successor"] == NEW


def test_a_home_that_closed_itself_stays_closed(table: Table, carry: Ask) -> None:
    status = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.STAFFING)
    save(table, OLD_HOME, replace(unposted(NEW), admission_status=status, admission_status_at=NOON))
    assert carry("vacancies").body["carried"] == []
    assert homes.load(table, NEW)["beds"] == {}


def test_what_the_home_said_itself_is_never_overwritten(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    own = {
        "website": "https://new.example.org",
        "needs": {"hoist": "no", "step_free": "yes", "en_suite": "ask"},
        "funding": [],
        "also_as": {"dementia_nursing": ["general_nursing"]},
        "weekly_fee_from": 1000,
    }
    edit(ask, **own)
    response = carry("building", "website", "questions", "vacancies_phone")
    assert response.body["carried"] == ["vacancies_phone", "questions"]
    assert {each["part"] for each in response.body["not_carried"]} == {"building", "website"}
    new = homes.load(table, NEW)
    assert {name: new[name] for name in own} == own
    said = new["home_before"]["said"]
    assert said["needs"] == {"peg": "ask", "pet": "yes"}
    assert said.keys() == {
        *("needs", "needs_said_on", "assesses_by", "admission_hours", "description")
    }


def test_only_answers_that_the_home_has_not_given_carry_over(
    table: Table, ask: Ask, carry: Ask
) -> None:
    save(table, OLD_HOME, unposted(NEW))
    edit(ask, needs={"hoist": "no", "en_suite": "no"})
    assert carry("building").body["carried"] == ["building"]
    new = homes.load(table, NEW)
    assert new["needs"] == {"hoist": "no", "step_free": "no", "en_suite": "no"}
    assert new["home_before"]["building"] == ["step_free"]
    # A group is as old as the oldest of its answers.
    assert new["needs_said_on"] == {"moving": "2025-03-01", "room": "2026-01-07"}


def test_what_the_home_removed_since_does_not_come_back(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    carry(*ALL)
    edit(ask, vacancies_phone=None, needs={"en_suite": None, "pet": None})
    carry(*ALL)
    new = homes.load(table, NEW)
    assert "vacancies_phone" not in new
    assert new["needs"] == {"step_free": "no"}
    assert new["home_before"]["said"]["needs"] == {"peg": "ask", "hoist": "yes"}


def test_more_beds_than_the_new_id_is_registered_for_do_not_carry_over(
    table: Table, carry: Ask
) -> None:
    small = replace(REGISTER, registered_beds=8)
    save(table, OLD_HOME, CareHome(NEW, 1, small))
    ((refused),) = carry("vacancies").body["not_carried"]
    assert "10 beds" in refused["why"]
    assert "registered for 8" in refused["why"]


def test_an_id_that_said_nothing_has_nothing_to_carry_over(table: Table, ask: Ask) -> None:
    save(table, replace(unposted(OLD), register=GONE), unposted(NEW))
    response = ask("GET", query=f"location_id={NEW}")
    assert set(states(response).values()) == {"nothing"}


def test_two_old_ids_do_not_mix_in_one_home(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, OLD_HOME, replace(OLD_HOME, location_id=OTHER), unposted(NEW))
    carry("vacancies")
    body = {"location_id": NEW, "carry": ["website"]}
    response = ask(path=f"/homes/{OTHER}/successor", body=body)
    assert response.body["successor"] == NEW
    ((refused),) = response.body["not_carried"]
    assert OLD in refused["why"]
    assert "website" not in homes.load(table, NEW)


def test_an_id_has_one_successor(table: Table, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW), unposted(OTHER))
    carry("vacancies")
    response = carry("vacancies", new=OTHER)
    assert response.status == 409
    assert NEW in response.body["detail"]
    assert homes.load(table, OTHER)["beds"] == {}


def test_taking_it_back_removes_what_the_home_has_not_said_itself(
    table: Table, ask: Ask, carry: Ask
) -> None:
    save(table, OLD_HOME, unposted(NEW))
    carry(*ALL)
    edit(ask, website="https://new.example.org")
    edit(ask, needs={"en_suite": "yes"})
    edit(ask, still_right={"pet": True})
    response = ask(body={"location_id": None})
    assert response.status == 200
    assert "successor" not in homes.load(table, OLD)
    new = homes.load(table, NEW)
    assert new["beds"] == {}
    assert not {"confirmed_at", "vacancies_phone", "home_before"} & new.keys()
    assert new["website"] == "https://new.example.org"
    assert new["needs"] == {"pet": "yes", "en_suite": "yes"}
    assert ask(body={"location_id": None}).status == 200
    carry("vacancies")
    assert homes.load(table, NEW)["beds"]


def test_counts_posted_since_stay_when_it_is_taken_back(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    carry("vacancies")
    post_own_counts(table, accepting=2)
    ask(body={"location_id": None})
    assert homes.load(table, NEW)["beds"]["general_nursing"]["accepting"] == 2


def test_the_council_sees_first_what_can_carry_over(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    edit(ask, website="https://new.example.org")
    response = ask("GET", query=f"location_id={NEW}")
    assert response.status == 200
    assert response.headers["etag"] == '"1"'
    assert response.body["old"]["location_id"] == OLD
    assert response.body["new"]["location_id"] == NEW
    assert states(response) == dict.fromkeys(ALL, "ready") | {"website": "refused"}
    values = {each["part"]: each["value"] for each in response.body["parts"]}
    assert values["vacancies"]["confirmed_at"] == "2026-01-05T12:00:00.000Z"
    assert values["building"]["needs"] == FACTS
    assert values["vacancies_phone"] == {"vacancies_phone": "01632960999"}
    assert values["questions"]["needs"] == PROMISES
    carry("vacancies")
    assert states(ask("GET"))["vacancies"] == "carried"


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 422), ("location_id=1-9000000009", 422), (f"location_id={OLD}", 422), ("x=1", 422)],
)
def test_a_look_needs_a_registered_successor(
    table: Table, ask: Ask, query: str, status: int
) -> None:
    save(table, OLD_HOME, unposted(NEW))
    assert ask("GET", query=query).status == status


def test_a_home_on_the_register_is_not_carried_over(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, home(OLD), unposted(NEW))
    assert ask("GET", query=f"location_id={NEW}").status == 409
    assert carry("vacancies").status == 409
    assert homes.load(table, NEW) == unposted(NEW).to_document()


@pytest.mark.parametrize("groups", ["", f"home:{OLD}", f"home:{NEW}", "team:exeter-discharge"])
def test_only_the_council_carries_over(table: Table, ask: Ask, carry: Ask, groups: str) -> None:
    save(table, OLD_HOME, unposted(NEW))
    assert carry("vacancies", groups=groups).status == 403
    assert ask("GET", query=f"location_id={NEW}", groups=groups).status == 403


@pytest.mark.parametrize(
    "body",
    [
        {"location_id": NEW, "carry": ["staff"]},
        {"location_id": NEW, "carry": "vacancies"},
        {"location_id": None, "carry": ["vacancies"]},
        {"location_id": OLD, "carry": ["vacancies"]},
    ],
)
def test_a_wrong_body_is_refused(table: Table, ask: Ask, body: object) -> None:
    save(table, OLD_HOME, unposted(NEW))
    assert ask(body=body).status == 422


def test_the_history_says_that_it_was_carried_over(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW), clock=ManualTime(NOON).clock())
    carry("vacancies")
    (newest, *_) = ask("GET", f"/homes/{NEW}/changes").body["changes"]
    assert newest["action"] == "carried_over"
    assert newest["was"]["home_before"] is None
    assert newest["is"]["home_before"]["location_id"] == OLD
    (newest, *_) = ask("GET", f"/homes/{OLD}/changes").body["changes"]
    assert newest["is"]["successor"] == NEW


def test_the_home_says_which_earlier_answers_are_still_right(
    table: Table, ask: Ask, carry: Ask
) -> None:
    save(table, OLD_HOME, unposted(NEW))
    carry("building", "questions")
    needs = {"pet": True, "hoist": False, "peg": True}
    topics = {"weekly_fees": True, "funding": True, "also_as": True, "assessment": False}
    response = edit(ask, still_right={**needs, **topics})
    assert response.status == 200
    right = {"peg": "ask", "pet": "yes", **FACTS}
    kept = {name: TERMS[name] for name in ("funding", "top_up_from", "also_as")}
    assert response.body["needs"] == {need: right[need] for need in response.body["needs"]} == right
    # The home says it itself now, so from today on; what carried over keeps its day.
    days = response.body["needs_said_on"]
    assert days["care"] == days["person"] == "2026-01-07"
    assert (days["moving"], days["room"]) == ("2025-03-01", "2025-09-01")
    assert {name: response.body[name] for name in (*kept, *FEES)} == {**kept, **FEES}
    assert "assesses_by" not in response.body
    hours = {"admission_hours": TERMS["admission_hours"]}
    assert response.body["home_before"]["said"] == {**hours, **DESCRIPTION}
    response = edit(ask, still_right={"admission_hours": True})
    assert response.body["admission_hours"] == TERMS["admission_hours"]
    response = edit(ask, still_right={"description": False})
    assert "said" not in response.body["home_before"]
    assert "description" not in response.body


def test_what_the_home_says_itself_is_no_longer_asked(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    carry("questions")
    own: dict[str, object] = {"needs": {"peg": "no", "pet": None}, "top_up_from": None}
    response = edit(ask, **own, weekly_fee_to=1000, assesses_within_hours=24, also_as={})
    said = response.body["home_before"]["said"]
    assert said["needs"] == {"hoist": "yes"}
    assert said["needs_said_on"] == {"moving": "2025-03-01"}
    assert said.keys() == {"needs", "needs_said_on", "admission_hours", "description"}
    assert "weekly_fee_from" not in response.body


def test_an_answer_to_no_open_question_is_refused(table: Table, ask: Ask, carry: Ask) -> None:
    save(table, OLD_HOME, unposted(NEW))
    carry("questions")
    for fields in ({"still_right": {"oxygen": True}}, {"still_right": {"en_suite": True}}):
        assert edit(ask, **fields).status == 422
    beside = edit(ask, still_right={"pet": True}, description="New")
    assert beside.fields == {"still_right"}
    assert edit(ask, still_right={"pet": True}).status == 200
    assert edit(ask, still_right={"pet": True}).status == 422
