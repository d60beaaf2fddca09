"""The demo's homes declare whom they take, so that a search for a person finds some of them."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from local.demo.declarations import declarations
from local.demo.declared_shares import SHARES
from local.demo.occupancy import vacancies
from local.demo.run import HOSPITAL_POINT
from local.demo.story import PERSON
from shared.domain.availability import beds_by_use
from shared.domain.declaration import Declaration
from shared.domain.documents import Document
from shared.domain.geo import Point, miles_between
from shared.domain.needs import NEEDS, Answer, NeedGroup
from shared.domain.suggestions import suggestions
from shared.domain.terms import Funding
from shared.domain.vocabulary import ServiceUserBand

TODAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def homes(homes: list[Document]) -> list[Document]:
    """Add to each home the bed counts that it posts."""
    bodies = vacancies(homes, TODAY)
    return [{**each, **bodies.get(each["location_id"], {})} for each in homes]


@pytest.fixture(scope="module")
def declared(homes: list[Document]) -> dict[str, Declaration]:
    return declarations(homes, TODAY)


def test_every_need_but_languages_has_its_share() -> None:
    needs = {need.id for need in NEEDS.values() if need.group is not NeedGroup.LANGUAGE}
    assert set(SHARES) == needs


def test_a_hospital_finds_homes_that_say_yes_to_all_that_a_person_needs(
    homes: list[Document], declared: dict[str, Declaration]
) -> None:
    near = [
        (each["name"], declared[each["location_id"]])
        for each in homes
        if each["location_id"] in declared
        and miles_between(HOSPITAL_POINT, Point(each["latitude"], each["longitude"])) <= 10
        and beds_by_use(each).get(PERSON.category)
    ]
    funding = Funding(PERSON.funding)
    say_yes = [
        each
        for _, each in near
        if all(each.needs.get(need) is Answer.YES for need in PERSON.needs)
        and each.terms.accepts(funding) is Answer.YES
    ]
    assert 2 <= len(say_yes) < len(near)
    assert any(each.needs.get(PERSON.also) is not Answer.YES for each in say_yes)


def test_about_a_tenth_of_the_homes_say_nothing_and_others_leave_groups_open(
    homes: list[Document], declared: dict[str, Declaration]
) -> None:
    active = [each for each in homes if each["registration"] == "active"]
    assert 0.85 < len(declared) / len(active) < 0.95
    for group in NeedGroup:
        answered = sum(group in each.said_on for each in declared.values())
        assert 0.35 < answered / len(declared) < 1, group


def test_every_answer_to_every_need_is_given_by_some_homes(
    declared: dict[str, Declaration],
) -> None:
    given = Counter(
        (need, answer) for each in declared.values() for need, answer in each.needs.items()
    )
    for need in NEEDS.values():
        if need.group is not NeedGroup.LANGUAGE:
            assert given[need.id, Answer.YES] >= 3, need.id
            assert given[need.id, Answer.YES] < len(declared) * 0.95, need.id
            assert given[need.id, Answer.ASK] >= 3, need.id


def test_homes_keep_to_what_the_register_says(
    homes: list[Document], declared: dict[str, Declaration]
) -> None:
    for home in homes:
        if (said := declared.get(home["location_id"])) is None:
            continue
        said_yes = [need for need, answer in said.needs.items() if answer is Answer.YES]
        assert home["nursing"] or not any(NEEDS[need].needs_nurses for need in said_yes)
        bands = [ServiceUserBand(band) for band in home["service_user_bands"]]
        for need in suggestions(nursing=home["nursing"], bands=bands):
            assert said.needs.get(need) is not Answer.NO
        assert home["nursing"] or Funding.FNC not in (said.terms.funding or ())


def test_groups_were_gone_through_over_the_last_year_and_a_few_before(
    declared: dict[str, Declaration],
) -> None:
    days = [TODAY - day for each in declared.values() for day in each.said_on.values()]
    assert min(days) > timedelta()
    old = sum(day > timedelta(days=365) for day in days) / len(days)
    assert 0.02 < old < 0.12
    assert sum(day < timedelta(days=90) for day in days) / len(days) > 0.15


def test_what_is_declared_is_valid_and_survives_the_table(
    homes: list[Document], declared: dict[str, Declaration]
) -> None:
    beds = {each["location_id"]: each.get("beds", {}) for each in homes}
    for location_id, said in declared.items():
        assert list(said.problems()) == []
        assert Declaration.from_document(said.to_document()) == said
        assert set(said.also_as) <= set(beds[location_id])
    assert sum(bool(each.also_as) for each in declared.values()) > 10
    hours = {str(each.terms.admission_hours) for each in declared.values()}
    assert len(hours) > 4


def test_declarations_are_the_same_every_time(
    homes: list[Document], declared: dict[str, Declaration]
) -> None:
    assert declarations(reversed(homes), TODAY) == declared
    assert declarations(homes, TODAY, seed=1) != declared


def test_nothing_is_declared_for_a_real_or_a_dormant_home(homes: list[Document]) -> None:
    real = [{**each, "name": "Larkrise House"} for each in homes]
    dormant = [{**each, "registration": "dormant"} for each in homes]
    assert declarations(real, TODAY) == declarations(dormant, TODAY) == {}
