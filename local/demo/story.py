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
    story = _Story(narrator, scene)
    # An emulator may hold several councils: the name is this council's alone.
    inbox = Inbox(stack, f"{stack.team_topic_prefix.rpartition(':')[2]}{TEAM}-inbox")
    story.set_alert(inbox)
    total_before = story.search_in_vain()
    saved = story.post_free_bed()
    acknowledged = time.perf_counter()
    story.find_free_bed(total_before)
    story.receive_alert(inbox, acknowledged)
    story.repeat_post(saved)
    story.refuse_others(saved)
    return narrator.token


class _Story:
    """The steps, in the order in which they happen."""

    def __init__(self, narrator: Narrator, scene: Scene) -> None:
        self._narrator, self._scene = narrator, scene
        home, category = scene.home, scene.category
        self._home_id, self._home_name = home["location_id"], home["name"]
        self._team, self._staff = f"team:{TEAM}", f"home:{self._home_id}"
        self._search = f"/vacancies?near={scene.postcode.replace(' ', '+')}&radius_miles=10"
        self._search += f"&category={category}"
        self._post = f"/homes/{self._home_id}/vacancies"
        counts = home["beds"][category]
        freed = {**counts, "occupied": counts["occupied"] - 1, "accepting": 1}
        self._update = {"beds": {category: freed}}
        self._if_match = {"If-Match": f'"{home["version"]}"'}
        self._headers = {**self._if_match, "Idempotency-Key": "one-tap-of-a-carer"}

    def set_alert(self, inbox: Inbox) -> None:
        narrator, scene = self._narrator, self._scene
        words = scene.category.replace("_", " ")
        title = f"A discharge team at {scene.hospital} sets an alert for {words} beds"
        with narrator.step(1, title):
            member = {"protocol": "sqs", "address": inbox.arn}
            narrator.request(self._team, "POST", "/alerts/members", expect=201, body=member)
            body = {"near": scene.postcode, "radius_miles": 10, "categories": [scene.category]}
            alert = narrator.request(self._team, "POST", "/alerts", expect=201, body=body).json()
            narrator.check("the alert is saved", bool(alert["alert_id"]))

    def search_in_vain(self) -> int:
        """Search before the bed is free; return how many homes are listed."""
        narrator = self._narrator
        with narrator.step(2, f"The team searches: {self._home_name} has no such bed yet"):
            page = narrator.request(self._team, "GET", self._search, expect=200).json()
            narrator.check(
                f"{self._home_name} is not among the {page['total']} results",
                self._home_id not in {each["location_id"] for each in page["results"]},
            )
        total: int = page["total"]
        return total

    def post_free_bed(self) -> Json:
        """Post the free bed; return the home as it was saved."""
        narrator = self._narrator
        title = f"A bed becomes free at {self._home_name}: its staff post it from a phone"
        with narrator.step(3, title):
            saved: Json = self._send_post().json()
            narrator.check(
                f"saved as version {saved['version']}",
                saved["beds"][self._scene.category]["accepting"] == 1,
            )
        return saved

    def find_free_bed(self, total_before: int) -> None:
        narrator = self._narrator
        with narrator.step(4, "The next search shows it"):
            path = f"{self._search}&sort=freshness&limit=5"
            page = narrator.request(self._team, "GET", path, expect=200).json()
            newest = page["results"][0]
            narrator.check(
                f"{newest['name']}, {newest['distance_miles']} miles away, {newest['age']}",
                newest["location_id"] == self._home_id
                and newest["free"].get(self._scene.category) == 1,
            )
            narrator.check("the search counts one home more", page["total"] == total_before + 1)

    def receive_alert(self, inbox: Inbox, acknowledged: float) -> None:
        narrator = self._narrator
        with narrator.step(5, "The alert arrives in the team's queue"):
            message = inbox.next(ALERT_WITHIN_SECONDS)
            took = (time.perf_counter() - acknowledged) * 1000
            if message is None:
                raise StepFailedError(f"no alert came within {ALERT_WITHIN_SECONDS} seconds")
            narrator.say(json.dumps(message, ensure_ascii=False)[:_MAX_SHOWN])
            narrator.check(
                f"the alert about {self._home_name} came {took:.0f} ms after the update was saved",
                message["home"]["location_id"] == self._home_id,
            )

    def repeat_post(self, saved: Json) -> None:
        narrator = self._narrator
        with narrator.step(
            6, "The phone lost the response and sends the update again: nothing changes twice"
        ):
            repeated = self._send_post()
            narrator.check(
                "the response is the same, and there is no second change",
                repeated.json() == saved and repeated.headers.get("Idempotency-Replayed") == "true",
            )

    def refuse_others(self, saved: Json) -> None:
        narrator, path, update = self._narrator, self._post, self._update
        with narrator.step(
            7, "Staff of another home, and a phone with an old version, are refused"
        ):
            narrator.request("home:1-9999999999", "PUT", path, expect=403, body=update)
            outdated = narrator.request(
                self._staff, "PUT", path, expect=412, body=update, headers=self._if_match
            )
            narrator.check(
                "the refusal shows what the home has now",
                outdated.json()["current"]["version"] == saved["version"],
            )

    def _send_post(self) -> httpx.Response:
        return self._narrator.request(
            self._staff, "PUT", self._post, expect=200, body=self._update, headers=self._headers
        )
