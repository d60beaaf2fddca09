"""The overview has every home in one response, with their totals."""

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random
from string import ascii_letters
from types import MappingProxyType
from typing import Any

import pytest

from council_overview.overview import Overview
from council_overview.response import overview_json
from import_homes.parse_row import LONGEST_NAME
from layer.build import postcode_package
from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.demand import Cell
from shared.domain.posts import Posts
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Registration
from shared.http.compression import compress
from shared.places.postcodes import FILE_NAME, Postcodes
from shared.places.searches_near import SearchesNear
from shared.store.reminded import Reminder
from tests.support.builders import NOON, REGISTER, counts, home, unposted

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING
SHUT = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)

LAMBDAS_LIMIT = 6 * 1024 * 1024
"""Bytes of a function's whole response, in which the body is text within JSON."""


def no_postcodes() -> Postcodes:
    raise AssertionError("nothing is published")


NOTHING_PUBLISHED = SearchesNear({}, no_postcodes)


def response_for(
    *homes: CareHome,
    after: timedelta = timedelta(0),
    searches: SearchesNear = NOTHING_PUBLISHED,
    reminders: Mapping[str, Reminder] = MappingProxyType({}),
) -> Any:
    overview = Overview()
    for each in homes:
        overview.put(each.to_document())
    return json.loads(overview_json(overview, NOON + after, searches, reminders))


def test_a_home_is_shown_with_everything_a_council_needs() -> None:
    (only,) = response_for(home(accepting=2), after=timedelta(hours=2))["homes"]
    assert only == {
        "likelihood": "very_likely",
        "listings": [
            {
                "chance": 1.0,
                "likelihood": "very_likely",
                "chance_basis": {
                    "category": "general_nursing",
                    "listed": 2,
                    "said_at": "2026-01-05T12:00:00.000Z",
                    "days_to_fill": 25.0,
                    "seen_to_fill": 0,
                },
            }
        ],
        "searches": 0,
        "reminder_value": 0.0,
        "location_id": "1-9000000001",
        "name": "Larkrise House",
        "local_authority": "Exampleshire",
        "postcode": "EX2 5DW",
        "admission_status": {"status": "open"},
        "confirmed_at": "2026-01-05T12:00:00.000Z",
        "said_at": {"general_nursing": "2026-01-05T12:00:00.000Z"},
        "phone": "01632960001",
        "capacity": {"general_nursing": 10},
        "free": {"general_nursing": 2},
    }


@pytest.mark.parametrize("registration", [Registration.DORMANT, Registration.DEREGISTERED])
def test_homes_whose_staff_post_under_an_id_that_no_search_shows_are_named(
    registration: Registration,
) -> None:
    gone = replace(REGISTER, registration=registration)
    old = home("1-9000000002", register=gone)
    late = replace(old, location_id="1-9000000003", confirmed_at=NOON + timedelta(days=1))
    silent = replace(unposted("1-9000000004"), register=gone)
    response = response_for(home(), old, late, silent, after=timedelta(days=2))
    assert response["posting_but_not_in_search"] == [
        {
            "location_id": location_id,
            "name": "Larkrise House",
            "local_authority": "Exampleshire",
            "postcode": "EX2 5DW",
            "confirmed_at": confirmed_at,
            "registration": registration,
        }
        for location_id, confirmed_at in (
            ("1-9000000003", "2026-01-06T12:00:00.000Z"),
            ("1-9000000002", "2026-01-05T12:00:00.000Z"),
        )
    ]
    assert response["totals"]["homes"] == 1
    after_a_month = response_for(home(), old, after=timedelta(days=32))
    assert after_a_month["posting_but_not_in_search"] == []


def test_a_home_that_is_registered_again_is_an_ordinary_home() -> None:
    gone = home(register=replace(REGISTER, registration=Registration.DEREGISTERED))
    back = response_for(gone, home())
    assert back["posting_but_not_in_search"] == []
    assert back["totals"]["homes"] == 1
    assert response_for(home(), gone)["totals"]["homes"] == 0


@pytest.mark.parametrize(
    ("accepting", "age", "word"),
    [
        (2, timedelta(days=3), "very_likely"),
        (1, timedelta(days=3), "likely"),
        (1, timedelta(days=30), "uncertain"),
        (1, timedelta(days=130), "phone_first"),
        (0, timedelta(days=3), "no_beds"),
    ],
)
def test_a_home_has_the_word_of_its_least_likely_listing_now(
    accepting: int, age: timedelta, word: str
) -> None:
    posts = Posts({NURSING: NOON, DEMENTIA: NOON})
    sure = {DEMENTIA: counts(9 if accepting else 0)}
    two = replace(home(), beds={NURSING: counts(accepting), **sure}, posts=posts)
    response = response_for(two, after=age)
    assert response["homes"][0]["likelihood"] == word
    assert response["totals"]["likelihood"][word] == 1
    assert sum(response["totals"]["likelihood"].values()) == 1


def test_a_home_that_never_posted_is_counted_by_itself() -> None:
    response = response_for(unposted())
    assert response["homes"][0]["likelihood"] == "never"
    assert response["homes"][0]["listings"] == []
    assert "confirmed_at" not in response["homes"][0]
    assert response["totals"]["likelihood"]["never"] == 1


