"""Claims about a call that met "it has gone": the mark on it, and how the home sets it right."""

from dataclasses import dataclass
from typing import Final

from claims.caller import Caller, Json
from claims.ledger import Ledger

_GONE: Final = {"listed": 1, "result": "gone"}


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a team about the beds of one category of a home."""

    caller: Caller
    ledger: Ledger
    team: str
    home_id: str
    home_name: str
    category: str

    def meet_gone(self) -> None:
        """Claim that what the team was told marks the listing until the home posts again."""
        said_at = self._home()["said_at"][self.category]
        before = self._home()["beds"]
        body = {"category": self.category, "said_at": said_at, **_GONE}
        outcomes = f"/homes/{self.home_id}/outcomes"
        said = self.caller.request(self.team, "POST", outcomes, expect=201, body=body).json()
        (marked,) = self._marks() or ({},)
        self.ledger.require(
            "every team and the home see that a team was told it has gone",
            marked.get("said_at") == said_at and marked["gone"]["teams"] == 1,
            marked,
        )
        self.ledger.check("no count of the home has changed", self._home()["beds"] == before)
        self.ledger.title(f"{self.home_name} is asked, and says that the bed is still free")
        confirm = f"/homes/{self.home_id}/vacancies/confirm"
        self.caller.request(f"home:{self.home_id}", "POST", confirm, expect=200)
        self.ledger.check("the mark is gone with the home's own word", not self._marks())
        self.ledger.title("The team had called another home: it takes back what it said")
        taken = self.caller.request(
            self.team,
            "PATCH",
            f"{outcomes}/{said['outcome_id']}",
            expect=200,
            body={"withdrawn": True},
        ).json()
        self.ledger.check("it counts in no rate any more", taken.get("withdrawn") is True)

    def _home(self) -> Json:
        home: Json = self.caller.request(
            self.team, "GET", f"/homes/{self.home_id}", expect=200
        ).json()
        return home

    def _marks(self) -> list[Json]:
        path = f"/homes/{self.home_id}/disputes"
        marks: list[Json] = self.caller.request(self.team, "GET", path, expect=200).json()[
            "disputes"
        ]
        return marks
