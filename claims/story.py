"""The story of one free bed, from an alert to its message: what Bedboard is for."""

import json
import time
from dataclasses import dataclass
from typing import Final

import httpx

from claims.caller import Caller, Json
from claims.gone import Call
from claims.inbox import Inbox
from claims.ledger import Ledger
from claims.needs import Coordinator, Person, in_words

ALERT_WITHIN_SECONDS: Final = 60
ANOTHER_HOME: Final = "home:1-9999999999"

_NOTHING_FOR_SECONDS: Final = 2
_NEEDS: Final = ("hoist", "two_to_help")
"""What a home may meet whether it has nurses or not."""
_ALSO: Final = "pet"

_MAX_SHOWN: Final = 420


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the story happens: a hospital, and a home nearby whose beds of a category are full."""

    hospital: str
    near: str
    """Where the team searches: a postcode, or a latitude and a longitude."""
    home: Json
    category: str
    team: str
    another_role: str = ANOTHER_HOME
    """The role of someone whom this home's vacancies do not concern."""


def tell(caller: Caller, scene: Scene, inbox: Inbox, ledger: Ledger) -> None:
    """Make every claim of the story. Raises BrokenClaimError where it cannot go on."""
    story = _Story(caller, scene, ledger)
    story.set_alert(inbox)
    total_before = story.search_in_vain()
    saved = story.post_free_bed()
    acknowledged = time.perf_counter()
    story.find_free_bed(total_before)
    story.receive_alert(inbox, acknowledged)
    story.repeat_post(saved)
    story.refuse_others(saved)
    story.receive_nothing_more(inbox)
    story.declare()
    story.find_for_person()
    story.accept_near_miss()
    story.meet_gone()


