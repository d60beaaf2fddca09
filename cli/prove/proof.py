"""One run of `bedboard prove`: the stack, the way to it, and what has been claimed so far."""

import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import httpx
import typer

from claims.caller import Caller
from claims.ledger import Ledger
from cli.prove.cleanup import Cleanup
from cli.target import Target
from local.emulator.deploy import ACCOUNT as EMULATED_ACCOUNT
from local.emulator.transport import EmulatorTransport

MARK: Final = "bedboard-proof"
"""Begins the name of everything that a proof makes, so that a later one finds what was left."""

_TIMEOUT_SECONDS: Final = 40


@dataclass(frozen=True)
class Options:
    """What the operator allowed."""

    mail: str = ""
    phone: str = ""
    slow: bool = False
    """Whether steps may run that disturb people who are using the stack."""
    record: bool = False
    """Whether events that AWS sent are kept."""


@dataclass
class Proof:
    """What every step works with."""

    stack: Target
    ledger: Ledger
    options: Options
    council: str
    """The council as --council names it; `local` for the stack of this machine."""
    cleanup: Cleanup = field(default_factory=Cleanup)
    run_id: str = field(default_factory=lambda: secrets.token_hex(3))
    token_of: Callable[[str], str] | None = None
    """Gives a token of someone with a role; None until people can sign in."""
    home: dict[str, Any] | None = None
    """The home that this proof imported."""
    parts: dict[str, object] = field(default_factory=dict)
    """What steps make once and share."""
    events: dict[str, Any] = field(default_factory=dict)
    """The events that AWS sent, by what sent them, where they are kept."""

    @cached_property
    def account_id(self) -> str:
        """The number of the AWS account."""
        account: str = self.stack.client("sts").get_caller_identity()["Account"]
        return account

    @property
    def is_emulated(self) -> bool:
        """Whether the stack is on the emulator, which stands for AWS."""
        return self.account_id == EMULATED_ACCOUNT

    @property
    def region(self) -> str:
        """The region of the stack."""
        return self.stack.connection["region_name"]

    @property
    def team(self) -> str:
        """The discharge team of this run."""
        return f"{MARK}-{self.run_id}"

    @property
    def other_team(self) -> str:
        """A second discharge team, whom nothing of the first one concerns."""
        return f"{MARK}-{self.run_id}-b"

    @property
    def site_url(self) -> str:
        """The address of the pages; empty where the stack does not serve them."""
        return self.stack.outputs.get("SiteUrl", "").rstrip("/")

    @property
    def api_url(self) -> str:
        """The address of the API: beside the pages, where there are any."""
        return f"{self.site_url}/api" if self.site_url else self.stack.output("ApiUrl").rstrip("/")

    def open_client(self) -> httpx.Client:
        """Return a client without cookies."""
        transport = EmulatorTransport(self._endpoint) if self.is_emulated else None
        return httpx.Client(transport=transport, timeout=_TIMEOUT_SECONDS)

    @cached_property
    def http(self) -> httpx.Client:
        """The client for pages and API."""
        return self.open_client()

    @cached_property
    def caller(self) -> Caller:
        """Someone who sends requests to the API, with the roles that they have."""
        return Caller(self.http, self.api_url, self._token, self.ledger)

    @property
    def can_sign_in(self) -> bool:
        """Whether the steps that need someone's token can run; takes down why not."""
        if self.token_of is None:
            self.ledger.unseen("what people see who are signed in", "nobody could sign in")
        return self.token_of is not None

    def only_on_aws(self, why: str, *claims: str) -> bool:
        """Return whether this is AWS; otherwise take down that the claims were not looked at."""
        if self.is_emulated:
            for claim in claims:
                self.ledger.unseen(claim, f"this is the emulator: {why}")
        return not self.is_emulated

    def only_if_slow(self, *claims: str) -> bool:
        """Return whether steps that disturb people may run; otherwise take down that they did not.

        They are for the days before people come.
        """
        if not self.options.slow:
            for claim in claims:
                self.ledger.unseen(claim, "it disturbs people who use the stack: --slow allows it")
        return self.options.slow

    def ask(self, claim: str, question: str, good_answers: Sequence[str] = ("y", "yes")) -> None:
        """Ask the operator what a program cannot see, and take down the answer."""
        if not sys.stdin.isatty():
            self.ledger.unseen(claim, "nobody was there to ask")
            return
        answer = typer.prompt(f"{question} (y/n/?)", default="?", err=True).strip().lower()
        if answer == "?":
            self.ledger.unseen(claim, "the operator could not tell")
        else:
            self.ledger.check(claim, answer in good_answers, f"the operator answered {answer!r}")

    def keep_event(self, name: str, event: Any) -> None:  # noqa: ANN401 - any event of AWS
        """Keep an event that AWS sent, where the operator asked for it."""
        if self.options.record:
            self.events[name] = event

    def _token(self, role: str) -> str:
        if self.token_of is None:
            raise RuntimeError("a step asked for a token before anybody could sign in")
        return self.token_of(role)

    @property
    def _endpoint(self) -> str:
        url: str = self.stack.client("sts").meta.endpoint_url
        return url
