"""Whoever may not do a thing learns that first, and nothing of its fields, on every route."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from moto import mock_aws

import council_overview.handler
import manage_people.handler
import post_by_link.handler
import record_outcome.handler
import search.handler
import show_home.handler
import subscribe.handler
import update_vacancy.handler
import upload_directory.handler
from post_by_link.link_finder import LinkFinder
from search.demand_counter import DemandCounter
from shared.aws import delivery_queue, sns
from shared.aws.address_key import AddressKey
from shared.aws.clock import SYSTEM
from shared.aws.senders import Emails, Texts
from shared.aws.user_pool import UserPool
from shared.domain.demand import Span
from shared.http.response import LambdaHandler
from shared.search_index.board import Board
from shared.store.table import Table
from subscribe.membership import Membership
from tests.support.api_events import ApiResponse, call
from tests.support.builders import home, save
from tests.support.import_bucket import create_import_bucket

ROUTES_FILE: Final = Path(__file__).parents[3] / "infra" / "routes.py"
ALL_ROUTES: Final = re.findall(
    r'api\.route\("([A-Z]+) (/[^"]*)", functions\.(\w+)', ROUTES_FILE.read_text(encoding="utf-8")
)
"""Method, path and function of every route but `$default`, which is the same for everyone."""

ROUTES: Final = [
    each for each in ALL_ROUTES if not each[1].startswith(("/links/", "/members/", "/unsubscribe/"))
]
"""All but those behind the links of messages, which whoever has the link may use."""

HOME: Final = "1-9000000001"
HOME_STAFF = f"home:{HOME}"
OTHER_STAFF, TEAM, COUNCIL = "home:1-9000000002", "team:exeter-discharge", "council"

BAD_BODIES: Final = ("{", "null", '{"colour": "red"}', '{"team": 5, "role": 5, "enabled": 5}')
BAD_QUERIES: Final = ("", "colour=red", "team=&team=", "near=&limit=0")
BAD_IDS: Final = (HOME, "nonsense", "3f9c0d1e8a72")


def wrong_callers(method: str, path: str) -> tuple[str, ...]:
    """Return the groups of signed-in callers who may not use this route."""
    if path.startswith("/alerts"):
        return "", OTHER_STAFF, COUNCIL
    if path.endswith("/disputes") or "/outcomes" in path:
        return "", OTHER_STAFF
    if path == "/truth/public":
        return "", OTHER_STAFF
    of_council = (
        *("/imports", "/people", "/changes", "/demand", "/truth", "/audits", "/reminders"),
        "/homes/{location_id}/successor",
    )
    if path.startswith(of_council) or path == "/homes":
        return "", OTHER_STAFF, TEAM, f"{OTHER_STAFF} {TEAM}"
    if path.endswith(("/demand", "{location_id}/truth")):
        return "", OTHER_STAFF, TEAM, f"{OTHER_STAFF} {TEAM}"
    if path == "/placing-stops":
        return "", HOME_STAFF, OTHER_STAFF
    if path.endswith("/placing-stop/changes"):
        return "", HOME_STAFF, OTHER_STAFF, TEAM
    if path.endswith("/placing-stop"):
        return ("", OTHER_STAFF) if method == "GET" else ("", OTHER_STAFF, TEAM)
    is_seen_by_teams = (
        path.startswith("/vacancies")
        or path.endswith("/changes")
        or (method == "GET" and path == "/homes/{location_id}")
    )
    return ("", OTHER_STAFF) if is_seen_by_teams else ("", OTHER_STAFF, TEAM, COUNCIL)


def no_postcodes() -> Any:
    raise AssertionError("no postcode is looked up for a caller who may not search")


def handlers(table: Table) -> dict[str, LambdaHandler]:
    """Return every function that responds to requests."""
    return {
        "council_overview": council_overview.handler.build(table=table, clock=SYSTEM),
        "record_outcome": record_outcome.handler.build(table=table, clock=SYSTEM),
        "manage_people": manage_people.handler.build(
            table=table,
            pool=UserPool(None, "pool"),  # type: ignore[arg-type]  # nothing gets this far
        ),
        "post_by_link": post_by_link.handler.build(
            finder=LinkFinder(
                table,
                SYSTEM,
                AddressKey(None, "key"),  # type: ignore[arg-type]  # nothing gets this far
                lambda *_: None,
            )
        ),
        "search": search.handler.build(
            table=table,
            clock=SYSTEM,
            board=Board(lambda _home, _today: ""),
            load_postcodes=no_postcodes,
            search_is_public=False,
            demand=DemandCounter(table, SYSTEM, Span.WEEK),
        ),
        "show_home": show_home.handler.build(table=table, clock=SYSTEM, search_is_public=False),
        "subscribe": subscribe.handler.build(
            table=table,
            clock=SYSTEM,
            team_topics=sns.team_topics(),
            queue=delivery_queue.of_this_stack(),
            membership=Membership(
                table,
                SYSTEM,
                AddressKey(None, "key"),  # type: ignore[arg-type]  # nothing gets this far
                Emails(None, "beds@beds.example.org", "set"),  # type: ignore[arg-type]  # nothing gets this far
                Texts(None, "Bedboard"),  # type: ignore[arg-type]  # nothing gets this far
                "https://beds.example.org/",
            ),
            load_postcodes=no_postcodes,
        ),
        "update_vacancy": update_vacancy.handler.build(table=table, clock=SYSTEM),
        "upload_directory": upload_directory.handler.build(
            bucket=create_import_bucket(), table=table, clock=SYSTEM
        ),
    }


Ask = Callable[..., ApiResponse]


@pytest.fixture
def each_bad_request(table: Table) -> Callable[..., list[ApiResponse]]:
    save(table, home(HOME))
    built = handlers(table)

    def send(method: str, path: str, function: str, groups: str | None) -> list[ApiResponse]:
        """Send the route everything that can be wrong: its ids, its query and its body."""
        return [
            call(
                built[function],
                method,
                re.sub(r"\{\w+\}", an_id, path),
                groups=groups,
                query=query,
                raw_body=None if method == "GET" else body,
            )
            for an_id in (BAD_IDS if "{" in path else BAD_IDS[:1])
            for query, body in zip(BAD_QUERIES, BAD_BODIES, strict=True)
        ]

    return send


def test_every_route_is_read() -> None:
    assert len(ALL_ROUTES) == ROUTES_FILE.read_text(encoding="utf-8").count("api.route(") - 1


@pytest.mark.parametrize(("method", "path", "function"), ROUTES)
def test_a_caller_without_a_token_is_asked_to_sign_in(
    each_bad_request: Callable[..., list[ApiResponse]], method: str, path: str, function: str
) -> None:
    responses = each_bad_request(method, path, function, None)
    assert {each.status for each in responses} == {401}


@pytest.mark.parametrize(("method", "path", "function"), ROUTES)
def test_a_caller_who_may_not_do_it_learns_nothing_else(
    each_bad_request: Callable[..., list[ApiResponse]], method: str, path: str, function: str
) -> None:
    for groups in wrong_callers(method, path):
        for response in each_bad_request(method, path, function, groups):
            assert response.status == 403, (groups, response.body)
            assert not response.fields


@pytest.mark.parametrize(
    ("method", "path"),
    [(method, path) for method, path, _ in ROUTES if path.startswith("/alerts")],
)
def test_a_member_of_another_team_learns_nothing_else(table: Table, method: str, path: str) -> None:
    with mock_aws():
        for body, query in (({"team": "plymouth", "colour": "red"}, "team=plymouth&colour=red"),):
            response = call(
                handlers(table)["subscribe"],
                method,
                re.sub(r"\{\w+\}", "nonsense", path),
                groups=TEAM,
                body=body if method == "POST" else None,
                query="" if method == "POST" else query,
            )
            assert response.status == 403, response.body
            assert not response.fields
