"""Answers that do not fit the register, the beds or each other are warned of, never refused."""

from dataclasses import replace
from typing import Any

import pytest

from shared.domain.contradictions import contradictions
from shared.domain.declaration import Declaration
from shared.domain.needs import NEEDS
from shared.domain.vocabulary import BedCategory, ServiceUserBand
from tests.support.builders import REGISTER, home

NURSING = [need.id for need in NEEDS.values() if need.needs_nurses]
YOUNG, TRANSITIONAL = BedCategory.YOUNG_PHYSICALLY_DISABLED, BedCategory.TRANSITIONAL
RESIDENTIAL = BedCategory.GENERAL_RESIDENTIAL


def warned(
    declaration: dict[str, Any],
    declared: list[str],
    *,
    nursing: bool = True,
    bands: tuple[ServiceUserBand, ...] = (),
    category: BedCategory = BedCategory.GENERAL_NURSING,
) -> list[str]:
    register = replace(REGISTER, nursing=nursing, service_user_bands=bands)
    built = replace(
        home(register=register, category=category),
        declaration=Declaration.from_document(declaration),
    )
    return [each.need for each in contradictions(built.to_document(), declared)]


@pytest.mark.parametrize("need", NURSING)
def test_a_nursing_need_is_odd_where_there_are_no_nurses(need: str) -> None:
    said = {"needs": {need: "yes"}}
    assert warned(said, [need], nursing=False) == [need]
    assert warned(said, [need]) == []
    assert warned({"needs": {need: "ask"}}, [need], nursing=False) == []


def test_a_nursing_need_is_odd_where_no_bed_is_a_nursing_bed() -> None:
    said = {"needs": {"peg": "yes"}}
    assert warned(said, ["peg"], category=RESIDENTIAL) == ["peg"]
    assert warned(said, ["peg"], category=TRANSITIONAL) == []
    serving = {**said, "also_as": {"general_residential": ["general_nursing"]}}
    assert warned(serving, ["peg"], category=RESIDENTIAL) == []


def test_a_need_is_warned_of_once() -> None:
    said = {"needs": {"peg": "yes"}}
    assert warned(said, ["peg"], nursing=False, category=RESIDENTIAL) == ["peg"]


def test_only_what_is_declared_now_is_warned_of() -> None:
    said = {"needs": {"peg": "yes", "ng_tube": "yes"}}
    assert warned(said, ["ng_tube"], nursing=False) == ["ng_tube"]
    assert warned(said, [], nursing=False) == []


def test_under_65_must_fit_the_register_and_the_beds() -> None:
    yes, no = {"needs": {"under_65": "yes"}}, {"needs": {"under_65": "no"}}
    older = (ServiceUserBand.OLDER_PEOPLE,)
    younger = (*older, ServiceUserBand.YOUNGER_ADULTS)
    assert warned(yes, ["under_65"], bands=older) == ["under_65"]
    assert warned(yes, ["under_65"], bands=younger) == []
    assert warned(yes, ["under_65"], bands=(ServiceUserBand.WHOLE_POPULATION,)) == []
    assert warned(yes, ["under_65"]) == []
    assert warned(no, ["under_65"], bands=older) == []
    assert warned(no, ["under_65"], category=YOUNG) == ["under_65"]


@pytest.mark.parametrize(("need", "other"), [("hoist", "two_to_help"), ("wheelchair", "step_free")])
def test_answers_that_do_not_fit_each_other(need: str, other: str) -> None:
    said = {"needs": {need: "yes", other: "no"}}
    assert warned(said, [need]) == warned(said, [other]) == [need]
    assert warned({"needs": {need: "yes", other: "ask"}}, [need]) == []
    assert warned({"needs": {need: "yes"}}, [need]) == []


def test_nursing_care_is_not_paid_where_there_are_no_nurses() -> None:
    assert warned({"funding": ["fnc"]}, ["fnc"], nursing=False) == ["fnc"]
    assert warned({"funding": ["fnc"]}, ["fnc"]) == []
    assert warned({"funding": ["chc"]}, ["fnc"], nursing=False) == []


def test_a_warning_says_what_to_do() -> None:
    built = replace(
        home(register=replace(REGISTER, nursing=False)),
        declaration=Declaration.from_document({"needs": {"peg": "yes"}}),
    )
    (warning,) = contradictions(built.to_document(), ["peg"])
    assert "no nurses" in warning.message
    assert "say ask" in warning.message
