"""The story of one free bed, told on this machine: its claims are those of `claims/story.py`."""

from collections.abc import Callable
from typing import Final

import httpx
from rich.console import Console

from claims import story
from claims.caller import Caller
from claims.story import Scene
from local.demo.narrator import Narrator
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack
from local.emulator.tokens import token

TEAM: Final = "exeter-discharge"


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
    return caller.token
