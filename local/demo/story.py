"""The demo's story, from an alert to its message; each step is checked as it happens."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx
from rich.console import Console
from rich.markup import escape

from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack
from local.emulator.tokens import token

TEAM: Final = "exeter-discharge"
ALERT_WITHIN_SECONDS: Final = 60
_MAX_SHOWN: Final = 420

Json = dict[str, Any]


class StepFailedError(Exception):
    """A step of the story failed; the message says which, and what came instead."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the story happens: a hospital, and a home nearby whose beds of a category are full."""

    hospital: str
    postcode: str
    home: Json
    category: str


class Narrator:
    """Sends requests as different people, and prints each request and its response."""

    def __init__(self, stack: LocalStack, console: Console) -> None:
        """Talk to the stack's API and print to the console."""
        self._stack, self._console = stack, console
        self._client = httpx.Client(base_url=stack.api_url, timeout=30)
        self._tokens: dict[str, str] = {}

    def token(self, group: str) -> str:
        """Return a bearer token of someone in this group."""
        if group not in self._tokens:
            self._tokens[group] = token(self._stack, [group])
        return self._tokens[group]

    @contextmanager
    def step(self, number: int, title: str) -> Iterator[None]:
        """Print the title of a step, and run it."""
        self._console.print(f"\n[bold]{number}. {escape(title)}[/bold]")
        yield

    def request(
        self,
        group: str,
        method: str,
        path: str,
        *,
        expect: int,
        body: Json | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request and return its response.

        Raises StepFailedError where the status is not the expected one.
        """
        signed = {"Authorization": f"Bearer {self.token(group)}", **(headers or {})}
        self._console.print(f"   [cyan]{method} {escape(path)}[/cyan]  as {escape(group)}")
        for name, value in (headers or {}).items():
            self._console.print(f"   [dim]{name}: {escape(value)}[/dim]")
        if body is not None:
            self._show("request ", body)
        began = time.perf_counter()
        response = self._client.request(method, path, json=body, headers=signed)
        took = (time.perf_counter() - began) * 1000
        self._console.print(f"   [green]{response.status_code}[/green] in {took:.0f} ms")
        if response.content:
            self._show("response", response.json())
        if response.status_code != expect:
            raise StepFailedError(
                f"{method} {path} answered {response.status_code}, not {expect}: {response.text}"
            )
        return response

    def check(self, statement: str, is_true: bool) -> None:
        """Print a statement that was checked. Raises StepFailedError where it is not true."""
        if not is_true:
            raise StepFailedError(statement)
        self._console.print(f"   [green]checked:[/green] {escape(statement)}")

    def say(self, text: str) -> None:
        """Print a line."""
        self._console.print(f"   {escape(text)}")

    def _show(self, name: str, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False)
        if len(text) > _MAX_SHOWN:
            text = f"{text[:_MAX_SHOWN]} ... ({len(text):,} characters)"
        self._console.print(f"   [dim]{name}[/dim] {escape(text)}", highlight=False)


def tell(stack: LocalStack, scene: Scene, console: Console) -> Callable[[str], str]:
    """Run every step, and return a function that gives tokens of a group.

    Raises StepFailedError at the first step that fails.
    """
    narrator = Narrator(stack, console)
    home, category = scene.home, scene.category
    location_id = home["location_id"]
    team, staff = f"team:{TEAM}", f"home:{location_id}"
    words = category.replace("_", " ")
    search = (
        f"/vacancies?near={scene.postcode.replace(' ', '+')}&radius_miles=10&category={category}"
    )

    with narrator.step(1, f"A discharge team at {scene.hospital} sets an alert for {words} beds"):
        # An emulator may hold several councils: the name is this council's alone.
        inbox = Inbox(stack, f"{stack.team_topic_prefix.rpartition(':')[2]}{TEAM}-inbox")
        member = {"protocol": "sqs", "address": inbox.arn}
        narrator.request(team, "POST", "/alerts/members", expect=201, body=member)
        wanted = {"near": scene.postcode, "radius_miles": 10, "categories": [category]}
        alert = narrator.request(team, "POST", "/alerts", expect=201, body=wanted).json()
        narrator.check("the alert is saved", bool(alert["alert_id"]))

    with narrator.step(2, f"The team searches: {home['name']} has no such bed yet"):
        before = narrator.request(team, "GET", search, expect=200).json()
        listed = {each["location_id"] for each in before["results"]}
        narrator.check(
            f"{home['name']} is not among the {before['total']} results", location_id not in listed
        )

    with narrator.step(3, f"A bed becomes free at {home['name']}: its staff post it from a phone"):
        counts = home["beds"][category]
        freed = {**counts, "occupied": counts["occupied"] - 1, "accepting": 1}
        update = {"beds": {category: freed}}
        headers = {"If-Match": f'"{home["version"]}"', "Idempotency-Key": "one-tap-of-a-carer"}
        path = f"/homes/{location_id}/vacancies"
        saved = narrator.request(staff, "PUT", path, expect=200, body=update, headers=headers)
        acknowledged = time.perf_counter()
        narrator.check(
            f"saved as version {saved.json()['version']}",
            saved.json()["beds"][category]["accepting"] == 1,
        )

    with narrator.step(4, "The next search shows it"):
        after = narrator.request(team, "GET", f"{search}&sort=freshness&limit=5", expect=200).json()
        newest = after["results"][0]
        narrator.check(
            f"{newest['name']}, {newest['distance_miles']} miles away, {newest['age']}",
            newest["location_id"] == location_id and newest["free"].get(category) == 1,
        )
        narrator.check("the search counts one home more", after["total"] == before["total"] + 1)

    with narrator.step(5, "The alert arrives in the team's queue"):
        message = inbox.next(ALERT_WITHIN_SECONDS)
        took = (time.perf_counter() - acknowledged) * 1000
        if message is None:
            raise StepFailedError(f"no alert came within {ALERT_WITHIN_SECONDS} seconds")
        narrator.say(json.dumps(message, ensure_ascii=False)[:_MAX_SHOWN])
        narrator.check(
            f"the alert about {home['name']} came {took:.0f} ms after the update was saved",
            message["home"]["location_id"] == location_id,
        )

    with narrator.step(
        6, "The phone lost the response and sends the update again: nothing changes twice"
    ):
        repeated = narrator.request(staff, "PUT", path, expect=200, body=update, headers=headers)
        narrator.check(
            "the response is the same, and there is no second change",
            repeated.json() == saved.json()
            and repeated.headers.get("Idempotency-Replayed") == "true",
        )

    with narrator.step(7, "Staff of another home, and a phone with an old version, are refused"):
        stranger = "home:1-9999999999"
        narrator.request(stranger, "PUT", path, expect=403, body=update)
        outdated = narrator.request(
            staff, "PUT", path, expect=412, body=update, headers={"If-Match": headers["If-Match"]}
        )
        narrator.check(
            "the refusal shows what the home has now",
            outdated.json()["current"]["version"] == saved.json()["version"],
        )
    return narrator.token