class _Story:
    """The parts, in the order in which they happen."""

    def __init__(self, caller: Caller, scene: Scene, ledger: Ledger) -> None:
        self._caller, self._scene, self._ledger = caller, scene, ledger
        home, category = scene.home, scene.category
        self._home_id, self._home_name = home["location_id"], home["name"]
        self._person = Person(category, _NEEDS, "council_rate", _ALSO)
        self._coordinator = Coordinator(caller, ledger, scene.team, scene.near)
        self._team, self._staff = f"team:{scene.team}", f"home:{self._home_id}"
        self._search = f"/vacancies?near={scene.near.replace(' ', '+')}&radius_miles=10"
        self._search += f"&category={category}"
        self._post = f"/homes/{self._home_id}/vacancies"
        counts = home["beds"][category]
        freed = {**counts, "occupied": counts["occupied"] - 1, "accepting": 1}
        self._update = {"beds": {category: freed}}
        self._if_match = {"If-Match": f'"{home["version"]}"'}
        self._headers = {**self._if_match, "Idempotency-Key": "one-tap-of-a-carer"}

    def set_alert(self, inbox: Inbox) -> None:
        caller, scene = self._caller, self._scene
        words = scene.category.replace("_", " ")
        self._ledger.title(f"A discharge team at {scene.hospital} sets an alert for {words} beds")
        member = {"protocol": "sqs", "address": inbox.arn}
        caller.request(self._team, "POST", "/alerts/members", expect=201, body=member)
        body = {"near": scene.near, "radius_miles": 10, "categories": [scene.category]}
        alert = caller.request(self._team, "POST", "/alerts", expect=201, body=body).json()
        self._ledger.require("the alert is saved", bool(alert["alert_id"]))

    def search_in_vain(self) -> int:
        """Search before the bed is free; return how many homes are listed."""
        self._ledger.title(f"The team searches: {self._home_name} has no such bed yet")
        page = self._caller.request(self._team, "GET", self._search, expect=200).json()
        self._ledger.require(
            f"{self._home_name} is not among the {page['total']} results",
            self._home_id not in {each["location_id"] for each in page["results"]},
        )
        total: int = page["total"]
        return total

    def post_free_bed(self) -> Json:
        """Post the free bed; return the home as it was saved."""
        self._ledger.title(
            f"A bed becomes free at {self._home_name}: its staff post it from a phone"
        )
        saved: Json = self._send_post().json()
        self._ledger.require(
            f"saved as version {saved['version']}",
            saved["beds"][self._scene.category]["accepting"] == 1,
        )
        return saved

    def find_free_bed(self, total_before: int) -> None:
        self._ledger.title("The next search shows it")
        path = f"{self._search}&sort=freshness&limit=5"
        page = self._caller.request(self._team, "GET", path, expect=200).json()
        newest = page["results"][0] if page["results"] else {}
        self._ledger.check(
            f"{self._home_name} is the newest result, with its free bed",
            newest.get("location_id") == self._home_id
            and newest["free"].get(self._scene.category) == 1,
            f"{newest.get('name')}, {newest.get('distance_miles')} miles away, {newest.get('age')}",
        )
        self._ledger.check(
            "the search counts one home more", page["total"] == total_before + 1, page["total"]
        )

    def receive_alert(self, inbox: Inbox, acknowledged: float) -> None:
        self._ledger.title("The alert arrives in the team's queue")
        message = inbox.next(ALERT_WITHIN_SECONDS)
        took = (time.perf_counter() - acknowledged) * 1000
        self._ledger.require(
            f"the alert comes within {ALERT_WITHIN_SECONDS} seconds after the update was saved",
            message is not None,
            f"{took:.0f} ms" if message else "no message came",
        )
        assert message is not None  # noqa: S101 - required just before
        self._ledger.check(
            f"it is about {self._home_name}",
            message["home"]["location_id"] == self._home_id,
            json.dumps(message, ensure_ascii=False)[:_MAX_SHOWN],
        )

    def repeat_post(self, saved: Json) -> None:
        self._ledger.title(
            "The phone lost the response and sends the update again: nothing changes twice"
        )
        repeated = self._send_post()
        self._ledger.check(
            "the response is the same, and there is no second change",
            repeated.json() == saved and repeated.headers.get("Idempotency-Replayed") == "true",
        )

    def refuse_others(self, saved: Json) -> None:
        self._ledger.title("Staff of another home, and a phone with an old version, are refused")
        caller, path, update = self._caller, self._post, self._update
        caller.request(self._scene.another_role, "PUT", path, expect=403, body=update)
        outdated = caller.request(
            self._staff, "PUT", path, expect=412, body=update, headers=self._if_match
        )
        self._ledger.check(
            "the refusal shows what the home has now",
            outdated.json()["current"]["version"] == saved["version"],
        )

    def receive_nothing_more(self, inbox: Inbox) -> None:
        self._ledger.title("Nobody is told twice of one bed")
        message = inbox.next(_NOTHING_FOR_SECONDS)
        self._ledger.check(
            "no second alert came, of the update that was sent twice or of those refused",
            message is None,
            json.dumps(message, ensure_ascii=False)[:_MAX_SHOWN] if message else "",
        )

    def declare(self) -> None:
        person, home = self._person, self._scene.home
        self._ledger.title(f"The staff of {self._home_name} say whom they take")
        needs = {**dict.fromkeys(person.needs, "yes"), person.also: "no"}
        funding = list(dict.fromkeys([*(home.get("funding") or ()), person.funding]))
        saved = self._caller.request(
            self._staff,
            "PATCH",
            f"/homes/{self._home_id}",
            expect=200,
            body={"needs": needs, "funding": funding},
        ).json()
        self._ledger.check(
            "the home has these answers now",
            needs.items() <= saved["needs"].items() and person.funding in saved["funding"],
            {need: saved["needs"].get(need) for need in needs},
        )

    def find_for_person(self) -> None:
        person = self._person
        self._ledger.title(f"The team searches for someone: {person}")
        results = self._coordinator.find_who_says_yes(person)
        self._ledger.check(
            f"{self._home_name} is one of them",
            self._home_id in {each["location_id"] for each in results},
        )

    def accept_near_miss(self) -> None:
        also = in_words([self._person.also])
        self._ledger.title(f"And with {also}? The near misses say what must be given up")
        self._coordinator.see_near_misses(self._person)

    def meet_gone(self) -> None:
        self._ledger.title(f"The team calls {self._home_name} and is told that the bed has gone")
        home_id, name = self._home_id, self._home_name
        category = self._scene.category
        Call(self._caller, self._ledger, self._team, home_id, name, category).meet_gone()

    def _send_post(self) -> httpx.Response:
        return self._caller.request(
            self._staff, "PUT", self._post, expect=200, body=self._update, headers=self._headers
        )
