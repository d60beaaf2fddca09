"""A home declares whom it takes, and on which terms, group by group."""

import json
from datetime import date
from typing import Any

import pytest

from shared.domain.declaration import Declaration
from shared.domain.errors import RefusedError
from shared.domain.needs import NEEDS, Answer, NeedGroup
from shared.http import body
from show_home import declaration_edit
from show_home.declaration_edit import DeclarationEdit

TODAY, LAST_YEAR = date(2026, 11, 27), date(2025, 11, 3)
MOVING = [need for need in NEEDS if NEEDS[need].group is NeedGroup.MOVING]


def declare(
    edit: dict[str, Any], before: Declaration | None = None, today: date = TODAY
) -> Declaration:
    body = DeclarationEdit.read(json.dumps(edit).encode())
    return body.declare(before or Declaration(), today)


def problems(edit: dict[str, Any], before: Declaration | None = None) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        declare(edit, before)
    return [each.field for each in refused.value.problems]


def test_answers_are_added_and_taken_back_one_by_one() -> None:
    first = declare({"needs": {"peg": "yes", "hoist": "ask"}})
    second = declare({"needs": {"hoist": None, "pet": "no"}}, first)
    assert second.needs == {"peg": Answer.YES, "pet": Answer.NO}


def test_answers_stand_in_the_order_in_which_they_are_asked() -> None:
    assert list(declare({"needs": {"pet": "yes", "hoist": "yes", "peg": "no"}}).needs) == [
        "peg",
        "hoist",
        "pet",
    ]


def test_a_group_is_dated_when_the_home_goes_through_it() -> None:
    before = declare({"needs": dict.fromkeys(MOVING, "yes")}, today=LAST_YEAR)
    assert before.said_on == {NeedGroup.MOVING: LAST_YEAR}
    one = declare({"needs": {"hoist": "no"}}, before)
    assert one.said_on == {NeedGroup.MOVING: LAST_YEAR}
    whole = declare({"needs": {**dict.fromkeys(MOVING, "yes"), "hoist": "no"}}, before)
    assert whole.said_on == {NeedGroup.MOVING: TODAY}
    assert whole.needs == one.needs


def test_a_group_without_answers_has_no_date() -> None:
    before = declare({"needs": {"hoist": "yes"}})
    assert declare({"needs": {"hoist": None}}, before) == Declaration()


def test_a_need_that_is_no_longer_asked_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems({"needs": {"iron_lung": "yes"}}) == ["needs.iron_lung"]
    monkeypatch.setattr(declaration_edit, "RETIRED", {"iron_lung": "No one is asked for it."})
    monkeypatch.setattr(body, "RETIRED", {"iron_lung": "No one is asked for it."})
    edited = declare({"needs": {"iron_lung": "yes", "peg": "yes"}})
    assert edited.needs == {"peg": Answer.YES}
    stored = {**edited.to_document(), "needs": {"iron_lung": "yes", "peg": "yes"}}
    assert Declaration.from_document(stored) == edited


def test_terms_are_set_and_taken_back() -> None:
    hours = {"friday": ["14:00-20:00", "08:00-12:00"], "same_day_before": "13:00"}
    before = declare(
        {
            "funding": ["top_up", "council_rate", "top_up"],
            "top_up_from": 45,
            "assesses_by": ["visit", "video"],
            "assesses_within_hours": 24,
            "admission_hours": hours,
        }
    )
    document = before.to_document()
    assert document["funding"] == ["council_rate", "top_up"]
    assert document["assesses_by"] == ["video", "visit"]
    assert document["admission_hours"]["friday"] == ["08:00-12:00", "14:00-20:00"]
    assert document["admission_hours"]["saturday"] == []
    assert Declaration.from_document(document) == before
    after = declare({"admission_hours": None, "assesses_by": None}, before).to_document()
    assert set(document) - set(after) == {"admission_hours", "assesses_by"}


def test_what_belongs_to_a_funding_goes_with_it() -> None:
    before = declare({"funding": ["top_up", "respite"], "top_up_from": 45, "respite_nights": 7})
    after = declare({"funding": ["chc"]}, before)
    assert after.to_document() == {"funding": ["chc"]}
    assert problems({"funding": ["chc"], "top_up_from": 45}) == ["top_up_from"]
    assert problems({"top_up_from": 45}) == ["top_up_from"]


def test_beds_may_serve_as_other_kinds() -> None:
    before = declare({"also_as": {"general_residential": ["transitional", "dementia_residential"]}})
    assert before.to_document() == {
        "also_as": {"general_residential": ["dementia_residential", "transitional"]}
    }
    assert declare({"also_as": {"general_residential": None}}, before) == Declaration()
    own = {"also_as": {"general_residential": ["general_residential"]}}
    assert problems(own) == ["also_as.general_residential"]


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ({"needs": {"peg": "maybe"}}, "needs.peg"),
        ({"needs": {"language_klingon": "yes"}}, "needs.language_klingon"),
        ({"funding": ["lottery"]}, "funding.0"),
        ({"funding": ["top_up"], "top_up_from": 0}, "top_up_from"),
        ({"funding": ["respite"], "respite_nights": 91}, "respite_nights"),
        ({"assesses_by": ["crystal_ball"]}, "assesses_by.0"),
        ({"assesses_within_hours": 337}, "assesses_within_hours"),
        ({"admission_hours": {"monday": ["9-5"]}}, "admission_hours.monday.0"),
        ({"admission_hours": {"monday": ["08:00-24:30"]}}, "admission_hours.monday.0"),
        ({"admission_hours": {"someday": []}}, "admission_hours.someday"),
        (
            {"admission_hours": {"monday": ["08:00-12:00", "11:00-13:00"]}},
            "admission_hours.monday",
        ),
        ({"admission_hours": {"same_day_before": "24:00"}}, "admission_hours.same_day_before"),
        ({"also_as": {"penthouse": []}}, "also_as.penthouse"),
    ],
)
def test_a_wrong_member_is_named(edit: dict[str, Any], field: str) -> None:
    assert problems(edit) == [field]
