"""The claims about a person's needs fail where a search or a near miss shows the wrong home."""

from collections.abc import Iterable
from typing import Any

import httpx
import pytest

from claims.caller import Caller
from claims.ledger import BrokenClaimError, Ledger, Outcome
from claims.needs import Coordinator, Person

PERSON = Person("general_nursing", ("hoist", "peg"), "council_rate", also="pet")
ALL = ("hoist", "peg", "council_rate")


def result(yes: Iterable[str], name: str = "Larkrise House") -> dict[str, Any]:
    return {"location_id": "1-9", "name": name, "distance_miles": 1.2, "yes": [*yes]}


def search(*results: dict[str, Any]) -> dict[str, Any]:
    return {"total": len(results), "totals": {"yes": len(results)}, "results": results}


def miss(requirement: str, yes: Iterable[str]) -> dict[str, Any]:
    return {
        "relaxed": "requirement",
        "requirement": requirement,
        "total": 1,
        "nearest": result(yes),
    }


def farther(yes: Iterable[str]) -> dict[str, Any]:
    return {"relaxed": "radius", "radius_miles": 20, "total": 1, "nearest": result(yes)}


WITHOUT_PET = miss("pet", ALL)


def outcomes(
    *, page: dict[str, Any] | None = None, misses: Iterable[dict[str, Any]] = (), said: str = "no"
) -> set[Outcome]:
    """Return what becomes of the claims where a stack answers like this."""

    def answer(request: httpx.Request) -> httpx.Response:
        answers: dict[str, Any] = {
            "/vacancies": page,
            "/vacancies/near-misses": {"near_misses": [*misses]},
            "/homes/1-9": {"needs": {"pet": said}},
        }
        return httpx.Response(200, json=answers[request.url.path])

    ledger = Ledger()
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        caller = Caller(client, "https://api.example.org", lambda _: "token", ledger)
        coordinator = Coordinator(caller, ledger, "exeter-discharge", "EX2 5DW")
        if page:
            coordinator.find_who_says_yes(PERSON)
        else:
            coordinator.see_near_misses(PERSON)
    return {each.outcome for each in ledger.claims}


def test_a_search_that_finds_only_homes_that_say_yes_holds() -> None:
    assert outcomes(page=search(result(ALL))) == {Outcome.HELD}


def test_a_home_that_does_not_say_yes_to_all_breaks_the_claim() -> None:
    found = search(result(ALL), result(["hoist", "peg"]))
    assert Outcome.BROKEN in outcomes(page=found)


def test_a_search_that_finds_nobody_ends_the_story() -> None:
    with pytest.raises(BrokenClaimError, match="say yes to all of it: 0"):
        outcomes(page=search())


def test_near_misses_that_give_up_one_thing_hold() -> None:
    misses = [farther([*ALL, "pet"]), WITHOUT_PET, miss("hoist", ["peg", "council_rate", "pet"])]
    assert outcomes(misses=misses) == {Outcome.HELD}


@pytest.mark.parametrize("other", [farther(ALL), miss("hoist", ["peg", "council_rate"])])
def test_a_near_miss_that_gives_up_two_things_breaks_the_claim(other: dict[str, Any]) -> None:
    assert Outcome.BROKEN in outcomes(misses=[other, WITHOUT_PET])


def test_a_need_that_nobody_gives_up_ends_the_story() -> None:
    with pytest.raises(BrokenClaimError, match="without pet: 0 more: radius"):
        outcomes(misses=[farther([*ALL, "pet"])])


def test_a_home_that_says_yes_to_what_is_given_up_breaks_the_claim() -> None:
    assert Outcome.BROKEN in outcomes(misses=[WITHOUT_PET], said="yes")
