"""A discharge team searches: what it asks, what it is answered, and what that costs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from layer.build import FUNCTIONS
from search.handler import handler
from search.response import standing_part
from shared.aws.clock import SYSTEM
from shared.aws.settings import settings
from shared.domain.author import Author
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import (
    Action,
    AdmissionState,
    BedCategory,
    ClosureReason,
    Feature,
    Rating,
    Registration,
    ServiceUserBand,
)
from shared.store import homes, keys
from shared.store.change_log import commit
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import REGISTER, changed, counts, home, save

NEAR = "near=EX2+5DW"
TEAM = "team:exeter-discharge"


def search(query: str, groups: str | None = TEAM) -> ApiResponse:
    return call(handler, "GET", "/vacancies", groups=groups, query=query)


def found(query: str) -> list[str]:
    answer = search(query)
    assert answer.status == 200, answer.body
    assert answer.body["total"] >= len(answer.body["results"])
    return sorted(each["location_id"] for each in answer.body["results"])


def numbered(number: int, **changes: Any) -> CareHome:
    """Homes a little apart, so that their order is theirs."""
    register = replace(REGISTER, latitude=50.7167 + number / 100, **changes)
    return home(f"1-90000000{number:02d}", accepting=number % 3, register=register)


@pytest.fixture
def requests(table: Table) -> Iterator[list[str]]:
    """The name of every request that DynamoDB is sent."""
    sent: list[str] = []
    events = table.client.meta.events
    events.register(
        "before-call.dynamodb", lambda model, **_: sent.append(model.name), unique_id="count"
    )
    yield sent
    events.unregister("before-call.dynamodb", unique_id="count")


def test_a_result_says_all_that_a_team_needs(table: Table) -> None:
    here = datetime.now(UTC) - timedelta(hours=2)
    save(table, replace(home(accepting=2), confirmed_at=here))
    answer = search(NEAR)
    assert answer.body["near"] == {
        "label": "EX2 5DW",
        "latitude": pytest.approx(50.717, abs=0.01),
        "longitude": pytest.approx(-3.507, abs=0.01),
        "approximate": False,
    }
    assert answer.body["total"] == 1
    assert answer.body["next_cursor"] is None
    (result,) = answer.body["results"]
    assert result["free"] == {"general_nursing": 2}
    assert result["distance_miles"] == pytest.approx(0, abs=0.2)
    assert result["age"] == "confirmed 2 hours ago"
    assert result["freshness"] == "fresh"
    for name in ("name", "address", "postcode", "phone", "rating", "admission_status"):
        assert result[name], name
    assert result["service_user_bands"] == ["Dementia", "Older People"]


@pytest.mark.parametrize("near", ["ex25dw", "EX2%205DW", "+eX2++5dW+", "50.7167,-3.5062"])
def test_a_place_may_be_written_in_any_way(table: Table, near: str) -> None:
    save(table, home())
    answer = search(f"near={near}&radius_miles=1")
    assert answer.body["total"] == 1
    assert not answer.body["near"]["approximate"]


def test_an_outward_code_is_its_centre_and_says_so(table: Table) -> None:
    save(table, home())
    near = search("near=ex2").body["near"]
    assert near["label"] == "EX2"
    assert near["approximate"]


def test_every_wish_must_hold_but_of_categories_any(table: Table) -> None:
    beds = {
        BedCategory.GENERAL_NURSING: counts(0),
        BedCategory.TRANSITIONAL: BedCounts(
            5, 5, 0, 0, 0, None, datetime.now(UTC).date() + timedelta(days=3)
        ),
    }
    window = replace(home().shop_window, features=(Feature.PETS, Feature.OXYGEN))
    full = replace(home("1-9000000001"), beds=beds, shop_window=window)
    free = replace(
        home("1-9000000002", accepting=2, category=BedCategory.DEMENTIA_NURSING),
        register=replace(REGISTER, rating=Rating.OUTSTANDING, service_user_bands=()),
        confirmed_at=datetime.now(UTC),
    )
    save(table, full, free)
    one, two = "1-9000000001", "1-9000000002"
    soon = datetime.now(UTC).date() + timedelta(days=4)
    sooner = datetime.now(UTC).date() + timedelta(days=2)
    assert found(NEAR) == [two]
    assert found(f"{NEAR}&include_full=true") == [one, two]
    assert found(f"{NEAR}&category=dementia_nursing&category=general_nursing") == [two]
    assert found(f"{NEAR}&category=dementia_nursing,general_nursing") == [two]
    assert found(f"{NEAR}&category=general_nursing") == []
    assert found(f"{NEAR}&beds=2") == [two]
    assert found(f"{NEAR}&beds=3") == []
    assert found(f"{NEAR}&min_rating=good") == [two]
    assert found(f"{NEAR}&min_rating=Requires_improvement") == [two]
    assert found(f"{NEAR}&include_full=true&service_user_band=older_people") == [one]
    assert (
        found(
            f"{NEAR}&include_full=true&service_user_band=Dementia&service_user_band=Mental+Health"
        )
        == []
    )
    assert found(f"{NEAR}&include_full=true&feature=pets&feature=oxygen") == [one]
    assert found(f"{NEAR}&max_age_hours=1") == [two]
    assert found(f"{NEAR}&available_by={soon}") == [one, two]
    assert found(f"{NEAR}&available_by={sooner}") == [two]


def test_closed_dormant_and_deregistered_homes_are_never_vacant(table: Table) -> None:
    shut = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)
    save(
        table,
        replace(home("1-9000000001", accepting=2), admission_status=shut),
        home("1-9000000002", register=replace(REGISTER, registration=Registration.DORMANT)),
        home("1-9000000003", register=replace(REGISTER, registration=Registration.DEREGISTERED)),
    )
    assert search(NEAR).body["total"] == 0
    answer = search(f"{NEAR}&include_full=true")
    (only,) = answer.body["results"]
    assert only["admission_status"]["status"] == "closed"
    assert only["free"] == {}


def test_pages_follow_on_in_either_order_and_tell_the_whole_count(table: Table) -> None:
    save(table, *map(numbered, range(12)))
    for sort in ("distance", "freshness"):
        whole = search(f"{NEAR}&sort={sort}&limit=100").body["results"]
        cursor, pages = "", []
        while cursor is not None:
            page = search(f"{NEAR}&sort={sort}&limit=3{cursor and '&cursor=' + cursor}").body
            assert page["total"] == len(whole) == 8
            pages += page["results"]
            cursor = page["next_cursor"]
        assert [each["location_id"] for each in pages] == [each["location_id"] for each in whole]


def test_a_cursor_belongs_to_its_search(table: Table) -> None:
    save(table, *map(numbered, range(6)))
    cursor = search(f"{NEAR}&limit=1").body["next_cursor"]
    assert search(f"{NEAR}&limit=2&cursor={cursor}").status == 200
    assert search(f"{NEAR}&beds=2&cursor={cursor}").status == 400
    assert search(f"near=EX4&cursor={cursor}").status == 400


def test_every_wrong_parameter_is_named_at_once(table: Table) -> None:
    answer = search("near=nowhere&radius_miles=0&category=penthouse&limit=x&sort=price")
    assert answer.status == 422
    assert answer.fields == {"near", "radius_miles", "category", "limit", "sort"}


def test_a_warm_search_is_one_request_and_sees_what_was_changed(
    table: Table, requests: list[str]
) -> None:
    before = home(accepting=0)
    save(table, before, *map(numbered, range(2, 12)))
    assert "1-9000000001" not in found(NEAR)
    del requests[:]
    assert "1-9000000001" not in found(NEAR)
    assert requests == ["Query"]
    opened = before.updated({BedCategory.GENERAL_NURSING: counts(1)}, None, datetime.now(UTC))
    commit(table, SYSTEM, [changed(before, opened)])
    del requests[:]
    assert "1-9000000001" in found(NEAR)
    assert requests == ["Query"]


def test_a_refused_search_asks_the_table_nothing(table: Table, requests: list[str]) -> None:
    assert search("near=nowhere").status == 422
    assert search(NEAR, groups="").status == 403
    assert requests == []


def test_a_council_of_a_thousand_homes_is_loaded_in_two_pages(table: Table) -> None:
    """A home with everything filled in; a page is at most 1 MB of items."""
    long = replace(
        REGISTER,
        name="Saint Bartholomew's Residential and Nursing Care Centre",
        address="The Old Rectory, 17 Upper Church Street, Newton Saint Petrock, Holsworthy, Devon",
        provider_id="1-101693962",
        register_website="www.saint-bartholomews-nursing.example.org",
        service_user_bands=tuple(ServiceUserBand)[:7],
    )
    window = replace(
        home().shop_window,
        features=tuple(Feature)[:8],
        weekly_fee_from=900,
        weekly_fee_to=1400,
        vacancies_phone="01632960001",
        description="A" * 250,
    )
    beds = {category: counts(1) for category in tuple(BedCategory)[:4]}
    typical = replace(home(register=long), shop_window=window, beds=beds)
    save(table, typical)
    (item,) = table.get((keys.HOMES, typical.location_id))
    assert item
    size = sum(len(name) + len(next(iter(value.values())).encode()) for name, value in item.items())
    assert size * 1000 <= 2 * 1024 * 1024


def test_who_may_search_is_the_councils_choice(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(table, home())
    assert search(NEAR, groups="council").status == 200
    assert search(NEAR, groups="home:1-9000000001").status == 403
    assert search(NEAR, groups=None).status == 401
    public = replace(settings(), search_is_public=True)
    monkeypatch.setattr("search.handler.settings", lambda: public)
    assert search(NEAR, groups=None).status == 200


@pytest.mark.parametrize("text", ['"}],"x":[{"', "\\", "\u2028\x00\x1f", "</script>", "🏠 Tŷ Gwyn"])
def test_whatever_a_home_says_of_itself_is_only_text(table: Table, text: str) -> None:
    save(table, home(register=replace(REGISTER, name=text, address=text)))
    (result,) = search(NEAR).body["results"]
    assert result["name"] == text
    assert result["address"] == text


def test_a_cold_start_waits_for_nothing_that_a_search_has_no_use_for() -> None:
    program = (
        "import search.handler, sys; print({'pydantic', 'boto3', 'numpy'} & sys.modules.keys())"
    )
    run = subprocess.run(  # noqa: S603 - this interpreter, and the program above
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(FUNCTIONS)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "set()\n"


def test_the_standing_part_is_the_inside_of_an_object() -> None:
    document = home().to_document()
    assert json.loads("{" + standing_part(document) + "}")["location_id"] == "1-9000000001"


def test_what_a_home_confirms_is_the_newest_when_sorted_by_freshness(table: Table) -> None:
    states = [numbered(each) for each in (1, 2, 4)]
    save(table, *states)
    homes.revise(
        table,
        SYSTEM,
        states[2].location_id,
        lambda each: each.confirmed(datetime.now(UTC)),
        action=Action.CONFIRMED,
        author=Author("somebody", "request"),
    )
    newest = search(f"{NEAR}&sort=freshness").body["results"][0]
    assert newest["location_id"] == states[2].location_id
    assert newest["age"] == "confirmed just now"
