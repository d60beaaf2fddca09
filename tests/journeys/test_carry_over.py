"""Through the deployed stack: a home gets a new location id, and keeps its place in search."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx

from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.aws.clock import SYSTEM
from shared.domain.author import Author
from shared.domain.care_home import CareHome
from shared.domain.vocabulary import Action, Registration
from shared.store import homes
from tests.support.builders import REGISTER, home, save
from tests.support.patience import PATIENCE_SECONDS

OLD, NEW, TEAM = "1-9230000001", "1-9230000002", "journey-carry"
HERE = replace(REGISTER, latitude=58.9, longitude=-3.2)
NEAR = "58.9,-3.2"

Send = Callable[..., Any]


def sender(stack: LocalStack) -> Send:
    """Return a function that sends a request as someone in a group, and gives its body."""

    def send(method: str, path: str, group: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {token(stack, [group])}"}
        url = f"{stack.api_url}{path}"
        response = httpx.request(method, url, headers=headers, timeout=30, **more)
        assert response.is_success, response.text
        return response.json()

    return send


def post(send: Send, location_id: str, accepting: int) -> dict[str, Any]:
    """Post this many accepting nursing beds of ten, and return the home."""
    counts = {"maximum_capacity": 10, "occupied": 10 - accepting, "accepting": accepting}
    beds = {"general_nursing": {**counts, "reserved": 0, "not_available": 0}}
    path = f"/homes/{location_id}/vacancies"
    saved: dict[str, Any] = send("PUT", path, f"home:{location_id}", json={"beds": beds})
    return saved


def leave_register(stack: LocalStack, location_id: str) -> None:
    """Close the home as an import does whose file has it no more."""
    homes.revise(
        table_of(stack),
        SYSTEM,
        location_id,
        lambda it: it.with_register(replace(HERE, registration=Registration.DEREGISTERED)),
        action=Action.IMPORTED,
        author=Author("import", "request-1"),
    )


def found(send: Send) -> dict[str, dict[str, Any]]:
    results = send("GET", f"/vacancies?near={NEAR}&radius_miles=1", f"team:{TEAM}")["results"]
    return {each["location_id"]: each for each in results}


def test_a_new_location_id_takes_the_place_of_the_old_one(stack: LocalStack) -> None:
    send = sender(stack)
    save(table_of(stack), home(OLD, accepting=0, register=HERE))
    inbox = Inbox(stack, "inbox-carry")
    team = f"team:{TEAM}"
    for beds in (1, 3):
        send("POST", "/alerts", team, json={"near": NEAR, "radius_miles": 1, "beds": beds})
    send("POST", "/alerts/members", team, json={"protocol": "sqs", "address": inbox.arn})

    opened = post(send, OLD, 2)
    message = inbox.next(within_seconds=PATIENCE_SECONDS)
    assert message
    assert message["change_id"] == f"{OLD}#{opened['version']}"

    leave_register(stack, OLD)
    save(table_of(stack), CareHome(NEW, 1, HERE))
    assert found(send) == {}

    body = {"location_id": NEW, "carry": ["vacancies"]}
    for _ in range(2):
        pressed = send("PUT", f"/homes/{OLD}/successor", "council", json=body)
        assert pressed["carried"] == ["vacancies"]
    results = found(send)
    assert results.keys() == {NEW}
    assert results[NEW]["free"] == {"general_nursing": 2}
    assert results[NEW]["confirmed_at"] == opened["confirmed_at"]
    assert send("GET", f"/homes/{OLD}", team)["successor"] == NEW

    # The next message is about a bed that really opened: carrying over the two sent none.
    posted = post(send, NEW, 3)
    message = inbox.next(within_seconds=PATIENCE_SECONDS)
    assert message
    assert message["change_id"] == f"{NEW}#{posted['version']}"
    (opened_beds,) = message["opened"]
    expected = {"category": "general_nursing", "before": 2, "accepting": 3}
    assert expected.items() <= opened_beds.items()
