"""The search function: filters, order, pages, access, and the requests it sends."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from layer.build import FUNCTIONS
from search.response import home_members
from shared.aws.clock import SYSTEM
from shared.domain.admission_hours import WEEKDAYS
from shared.domain.author import Author
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome
from shared.domain.chance import FillRecord, chance_left
from shared.domain.declaration import Declaration
from shared.domain.documents import timestamp
from shared.domain.needs import NEEDS, NeedGroup
from shared.domain.outcome import CallResult, Outcome, Shown
from shared.domain.posts import Posts
from shared.domain.terms import Funding
from shared.domain.vocabulary import (
    Action,
    AdmissionState,
    BedCategory,
    ClosureReason,
    Rating,
    Registration,
    ServiceUserBand,
)
from shared.domain.wrong_posts import WrongPosts
from shared.store import homes, keys, outcomes, wrong_posts
from shared.store.change_log import commit
from shared.store.table import Table
from tests.search.conftest import TEAM, BuildSearch, Search
from tests.support.api_events import call
from tests.support.builders import NOON, REGISTER, changed, counts, home, save, save_snapshot
from tests.support.fakes import partitions_read, two_homes_a_page

NEAR = "near=EX2+5DW"
SearchIds = Callable[[str], list[str]]


def numbered(number: int, **changes: Any) -> CareHome:
    """Homes a little apart, so that their order is theirs."""
    register = replace(REGISTER, latitude=50.7167 + number / 100, **changes)
    return home(f"1-90000000{number:02d}", accepting=number % 3, register=register)


def test_a_result_has_everything_a_team_needs(table: Table, search: Search) -> None:
    here = datetime.now(UTC) - timedelta(hours=2)
    posts = Posts({BedCategory.GENERAL_NURSING: here - timedelta(days=7)})
    save(table, replace(home(accepting=2), confirmed_at=here, posts=posts))
    response = search(NEAR)
    assert response.body["near"] == {
        "label": "EX2 5DW",
        "latitude": pytest.approx(50.717, abs=0.01),
        "longitude": pytest.approx(-3.507, abs=0.01),
        "approximate": False,
    }
    assert response.body["total"] == 1
    assert response.body["next_cursor"] is None
    (result,) = response.body["results"]
    assert result["free"] == {"general_nursing": 2}
    assert result["distance_miles"] == pytest.approx(0, abs=0.2)
    assert result["age"] == "confirmed 2 hours ago"
    assert result["chance"] == pytest.approx(0.925, abs=0.002)
    assert result["likelihood"] == "very_likely"
    assert result["chance_basis"] == {
        "category": "general_nursing",
        "listed": 2,
        "said_at": timestamp(here - timedelta(days=7)),
        "days_to_fill": 25.0,
        "seen_to_fill": 0,
    }
    for name in ("name", "address", "postcode", "phone", "rating", "admission_status"):
        assert result[name], name
    assert result["service_user_bands"] == ["Dementia", "Older People"]


@pytest.mark.parametrize("near", ["ex25dw", "EX2%205DW", "+eX2++5dW+", "50.7167,-3.5062"])
def test_a_place_can_be_written_in_different_ways(table: Table, near: str, search: Search) -> None:
    save(table, home())
    response = search(f"near={near}&radius_miles=1")
    assert response.body["total"] == 1
    assert not response.body["near"]["approximate"]


def test_an_outward_code_stands_for_its_centre(table: Table, search: Search) -> None:
    save(table, home())
    near = search("near=ex2").body["near"]
    assert near["label"] == "EX2"
    assert near["approximate"]


def test_all_filters_must_match_but_any_category_is_enough(
    table: Table, search_ids: SearchIds
) -> None:
    beds = {
        BedCategory.GENERAL_NURSING: counts(0),
        BedCategory.TRANSITIONAL: BedCounts(
            5, 5, 0, 0, 0, None, datetime.now(UTC).date() + timedelta(days=3)
        ),
    }
    full = replace(home("1-9000000001"), beds=beds)
    free = replace(
        home("1-9000000002", accepting=2, category=BedCategory.DEMENTIA_NURSING),
        register=replace(REGISTER, rating=Rating.OUTSTANDING, service_user_bands=()),
        confirmed_at=datetime.now(UTC),
    )
    save(table, full, free)
    one, two = "1-9000000001", "1-9000000002"
    soon = datetime.now(UTC).date() + timedelta(days=4)
    sooner = datetime.now(UTC).date() + timedelta(days=2)
    assert search_ids(NEAR) == [two]
    assert search_ids(f"{NEAR}&include_full=true") == [one, two]
    assert search_ids(f"{NEAR}&category=dementia_nursing&category=general_nursing") == [two]
    assert search_ids(f"{NEAR}&category=dementia_nursing,general_nursing") == [two]
    assert search_ids(f"{NEAR}&category=general_nursing") == []
    assert search_ids(f"{NEAR}&beds=2") == [two]
    assert search_ids(f"{NEAR}&beds=3") == []
    assert search_ids(f"{NEAR}&min_rating=good") == [two]
    assert search_ids(f"{NEAR}&min_rating=Requires_improvement") == [two]
    assert search_ids(f"{NEAR}&include_full=true&service_user_band=older_people") == [one]
    assert (
        search_ids(
            f"{NEAR}&include_full=true&service_user_band=Dementia&service_user_band=Mental+Health"
        )
        == []
    )
    assert search_ids(f"{NEAR}&max_age_hours=1") == [two]
    assert search_ids(f"{NEAR}&available_by={soon}") == [one, two]
    assert search_ids(f"{NEAR}&available_by={sooner}") == [two]


def declaring(number: int, **answers: str) -> CareHome:
    declaration = Declaration.from_document({"needs": answers, "funding": ["council_rate"]})
    return replace(numbered(number), declaration=declaration)


def test_results_are_what_says_yes_and_what_is_to_be_asked(table: Table, search: Search) -> None:
    says_no = declaring(8, peg="no", hoist="yes")
    asks = declaring(4, peg="ask")
    says_yes = declaring(5, peg="yes", hoist="yes", pet="yes")
    save(table, says_no, asks, says_yes, numbered(7))
    query = f"{NEAR}&need=peg&need=hoist&funding=council_rate&would_like=pet"
    found = search(query).body
    assert found["totals"] == {"yes": 1, "ask": 2, "no": 1}
    assert found["total"] == 3
    best, second, third = found["results"]
    assert best["location_id"] == says_yes.location_id
    assert (best["fit"], best["yes"]) == ("yes", ["peg", "hoist", "council_rate"])
    assert (best["ask"], best["no"], best["not_said"]) == ([], [], [])
    assert best["wishes_met"] == ["pet"]
    assert (second["fit"], second["ask"], second["not_said"]) == ("ask", ["peg"], ["hoist"])
    assert second["wishes_met"] == []
    assert third["not_said"] == ["peg", "hoist", "council_rate"]
    assert [each["fit"] for each in search(f"{query}&fit=yes").body["results"]] == ["yes"]
    whole = search(f"{query}&fit=any").body
    assert whole["total"] == 4
    assert [each["fit"] for each in whole["results"]] == ["yes", "ask", "ask", "no"]
    assert whole["results"][-1]["no"] == ["peg"]


def test_a_search_that_asks_nothing_is_as_if_no_home_had_declared(
    table: Table, search: Search
) -> None:
    save(table, declaring(1, peg="no"), numbered(2))
    found = search(NEAR).body
    assert found["total"] == 2
    assert "totals" not in found
    assert not {"fit", "yes", "ask", "no"} & found["results"][0].keys()


def test_beds_that_may_serve_as_another_kind_are_found_as_such(
    table: Table, search: Search
) -> None:
    flexible = home(accepting=2, category=BedCategory.GENERAL_RESIDENTIAL)
    also_as = {BedCategory.GENERAL_RESIDENTIAL: (BedCategory.DEMENTIA_RESIDENTIAL,)}
    save(table, replace(flexible, declaration=Declaration(also_as=also_as)))
    found = search(f"{NEAR}&category=dementia_residential&beds=2").body
    assert found["total"] == 1
    assert found["results"][0]["free"] == {"general_residential": 2}
    assert found["results"][0]["also_as"] == {"general_residential": ["dementia_residential"]}
    assert search(f"{NEAR}&category=dementia_nursing").body["total"] == 0


def test_closed_dormant_and_deregistered_homes_have_no_vacancies(
    table: Table, search: Search
) -> None:
    shut = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)
    save(
        table,
        replace(home("1-9000000001", accepting=2), admission_status=shut),
        home("1-9000000002", register=replace(REGISTER, registration=Registration.DORMANT)),
        home("1-9000000003", register=replace(REGISTER, registration=Registration.DEREGISTERED)),
    )
    assert search(NEAR).body["total"] == 0
    response = search(f"{NEAR}&include_full=true")
    (only,) = response.body["results"]
    assert only["admission_status"]["status"] == "closed"
    assert only["free"] == {}


def test_pages_are_complete_in_either_order_and_give_the_total(
    table: Table, search: Search
) -> None:
    save(table, *map(numbered, range(12)))
    for sort in ("distance", "freshness", "best"):
        whole = search(f"{NEAR}&sort={sort}&limit=100").body["results"]
        cursor, pages = "", []
        while cursor is not None:
            page = search(f"{NEAR}&sort={sort}&limit=3{cursor and '&cursor=' + cursor}").body
            assert page["total"] == len(whole) == 8
            pages += page["results"]
            cursor = page["next_cursor"]
        assert [each["location_id"] for each in pages] == [each["location_id"] for each in whole]


def test_a_cursor_is_valid_only_for_its_search(table: Table, search: Search) -> None:
    save(table, *map(numbered, range(6)))
    cursor = search(f"{NEAR}&limit=1").body["next_cursor"]
    assert search(f"{NEAR}&limit=2&cursor={cursor}").status == 200
    assert search(f"{NEAR}&beds=2&cursor={cursor}").status == 400
    assert search(f"near=EX4&cursor={cursor}").status == 400


def test_all_wrong_parameters_are_named_at_once(table: Table, search: Search) -> None:
    response = search("near=nowhere&radius_miles=0&category=penthouse&limit=x&sort=price")
    assert response.status == 422
    assert response.fields == {"near", "radius_miles", "category", "limit", "sort"}


def test_a_warm_search_sends_one_request_and_sees_changes(
    table: Table, requests: list[str], search_ids: SearchIds
) -> None:
    before = home(accepting=0)
    save(table, before, *map(numbered, range(2, 12)))
    assert "1-9000000001" not in search_ids(NEAR)
    del requests[:]
    assert "1-9000000001" not in search_ids(NEAR)
    assert requests == ["Query"]
    opened = before.update({BedCategory.GENERAL_NURSING: counts(1)}, None, datetime.now(UTC))
    commit(table, SYSTEM, [changed(before, opened)])
    del requests[:]
    assert "1-9000000001" in search_ids(NEAR)
    assert requests == ["Query"]


def test_a_refused_search_sends_no_request_to_the_table(
    table: Table, requests: list[str], search: Search
) -> None:
    assert search("near=nowhere").status == 422
    assert search(NEAR, groups="").status == 403
    assert requests == []


def test_a_council_of_a_thousand_homes_is_loaded_in_four_pages(table: Table) -> None:
    """Load homes with everything filled in and declared; a page is at most 1 MB of items."""
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
        weekly_fee_from=900,
        weekly_fee_to=1400,
        vacancies_phone="01632960001",
        description="A" * 250,
    )
    beds = {category: counts(1) for category in tuple(BedCategory)[:4]}
    declaration = Declaration.from_document(
        {
            "needs": dict.fromkeys(NEEDS, "ask"),
            "needs_said_on": dict.fromkeys(NeedGroup, "2026-01-05"),
            "funding": list(Funding),
            "admission_hours": {day: ["08:00-20:00"] for day in WEEKDAYS},
        }
    )
    typical = replace(home(register=long), shop_window=window, declaration=declaration, beds=beds)
    save(table, typical)
    (item,) = table.get((keys.HOMES, typical.location_id))
    assert item
    size = sum(len(name) + len(next(iter(value.values())).encode()) for name, value in item.items())
    assert size * 1000 <= 4 * 1024 * 1024


def test_the_first_search_of_many_homes_begins_with_a_snapshot(
    table: Table, build_search: BuildSearch
) -> None:
    states = [numbered(each) for each in range(7)]
    save(table, *states)
    save_snapshot(table, *states)
    reading = two_homes_a_page(table)
    first = call(build_search(reading), "GET", "/vacancies", groups=TEAM, query=NEAR)
    assert first.body["total"] == 4
    homes, told = ["HOME", "HOME"], ["DISPUTE", "REQUEST_RECORD"]
    assert partitions_read(reading) == ["WRONG_POSTS", *homes, "SNAPSHOT", *told, "CHANGE"]


def test_the_council_decides_whether_the_public_can_search(
    table: Table, search: Search, build_search: BuildSearch
) -> None:
    save(table, home())
    assert search(NEAR, groups="council").status == 200
    assert search(NEAR, groups="home:1-9000000001").status == 403
    assert search(NEAR, groups=None).status == 401
    public = build_search(search_is_public=True)
    assert call(public, "GET", "/vacancies", query=NEAR).status == 200


@pytest.mark.parametrize("text", ['"}],"x":[{"', "\\", "\u2028\x00\x1f", "</script>", "🏠 Tŷ Gwyn"])
def test_text_of_a_home_is_escaped(table: Table, text: str, search: Search) -> None:
    save(table, home(register=replace(REGISTER, name=text, address=text)))
    (result,) = search(NEAR).body["results"]
    assert result["name"] == text
    assert result["address"] == text


def test_search_imports_no_heavy_library() -> None:
    program = (
        "import search.handler, sys; print({'pydantic', 'boto3', 'numpy'} & sys.modules.keys())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(FUNCTIONS)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "set()\n"


def test_home_members_are_the_inside_of_a_json_object() -> None:
    document = home().to_document()
    assert json.loads("{" + home_members(document, date.min) + "}")["location_id"] == "1-9000000001"


def test_a_home_just_confirmed_is_first_when_sorted_by_freshness(
    table: Table, search: Search
) -> None:
    states = [numbered(each) for each in (1, 2, 4)]
    save(table, *states)
    homes.revise(
        table,
        SYSTEM,
        states[2].location_id,
        lambda each: each.confirm(datetime.now(UTC)),
        action=Action.CONFIRMED,
        author=Author("someone", "request"),
    )
    newest = search(f"{NEAR}&sort=freshness").body["results"][0]
    assert newest["location_id"] == states[2].location_id
    assert newest["age"] == "confirmed just now"


def test_a_listing_that_a_team_was_told_is_gone_says_so_at_once(
    table: Table, search: Search, requests: list[str]
) -> None:
    said_at = datetime.now(UTC) - timedelta(hours=2)
    listed = replace(home(), posts=Posts({BedCategory.GENERAL_NURSING: said_at}))
    save(table, listed)
    assert "gone" not in search(NEAR).body["results"][0]
    say_gone(table, listed, said_at)
    requests.clear()
    (result,) = search(NEAR).body["results"]
    assert requests == ["Query"]
    assert result["gone"]["teams"] == 1
    assert result["gone"]["disputed"] is False
    assert result["likelihood"] == "phone_first"
    assert result["free"] == {"general_nursing": 1}


def test_what_the_councils_calls_tell_of_wrong_posts_reaches_searches_with_the_log(
    table: Table, search: Search, build_search: BuildSearch, requests: list[str]
) -> None:
    said_at = datetime.now(UTC) - timedelta(hours=2)
    save(table, replace(home(), posts=Posts({BedCategory.GENERAL_NURSING: said_at})))
    (before,) = search(NEAR).body["results"]
    learned = WrongPosts(calls=75, gone=25, filled=0.0, weight=75.0)
    wrong_posts.save(table, SYSTEM, learned, Author("schedule", "request-1"))
    requests.clear()
    (after,) = search(NEAR).body["results"]
    assert requests == ["Query"]
    expected = chance_left(1, 2 / 24, FillRecord(), 0.27)
    assert after["chance"] == pytest.approx(expected, abs=0.002)
    assert after["chance"] < before["chance"] - 0.05
    for is_public in (False, True):
        cold = build_search(search_is_public=is_public)
        (result,) = call(cold, "GET", "/vacancies", groups=TEAM, query=NEAR).body["results"]
        assert result["chance"] == after["chance"]


def test_a_cold_search_knows_it_too_and_the_public_never(
    table: Table, build_search: BuildSearch
) -> None:
    said_at = datetime.now(UTC) - timedelta(hours=2)
    listed = replace(home(), posts=Posts({BedCategory.GENERAL_NURSING: said_at}))
    save(table, listed)
    public = build_search(search_is_public=True)
    before = call(public, "GET", "/vacancies", query=NEAR).body["results"]
    say_gone(table, listed, said_at)
    (result,) = call(build_search(), "GET", "/vacancies", groups=TEAM, query=NEAR).body["results"]
    assert result["gone"]["teams"] == 1
    for handler in (public, build_search(search_is_public=True)):
        for groups in (None, TEAM):
            shown = call(handler, "GET", "/vacancies", groups=groups, query=NEAR).body["results"]
            assert shown == before


def test_a_result_says_how_the_home_answered_the_last_such_requests(
    table: Table, search: Search, requests: list[str]
) -> None:
    save(table, home())
    asked = f"{NEAR}&need=hoist&need=pet"
    assert "requests" not in search(asked).body["results"][0]
    say_taken(table, teams=5, need="hoist")
    requests.clear()
    (result,) = search(asked).body["results"]
    assert requests == ["Query"]
    assert result["requests"] == [
        {"asked": "general_nursing", "taken": 4, "requests": 5},
        {"asked": "hoist", "taken": 4, "requests": 5},
    ]
    (without_needs,) = search(NEAR).body["results"]
    assert [each["asked"] for each in without_needs["requests"]] == ["general_nursing"]
    near_miss = search(f"{NEAR}&need=hoist&category=transitional", path="/vacancies/near-misses")
    assert near_miss.body["near_misses"][0]["nearest"]["requests"] == result["requests"]


def test_a_cold_search_knows_the_requests_and_the_public_never(
    table: Table, build_search: BuildSearch
) -> None:
    save(table, home())
    public = build_search(search_is_public=True)
    before = call(public, "GET", "/vacancies", query=NEAR).body["results"]
    say_taken(table, teams=5, need="hoist")
    (result,) = call(build_search(), "GET", "/vacancies", groups=TEAM, query=NEAR).body["results"]
    assert result["requests"][0]["requests"] == 5
    for handler in (public, build_search(search_is_public=True)):
        for groups in (None, TEAM):
            shown = call(handler, "GET", "/vacancies", groups=groups, query=NEAR).body["results"]
            assert shown == before


def say_taken(table: Table, *, teams: int, need: str) -> None:
    """Let so many teams say that the home took their request, the first that it did not."""
    now = datetime.now(UTC)
    shown = Shown("1-9000000001", BedCategory.GENERAL_NURSING, NOON, 1, 0.9)
    for number in range(teams):
        result = CallResult.PURSUING if number else CallResult.NOT_FOR_THIS_PERSON
        outcome = Outcome(1, shown, f"team-{number}", result, now, now, need)
        author = Author("someone", f"request-{number}")
        outcomes.record(table, SYSTEM, outcome, author, home_name="Larkrise House")


def say_gone(table: Table, listed: CareHome, said_at: datetime) -> None:
    """Let a team say that it was told that the home's bed is gone."""
    category = BedCategory.GENERAL_NURSING
    now = datetime.now(UTC)
    outcome = Outcome(
        1, Shown(listed.location_id, category, said_at, 1, 0.9), "a", CallResult.GONE, now, now
    )
    author = Author("someone", "request-1")
    outcomes.record(table, SYSTEM, outcome, author, home_name=listed.register.name)
