"""The story of one free bed, told on this machine: its claims are those of `claims/story.py`."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import httpx
from rich.console import Console

from claims import story
from claims.caller import Caller, Json
from claims.ledger import Ledger
from claims.needs import Coordinator, Person, in_words
from claims.story import Scene
from local.demo.message_link import MessageLink
from local.demo.narrator import Narrator
from local.demo.shop_windows import FICTIONAL
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.domain.uk_time import uk_day

TEAM: Final = "exeter-discharge"
ANOTHER_TEAM: Final = "plymouth-discharge"
PERSON: Final = Person("dementia_nursing", ("hoist", "peg"), "council_rate", also="pet")
"""For whom a coordinator looks among all the homes that have declared whom they take."""


def tell(stack: LocalStack, scene: Scene, console: Console) -> Callable[[str], str]:
    """Run every step, and return a function that gives tokens of a group.

    Raises BrokenClaimError at the first claim that does not hold.
    """
    narrator = Narrator(console)
    ledger = narrator.ledger()
    # An emulator may hold several councils: the name is this council's alone.
    inbox = Inbox(stack, f"{stack.team_topic_prefix.rpartition(':')[2]}{scene.team}-inbox")
    with httpx.Client(timeout=30) as client:
        caller = Caller(
            client,
            stack.api_url,
            lambda group: token(stack, [group]),
            ledger,
            narrator.print_exchange,
        )
        story.tell(caller, scene, inbox, ledger)
        if scene.home["name"].endswith(FICTIONAL):  # Other homes have declared nothing here.
            look_for(PERSON, Coordinator(caller, ledger, scene.team, scene.near), ledger)
            show_demand(caller, scene.home["location_id"], ledger)
        if stack.sends_emails:
            MessageLink(
                *(stack, caller, ledger, narrator.print_email),
                *(scene.home, scene.category, (f"team:{scene.team}", f"team:{ANOTHER_TEAM}")),
            ).tell()
        stop_placing(caller, f"team:{scene.team}", scene.home, ledger)
    return caller.token


def show_demand(caller: Caller, location_id: str, ledger: Ledger) -> None:
    """Show a home what teams searched for near it. Raises BrokenClaimError."""
    ledger.title("The home sees what teams searched for near it, and it does not say yes to")
    path = f"/homes/{location_id}/demand"
    demand = caller.request(f"home:{location_id}", "GET", path, expect=200).json()
    wanted = [f"{each['need']}: {each['at_least']}" for each in demand["wanted"][:3]]
    ledger.check(
        "what is published is of a period that is over", demand["period"] is not None, wanted
    )


def stop_placing(caller: Caller, team: str, home: Json, ledger: Ledger) -> None:
    """Mark a home as one where the council is not placing, and take that back.

    Raises BrokenClaimError.
    """
    location_id = home["location_id"]
    path = f"/homes/{location_id}/placing-stop"
    ledger.title(f"The council stops placing at {home['name']}: teams see it, the public never")
    today = uk_day(datetime.now(UTC)).isoformat()
    caller.request("council", "PUT", path, expect=200, body={"since": today})
    marks = caller.request(team, "GET", "/placing-stops", expect=200).json()["placing_stops"]
    ledger.check(
        f"a team sees the mark on {home['name']}",
        location_id in {each["location_id"] for each in marks},
        marks,
    )
    caller.request("council", "DELETE", path, expect=200)
    marks = caller.request(team, "GET", "/placing-stops", expect=200).json()["placing_stops"]
    ledger.check(
        "and once it is taken back, no more",
        location_id not in {each["location_id"] for each in marks},
    )


def look_for(person: Person, coordinator: Coordinator, ledger: Ledger) -> None:
    """Look for a home for a person, and then for what must be given up for one need more.

    Raises BrokenClaimError.
    """
    kind = in_words([person.category])
    ledger.title(f"A coordinator looks for {kind} for someone else: {person}")
    coordinator.find_who_says_yes(person)
    ledger.title(f"And with {in_words([person.also])}? The near misses say what must be given up")
    coordinator.see_near_misses(person)
