"""A discharge team's alerts, and the members who get them."""

import re
from datetime import timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from local.emulator.stack import table_of
from local.emulator.tokens import token
from shared.aws.clock import SYSTEM
from shared.domain.alert import LIVES_FOR, Alert
from shared.domain.author import Author
from shared.domain.uk_time import uk_time
from shared.store import alerts
from tests.support.fakes import ManualTime
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, expect_notice, scrolls_sideways, small_targets

SMALLEST = (320, 568)
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
QUEUE = "arn:aws:sqs:eu-west-2:123456789012:vacancies"

ALERT: dict[str, Any] = {
    "near": "EX2 5DW",
    "radius_miles": 10,
    "categories": ["general_nursing", "dementia_nursing"],
}


_numbers = count(1)


class Team:
    """A team that only one test uses, and what the API sends it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.slug = f"team-{next(_numbers)}"
        self.coordinator = world.person(f"team:{self.slug}")

    def request(self, method: str, path: str, body: object = None) -> Any:
        response = httpx.request(
            method,
            f"{self._world.stack.api_url}{path}",
            headers={"Authorization": f"Bearer {token(self._world.stack, [f'team:{self.slug}'])}"},
            json=body,
            timeout=30,
        )
        response.raise_for_status()
        return response.json() if response.content else None

    def alerts(self) -> list[dict[str, Any]]:
        alerts: list[dict[str, Any]] = self.request("GET", "/alerts")["alerts"]
        return alerts

    def members(self) -> list[dict[str, Any]]:
        members: list[dict[str, Any]] = self.request("GET", "/alerts/members")["members"]
        return members


@pytest.fixture
def team(world: World) -> Team:
    return Team(world)


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_postcode_is_enough_for_an_alert(team: Team, visit: Visit) -> None:
    page = visit("/alerts.html", team.coordinator)
    expect(page.get_by_text("No alerts yet. Create the first one below.")).to_be_visible()
    page.get_by_label("Postcode").fill("ex25dw")
    tap(page, "Create alert")
    expect_notice(page, "Alert created")
    item = page.get_by_role("listitem").filter(has_text="Within 10 miles of EX2 5DW")
    expect(item).to_contain_text("1 bed: any kind")
    (alert,) = team.alerts()
    assert (alert["near"], alert["radius_miles"], alert["categories"]) == ("EX2 5DW", 10, [])


def test_the_address_can_fill_in_the_form(team: Team, visit: Visit) -> None:
    page = visit(
        "/alerts.html?near=EX2+5DW&radius_miles=7.5&category=dementia_nursing,general_nursing"
        "&beds=2&need=pet&need=hoist&funding=chc&service_user_band=Dementia&min_rating=Good",
        team.coordinator,
    )
    tap(page, "Create alert")
    expect_notice(page, "Alert created")
    for words in (
        "Within 7.5 miles of EX2 5DW",
        "At least 2 beds of one kind: general nursing or dementia nursing",
        "Cares for: Dementia",
        "Needs: ",
        "Funding: ",
        "CQC rating: Good or better",
    ):
        expect(page.get_by_role("listitem").filter(has_text=words)).to_have_count(1)
    (alert,) = team.alerts()
    assert alert["beds"] == 2
    assert (alert["needs"], alert["funding"]) == (["hoist", "pet"], "chc")
    assert alert["min_rating"] == "Good"


def test_an_error_is_shown_at_its_field_and_keeps_what_was_typed(team: Team, visit: Visit) -> None:
    page = visit("/alerts.html", team.coordinator)
    tap(page, "Create alert")
    expect(page.get_by_role("alert")).to_contain_text("Enter a postcode, like EX2 5DW")
    page.get_by_label("Postcode").fill("ZZ99 9ZZ")
    tap(page, "Create alert")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text(re.compile("Postcode: .*ZZ99 9ZZ"))
    summary.get_by_role("link").click()
    field = page.get_by_label("Postcode")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("ZZ99 9ZZ")
    assert team.alerts() == []


def test_an_alert_is_paused_and_started_again(team: Team, visit: Visit) -> None:
    team.request("POST", "/alerts", ALERT)
    page = visit("/alerts.html", team.coordinator)
    tap(page, "Pause: Within 10 miles of EX2 5DW")
    expect_notice(page, "Alert paused")
    expect(page.get_by_role("listitem").get_by_text("Paused")).to_be_visible()
    assert team.alerts()[0]["paused"]
    tap(page, "Start again: Within 10 miles of EX2 5DW")
    expect_notice(page, "Alert started again")
    assert "paused" not in team.alerts()[0]


def test_an_alert_with_needs_is_renewed_with_one_press(team: Team, visit: Visit) -> None:
    team.request("POST", "/alerts", {**ALERT, "needs": ["peg"]})
    page = visit("/alerts.html", team.coordinator)
    expect(page.get_by_text("unless you renew it")).to_be_visible()
    ends_at = team.alerts()[0]["ends_at"]
    tap(page, "Renew: Within 10 miles of EX2 5DW")
    expect_notice(page, "Alert renewed")
    assert team.alerts()[0]["ends_at"] > ends_at


def test_an_alert_that_ended_says_until_when_it_can_be_renewed(
    world: World, team: Team, visit: Visit
) -> None:
    then = ManualTime(SYSTEM.now() - LIVES_FOR - timedelta(days=1))
    made = Alert(
        *(team.slug, "3f9c0d1e8a72", 1, "EX2 5DW", 50.7, -3.5, 10, then.now), needs=("peg",)
    )
    alerts.create(table_of(world.stack), then.clock(), made, Author("someone", "request-1"))
    page = visit("/alerts.html", team.coordinator)
    item = page.get_by_role("listitem").filter(has_text="Within 10 miles of EX2 5DW")
    assert made.renewable_until
    last_day = uk_time(made.renewable_until)
    expect(item).to_contain_text(
        "Ended It sends no messages until you renew it."
        f" On {last_day.day} {last_day:%B %Y} we delete it."
    )
    tap(page, "Renew: Within 10 miles of EX2 5DW")
    expect_notice(page, "Alert renewed")
    expect(item).to_contain_text("unless you renew it")
    expect(item).not_to_contain_text("we delete it")


def test_an_alert_is_deleted_only_after_a_second_question(team: Team, visit: Visit) -> None:
    team.request("POST", "/alerts", ALERT)
    page = visit("/alerts.html", team.coordinator)
    tap(page, "Delete: Within 10 miles of EX2 5DW")
    tap(page, "Keep it: Within 10 miles of EX2 5DW")
    expect(page.get_by_role("button", name="Delete: Within 10 miles of EX2 5DW")).to_be_focused()
    assert len(team.alerts()) == 1
    tap(page, "Delete: Within 10 miles of EX2 5DW")
    tap(page, "Yes, delete it: Within 10 miles of EX2 5DW")
    expect_notice(page, "Alert deleted")
    assert team.alerts() == []


def test_pausing_an_alert_that_someone_deleted_fails_with_a_message(
    team: Team, visit: Visit
) -> None:
    alert = team.request("POST", "/alerts", ALERT)
    page = visit("/alerts.html", team.coordinator)
    team.request("DELETE", f"/alerts/{alert['alert_id']}")
    tap(page, "Pause: Within 10 miles of EX2 5DW")
    expect_notice(page, "Not done")
    assert axe_violations(page) == []


def test_an_alert_can_be_created_after_the_network_is_back(team: Team, visit: Visit) -> None:
    page = visit("/alerts.html", team.coordinator)
    page.get_by_label("Postcode").fill("EX2 5DW")
    page.context.set_offline(True)
    tap(page, "Create alert")
    expect_notice(page, "Not done")
    page.context.set_offline(False)
    tap(page, "Create alert")
    expect_notice(page, "Alert created")
    assert len(team.alerts()) == 1


def test_a_lost_response_creates_no_second_alert(team: Team, visit: Visit) -> None:
    page = visit("/alerts.html", team.coordinator)
    page.get_by_label("Postcode").fill("EX2 5DW")
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/api/alerts?*", lose)
    page.route("**/api/alerts", lose)
    tap(page, "Create alert")
    expect_notice(page, "Not done")
    tap(page, "Create alert")
    expect_notice(page, "Alert created")
    assert lost == [201]
    assert len(team.alerts()) == 1


def test_a_member_waits_until_they_confirm(team: Team, visit: Visit) -> None:
    page = visit("/alerts.html", team.coordinator)
    page.get_by_label("Email address").fill("Ward.70@example.nhs.uk")
    tap(page, "Add member")
    expect_notice(page, "Waiting for confirmation")
    expect(page.get_by_role("status")).to_contain_text("within 48 hours")
    item = page.get_by_role("listitem").filter(has_text="w***@example.nhs.uk")
    expect(item).to_contain_text("If no one does within 48 hours, we remove the address")
    assert axe_violations(page) == []
    (member,) = team.members()
    assert (member["protocol"], member["address"]) == ("email", "w***@example.nhs.uk")
    assert member["state"] == "pending"
    assert "ward.70" not in page.content().lower()
    stored = page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    assert "ward.70" not in stored.lower()


def test_a_warning_shows_until_a_member_has_confirmed(team: Team, visit: Visit) -> None:
    team.request("POST", "/alerts", ALERT)
    page = visit("/alerts.html", team.coordinator)
    expect_notice(page, "No one gets alerts yet")
    page.get_by_label("How to contact them").select_option("A system, through a queue")
    page.get_by_label("ARN of the queue").fill(QUEUE)
    tap(page, "Add member")
    expect_notice(page, "Member added")
    expect(page.get_by_role("listitem").filter(has_text="Confirmed")).to_contain_text("vacancies")
    expect(page.get_by_role("heading", name="No one gets alerts yet")).to_have_count(0)


def test_a_member_is_removed_only_after_a_second_question(team: Team, visit: Visit) -> None:
    body = {"protocol": "sqs", "address": QUEUE}
    team.request("POST", "/alerts/members", body)
    page = visit("/alerts.html", team.coordinator)
    tap(page, "Remove: vacancies")
    assert len(team.request("GET", f"/alerts/members?team={team.slug}")["members"]) == 1
    tap(page, "Yes, remove: vacancies")
    expect_notice(page, "Member removed")
    expect(page.get_by_text("No members yet. Add the first one below.")).to_be_visible()
    assert team.request("GET", f"/alerts/members?team={team.slug}")["members"] == []


@pytest.mark.parametrize(
    ("way", "label", "typed", "expected"),
    [
        ("Email", "Email address", "ward 7", "Email address: an email address, such as"),
        ("Text message", "Mobile number", "01632 960001", "Mobile number: a United Kingdom mob"),
        ("A system, through https", "Web address", "http://x.example", "Web address: an https://"),
        ("A system, through a queue", "ARN of the queue", "", "Enter the ARN of the queue"),
    ],
)
def test_a_wrong_address_is_refused_at_its_field(
    way: str, label: str, typed: str, expected: str, team: Team, visit: Visit
) -> None:
    page = visit("/alerts.html", team.coordinator)
    page.get_by_label("How to contact them").select_option(way)
    page.get_by_label(label).fill(typed)
    tap(page, "Add member")
    expect(page.get_by_role("alert")).to_contain_text(expected)
    expect(page.get_by_label(label)).to_have_attribute("aria-invalid", "true")
    assert team.members() == []


def test_someone_in_several_teams_chooses_one(world: World, visit: Visit) -> None:
    one, other = Team(world), Team(world)
    other.request("POST", "/alerts", ALERT)
    both = world.person(f"team:{one.slug}", f"team:{other.slug}")
    page = visit("/alerts.html?near=EX4", both)
    assert axe_violations(page) == []
    page.get_by_role("link", name=other.slug.replace("team-", "Team ")).click()
    expect(page.get_by_text("Within 10 miles of EX2 5DW").first).to_be_visible()
    expect(page.get_by_label("Postcode")).to_have_value("EX4")
    page.get_by_role("link", name="Change team").click()
    page.get_by_role("link", name=one.slug.replace("team-", "Team ")).click()
    expect(page.get_by_text("No alerts yet.")).to_be_visible()


def test_alerts_of_another_team_are_not_shown(team: Team, world: World, visit: Visit) -> None:
    page = visit(f"/alerts.html?team={Team(world).slug}", team.coordinator)
    expect(page.get_by_role("heading", name="You are not in this team")).to_be_visible()
    assert axe_violations(page) == []


@SIZES
def test_the_page_and_its_errors_are_accessible(
    size: tuple[int, int], team: Team, visit: Visit
) -> None:
    team.request("POST", "/alerts", ALERT)
    team.request("PATCH", f"/alerts/{team.alerts()[0]['alert_id']}", {"paused": True})
    team.request("POST", "/alerts/members", {"protocol": "email", "address": "w@example.nhs.uk"})
    page = visit("/alerts.html", team.coordinator, size=size)
    expect(page.get_by_text("Paused", exact=True)).to_be_visible()
    assert axe_violations(page) == []
    page.locator("summary").last.click()
    page.get_by_label("Number of beds").fill("x")
    tap(page, "Create alert")
    tap(page, "Add member")
    expect(page.get_by_role("alert")).to_have_count(1)
    tap(page, "Delete: Within 10 miles of EX2 5DW")
    assert axe_violations(page) == []


def test_nothing_scrolls_sideways_on_the_smallest_phone(team: Team, visit: Visit) -> None:
    team.request("POST", "/alerts", ALERT)
    team.request("POST", "/alerts/members", {"protocol": "sqs", "address": QUEUE + "x" * 60})
    page = visit("/alerts.html", team.coordinator, size=SMALLEST)
    assert not scrolls_sideways(page)
    page.locator("summary").last.click()
    tap(page, "Create alert")
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
