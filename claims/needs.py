"""Claims about finding a home for a person: who says yes to all, and what a near miss gives up."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from claims.caller import Caller, Json
from claims.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Person:
    """What a team asks for someone: closed lists, and nothing that tells who it is."""

    category: str
    needs: tuple[str, ...]
    funding: str
    also: str
    """One need more, for which something has to be given up."""

    def __str__(self) -> str:
        """Return the words for all but the one need more, such as "hoist, peg, council rate"."""
        return in_words((*self.needs, self.funding))


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Someone of a discharge team who looks for a home for a person near a place."""

    caller: Caller
    ledger: Ledger
    team: str
    near: str

    def find_who_says_yes(self, person: Person) -> list[Json]:
        """Claim that a search finds homes that say yes to all, and return them.

        Raises BrokenClaimError where it finds none.
        """
        page = self._get("/vacancies", person, person.needs)
        results: list[Json] = page["results"]
        self.ledger.require(
            f"homes that say yes to all of it: {page['total']}",
            bool(results),
            "; ".join(map(_in_short, results[:3])) or page["totals"],
        )
        asked = {*person.needs, person.funding}
        wrong = [each["name"] for each in results if set(each["yes"]) != asked]
        self.ledger.check("none of them said no, or said nothing", not wrong, ", ".join(wrong))
        return results

    def see_near_misses(self, person: Person) -> None:
        """Claim that each near miss gives up one thing and names it, the need `also` among them.

        Raises BrokenClaimError where none gives up that need.
        """
        needs = (*person.needs, person.also)
        found: list[Json] = self._get("/vacancies/near-misses", person, needs)["near_misses"]
        without = [each for each in found if each.get("requirement") == person.also]
        self.ledger.require(
            f"without {in_words([person.also])}: {without[0]['total'] if without else 0} more",
            bool(without),
            _in_short(without[0]["nearest"])
            if without
            else in_words(str(each.get("requirement", each["relaxed"])) for each in found),
        )
        asked = {*needs, person.funding}
        wrong = [
            each["nearest"]["name"]
            for each in found
            if set(each["nearest"]["yes"]) != asked - {each.get("requirement")}
        ]
        self.ledger.check(
            "each near miss gives up one thing: its home says yes to all the rest",
            not wrong,
            ", ".join(wrong),
        )
        nearest = without[0]["nearest"]["location_id"]
        home = self.caller.request(self._role, "GET", f"/homes/{nearest}", expect=200).json()
        said = home.get("needs", {}).get(person.also, "nothing")
        self.ledger.check("that home itself did not say yes to it", said != "yes", f"said {said}")

    @property
    def _role(self) -> str:
        return f"team:{self.team}"

    def _get(self, path: str, person: Person, needs: Iterable[str]) -> Json:
        query = [
            ("near", self.near),
            ("radius_miles", "10"),
            ("category", person.category),
            *(("need", need) for need in needs),
            ("funding", person.funding),
            ("fit", "yes"),
        ]
        path = f"{path}?{urlencode(query, safe=',')}"
        answer: Json = self.caller.request(self._role, "GET", path, expect=200).json()
        return answer


def in_words(names: Iterable[str]) -> str:
    """Return the names as they are spoken, such as "council rate"."""
    return ", ".join(names).replace("_", " ")


def _in_short(result: Json) -> str:
    return f"{result['name']}, {result['distance_miles']} miles"
