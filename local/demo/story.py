"""The story that the demo tells, from alert to message; each step is seen to hold."""

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
ALERT_WITHIN_SECONDS: Final = 30
_LONGEST_SHOWN: Final = 420

Json = dict[str, Any]


class NotSeenError(Exception):
    """A step of the story did not hold; says which and what was seen instead."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the story happens: a hospital's postcode, and a full home of its neighbourhood."""

    hospital: str
    postcode: str
    home: Json
    category: str


class Teller:
    """Asks the API as one caller after the other, and shows what was sent and what came back."""

    def __init__(self, stack: LocalStack, console: Console) -> None:
        self._stack, self._console = stack, console
        self._client = httpx.Client(base_url=stack.api_url, timeout=30)
        self._tokens: dict[str, str] = {}

    def token(self, group: str) -> str:
        """A bearer token of somebody in this group."""
        if group not in self._tokens:
            self._tokens[group] = token(self._stack, [group])
        return self._tokens[group]

    @contextmanager
    def step(self, number: int, title: str) -> Iterator[None]:
        """A step, and how long it took."""
        self._console.print(f"\n[bold]{number}. {escape(title)}[/bold]")
        yield

    def ask(
        self,
        group: str,
        method: str,
        path: str,
        *,
        expect: int,
        body: Json | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """The answer, if it has the expected status. Raises NotSeenError."""
        signed = {"Authorization": f"Bearer {self.token(group)}", **(headers or {})}
        self._console.print(f"   [cyan]{method} {escape(path)}[/cyan]  as {escape(group)}")
        for name, value in (headers or {}).items():
            self._console.print(f"   [dim]{name}: {escape(value)}[/dim]")
        if body is not None:
            self._show("sent", body)
        began = time.perf_counter()
        answer = self._client.request(method, path, json=body, headers=signed)
        took = (time.perf_counter() - began) * 1000
        self._console.print(f"   [green]{answer.status_code}[/green] in {took:.0f} ms")
        if answer.content:
            self._show("back", answer.json())
        if answer.status_code != expect:
            raise NotSeenError(
                f"{method} {path} was answered {answer.status_code}, not {expect}: {answer.text}"
            )
        return answer

    def seen(self, what: str, holds: bool) -> None:
        """Say that something was seen. Raises NotSeenError where it was not."""
        if not holds:
            raise NotSeenError(what)
        self._console.print(f"   [green]seen:[/green] {escape(what)}")

    def say(self, text: str) -> None:
        self._console.print(f"   {escape(text)}")

    def _show(self, name: str, value: object) -> None:
        text = json.dumps(value, ensure_ascii=False)
        if len(text) > _LONGEST_SHOWN:
            text = f"{text[:_LONGEST_SHOWN]} ... ({len(text):,} characters)"
        self._console.print(f"   [dim]{name}[/dim] {escape(text)}", highlight=False)


def tell(stack: LocalStack, scene: Scene, console: Console) -> Callable[[str], str]:
    """Tell it; returns the way to further tokens. Raises NotSeenError at a step that fails."""
    teller = Teller(stack, console)
    home, category = scene.home, scene.category
    location_id = home["location_id"]
    team, staff = f"team:{TEAM}", f"home:{location_id}"
    words = category.replace("_", " ")
    search = (
        f"/vacancies?near={scene.postcode.replace(' ', '+')}&radius_miles=10&category={category}"
    )

    with teller.step(1, f"A discharge team at {scene.hospital} asks to be told of {words} beds"):
        # On an emulator that holds several councils, this one's own.
        inbox = Inbox(stack, f"{stack.team_topic_prefix.rpartition(':')[2]}{TEAM}-inbox")
        member = {"protocol": "sqs", "address": inbox.arn}
        teller.ask(team, "POST", "/alerts/members", expect=201, body=member)
        wanted = {"near": scene.postcode, "radius_miles": 10, "categories": [category]}
        alert = teller.ask(team, "POST", "/alerts", expect=201, body=wanted).json()
        teller.seen("the alert is saved", bool(alert["alert_id"]))

    with teller.step(2, f"It searches: {home['name']} has no such bed yet"):
        before = teller.ask(team, "GET", search, expect=200).json()
        shown = {each["location_id"] for each in before["results"]}
        teller.seen(f"{home['name']} is not among the {before['total']}", location_id not in shown)

    with teller.step(3, f"A bed falls free at {home['name']}: its staff post it from a phone"):
        counts = home["beds"][category]
        now_free = {**counts, "occupied": counts["occupied"] - 1, "accepting": 1}
        sent = {"beds": {category: now_free}}
        once = {"If-Match": f'"{home["version"]}"', "Idempotency-Key": "one-tap-of-a-carer"}
        path = f"/homes/{location_id}/vacancies"
        saved = teller.ask(staff, "PUT", path, expect=200, body=sent, headers=once)
        acknowledged = time.perf_counter()
        teller.seen(
            f"saved as version {saved.json()['version']}",
            saved.json()["beds"][category]["accepting"] == 1,
        )

    with teller.step(4, "The very next search shows it"):
        after = teller.ask(team, "GET", f"{search}&sort=freshness&limit=5", expect=200).json()
        newest = after["results"][0]
        teller.seen(
            f"{newest['name']}, {newest['distance_miles']} miles away, {newest['age']}",
            newest["location_id"] == location_id and newest["free"].get(category) == 1,
        )
        teller.seen("it is counted", after["total"] == before["total"] + 1)

    with teller.step(5, "The alert arrives at the team's subscribed queue"):
        message = inbox.next(ALERT_WITHIN_SECONDS)
        took = (time.perf_counter() - acknowledged) * 1000
        if message is None:
            raise NotSeenError(f"no alert came within {ALERT_WITHIN_SECONDS} s")
        teller.say(json.dumps(message, ensure_ascii=False)[:_LONGEST_SHOWN])
        teller.seen(
            f"told of {home['name']} {took:.0f} ms after the update was saved",
            message["home"]["location_id"] == location_id,
        )

    with teller.step(
        6, "The phone had lost the reply and sends the same again: nothing is doubled"
    ):
        again = teller.ask(staff, "PUT", path, expect=200, body=sent, headers=once)
        teller.seen(
            "the same answer, no second change",
            again.json() == saved.json() and again.headers.get("Idempotency-Replayed") == "true",
        )

    with teller.step(7, "Somebody else's staff, and somebody with an old version, are refused"):
        stranger = "home:1-9999999999"
        teller.ask(stranger, "PUT", path, expect=403, body=sent)
        outdated = teller.ask(
            staff, "PUT", path, expect=412, body=sent, headers={"If-Match": once["If-Match"]}
        )
        teller.seen(
            "the refusal carries the state as it is now",
            outdated.json()["current"]["version"] == saved.json()["version"],
        )
    return teller.token