def test_a_home_says_what_a_reminder_is_worth_and_how_often_its_beds_are_sought() -> None:
    published = {Cell("EX2", NURSING, "hoist"): 12, Cell("EX2", DEMENTIA, "hoist"): 60}
    searches = SearchesNear(published, lambda: Postcodes(postcode_package() / FILE_NAME))
    elsewhere = replace(REGISTER, postcode="PL1 1AA")
    here, there = response_for(
        home("1-9000000001"),
        home("1-9000000002", register=elsewhere),
        after=timedelta(days=9),
        searches=searches,
    )["homes"]
    assert (here["searches"], there["searches"]) == (12, 0)
    assert here["reminder_value"] > there["reminder_value"] > 0


def test_who_was_reminded_today_is_shown() -> None:
    at = NOON + timedelta(hours=1)
    reminders = {"1-9000000001": Reminder("1-9000000001", at, "an officer")}
    reminded, other = response_for(home(), home("1-9000000002"), reminders=reminders)["homes"]
    assert reminded["reminded_at"] == "2026-01-05T13:00:00.000Z"
    assert "officer" not in json.dumps(reminded)
    assert "reminded_at" not in other


def test_totals_add_up_by_category_and_by_local_authority() -> None:
    elsewhere = replace(REGISTER, local_authority="Another")
    response = response_for(
        home("1-9000000001", accepting=2),
        replace(home("1-9000000002"), beds={NURSING: counts(1), DEMENTIA: counts(3)}),
        home("1-9000000003", accepting=4, register=elsewhere),
    )
    assert response["totals"]["homes"] == 3
    assert response["totals"]["vacancies"] == {"general_nursing": 7, "dementia_nursing": 3}
    assert response["totals"]["capacity"] == {"general_nursing": 30, "dementia_nursing": 10}
    areas = {each["local_authority"]: each for each in response["local_authorities"]}
    assert list(areas) == ["Another", "Exampleshire"]
    assert areas["Another"]["vacancies"] == {"general_nursing": 4}
    assert areas["Exampleshire"]["vacancies"] == {"general_nursing": 3, "dementia_nursing": 3}
    assert areas["Exampleshire"]["homes"] == 2
    assert areas["Exampleshire"]["likelihood"]["very_likely"] == 2


def test_a_closed_home_has_no_vacancies() -> None:
    response = response_for(replace(home(accepting=5), admission_status=SHUT))
    assert response["homes"][0]["admission_status"] == {"status": "closed", "reason": "outbreak"}
    assert response["homes"][0]["free"] == {}
    assert response["totals"]["vacancies"] == {}
    assert response["totals"]["closed"] == 1


def test_a_home_that_leaves_the_register_leaves_the_overview() -> None:
    left = home(register=replace(REGISTER, registration=Registration.DEREGISTERED))
    response = response_for(home(), replace(left, version=2))
    assert response["homes"] == []
    assert response["local_authorities"] == []


@pytest.mark.parametrize("text", ['"}],"x":[{"', "\\", "\u2028\x00", "=HYPERLINK()", "Tŷ Gwyn"])
def test_any_name_of_a_home_is_escaped(text: str) -> None:
    response = response_for(home(register=replace(REGISTER, name=text, local_authority=text)))
    assert response["homes"][0]["name"] == text
    assert response["local_authorities"][0]["local_authority"] == text


@pytest.mark.slow
@pytest.mark.parametrize("accepted", [{}, {"accept-encoding": "gzip"}])
def test_every_home_of_england_fits_into_one_response_of_lambda(accepted: dict[str, str]) -> None:
    """Each home is free in every category there is, with the longest name of random letters."""
    dice = Random(1)
    beds = {each: counts(1) for each in BedCategory}
    whole = replace(home(), beds=beds).to_document()
    overview = Overview()
    for number in range(15_000):
        name = "".join(dice.choices(ascii_letters, k=LONGEST_NAME))
        overview.put({**whole, "location_id": f"1-{number:010}", "name": name})
    body = overview_json(overview, NOON, NOTHING_PUBLISHED, {})
    sent = compress({"statusCode": 200, "headers": {}, "body": body}, accepted)
    assert len(json.dumps(sent).encode()) < LAMBDAS_LIMIT
    assert gzip.decompress(base64.b64decode(sent["body"])).decode() == body


def test_a_day_of_reopening_is_shown_until_it_has_passed() -> None:
    shut = replace(home(), admission_status=replace(SHUT, expected_date=NOON.date()))
    for after, day in ((timedelta(hours=11), "2026-01-05"), (timedelta(hours=12), None)):
        (shown,) = response_for(shut, after=after)["homes"]
        assert shown["admission_status"].get("expected_date") == day
        assert shown["admission_status"]["reason"] == "outbreak"


@pytest.mark.parametrize(
    "wrong",
    [
        {"local_authority": None},
        {"beds": {"general_nursing": {"maximum_capacity": "ten", "accepting": 1}}},
        {"confirmed_at": "2026-01-05T12:00:00"},
    ],
)
def test_a_home_that_cannot_be_added_up_is_refused_at_once(wrong: Any) -> None:
    with pytest.raises((AttributeError, TypeError, ValueError)):
        Overview().put({**home().to_document(), **wrong})
