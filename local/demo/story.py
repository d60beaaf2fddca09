"""The story of one free bed, told on this machine: its claims are those of `claims/story.py`."""

from collections.abc import Callable
from typing import Final

import httpx
from rich.console import Console

from claims import story
from claims.caller import Caller
from claims.ledger import Ledger
from claims.needs import Coordinator, Person, in_words
from claims.story import Scene
from local.demo.narrator import Narrator
from local.demo.shop_windows import FICTIONAL
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack
from local.emulator.tokens import token

TEAM: Final = "exeter-discharge"
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
    return caller.token


def look_for(person: Person, coordinator: Coordinator, ledger: Ledger) -> None:
    """Look for a home for a person, and then for what must be given up for one need more.

    Raises BrokenClaimError.
    """
    kind = in_words([person.category])
    ledger.title(f"A coordinator looks for {kind} for someone else: {person}")
    coordinator.find_who_says_yes(person)
    ledger.title(f"And with {in_words([person.also])}? The near misses say what must be given up")
    coordinator.see_near_misses(person)
