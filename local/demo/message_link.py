"""A home's manager is asked by email whether a bed is still free, and answers by the link in it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from claims.caller import Caller, Json
from claims.ledger import Ledger
from local.emulator.sent_messages import SentEmail, emails_to, posting_secrets
from local.emulator.stack import LocalStack

WITHIN_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class MessageLink:
    """The manager of one home, and two teams that call about its beds of one category."""

    stack: LocalStack
    caller: Caller
    ledger: Ledger
    show: Callable[[SentEmail], object]
    """Prints an email."""
    home: Json
    category: str
    teams: tuple[str, str]

    def tell(self) -> None:
        """Make every claim, from agreeing to emails to the card that is right again.

        Raises BrokenClaimError.
        """
        name = self.home["name"]
        self.ledger.title(f"The manager of {name} agrees to get its reminders by email")
        self._agree()
        self.ledger.title("Two teams call and are told that the bed has gone: its card says so")
        self._meet_gone()
        self.ledger.title("The manager is asked by email. Its link posts without signing in")
        token = self._receive()
        self.ledger.title("It is still free: one press sets the card right, for every team at once")
        self._answer(token)

    @property
    def _address(self) -> str:
        # An emulator may hold several councils with the same homes: the id is this council's alone.
        return f"manager.{self.home['location_id']}.{self.stack.client_id}@example.org".lower()

    def _agree(self) -> None:
        path = f"/homes/{self.home['location_id']}/reminders"
        staff, body = f"home:{self.home['location_id']}", {"protocol": "email"}
        self.caller.request(
            staff, "POST", path, expect=201, body={**body, "address": self._address}
        )
        to_agree = self._emails(1)[0].tokens[0]
        agreed = self.caller.request(
            None, "POST", "/members/confirm", expect=200, body={"token": to_agree}
        ).json()
        self.ledger.check("they get the reminders now", agreed["state"] == "confirmed")

    def _meet_gone(self) -> None:
        location_id, category = self.home["location_id"], self.category
        home = self.caller.request(self.teams[0], "GET", f"/homes/{location_id}", expect=200).json()
        outcome = {"category": category, "listed": 1, "result": "gone"}
        for team in self.teams:
            self.caller.request(
                team,
                "POST",
                f"/homes/{location_id}/outcomes",
                expect=201,
                body={**outcome, "said_at": home["said_at"][category]},
            )
        (mark,) = self._marks() or ({},)
        self.ledger.require(
            "every team sees that the listing is disputed",
            mark.get("gone", {}).get("disputed") is True,
            mark,
        )

    def _receive(self) -> str:
        """Return the token of the link in the question."""
        question = self._emails(2)[-1]
        self.show(question)
        token = posting_secrets(question.text).token
        self.ledger.check("the message holds a link and a code of the manager's own", bool(token))
        return token

    def _answer(self, token: str) -> None:
        shown = self.caller.request(
            None, "POST", "/links/look", expect=200, body={"token": token}
        ).json()["home"]
        press = {
            "token": token,
            "do": "confirm",
            "version": shown["version"],
            "shown": {name: shown[name] for name in ("beds", "admission_status")},
        }
        saved = self.caller.request(None, "POST", "/links/act", expect=200, body=press).json()
        self.ledger.check("it can be undone for ten minutes", bool(saved["undo_until"]))
        self.ledger.check("the mark is gone with the home's own word", not self._marks())

    def _marks(self) -> list[Json]:
        path = f"/homes/{self.home['location_id']}/disputes"
        marks: list[Json] = self.caller.request(self.teams[0], "GET", path, expect=200).json()[
            "disputes"
        ]
        return marks

    def _emails(self, count: int) -> list[SentEmail]:
        """Return the manager's emails, once there are so many. Raises BrokenClaimError."""
        until = time.monotonic() + WITHIN_SECONDS
        while len(emails := emails_to(self.stack, self._address)) < count:
            if time.monotonic() > until:
                break
            time.sleep(0.05)
        self.ledger.require(
            f"an email came within {WITHIN_SECONDS} seconds", len(emails) == count, len(emails)
        )
        return emails
