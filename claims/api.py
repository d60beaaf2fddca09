"""Claims about the API as a whole: who is let in, and what every response is like."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx

from claims.caller import Caller, Json
from claims.ledger import Ledger

MOST_BODY_BYTES: Final = 32_768
_AT_ONCE: Final = 20
_LARGE_ENOUGH_TO_COMPRESS: Final = 1_400
_MOST_CONFIRMATIONS: Final = 12


def check_strangers(caller: Caller, ledger: Ledger) -> None:
    """Claim that a path without a token, or one that does not exist, is answered as it should."""
    ledger.title("Someone without a token, and requests for what is not there")
    response = caller.send(None, "GET", "/alerts")
    ledger.check("without a token the answer is 401", response.status_code == 401, _seen(response))
    forged = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.e30."}
    response = caller.send(None, "GET", "/alerts", headers=forged)
    ledger.check("a forged token is refused", response.status_code == 401, _seen(response))
    response = caller.send(None, "GET", "/no-such-path")
    is_problem = response.headers.get("content-type", "").startswith("application/problem+json")
    ledger.check(
        "an unknown path is answered with 404, as a problem document",
        response.status_code == 404 and is_problem,
        _seen(response),
    )
    for method, path in (("HEAD", "/vacancies"), ("OPTIONS", "/vacancies"), ("DELETE", "/")):
        response = caller.send(None, method, path)
        ledger.check(
            f"{method} {path} is not answered with an error of the server",
            response.status_code < 500,
            _seen(response),
        )


def check_responses(caller: Caller, role: str, ledger: Ledger, *, near: str) -> None:
    """Claim that queries arrive as they were sent, and that no response may be kept."""
    ledger.title("Queries arrive as they were sent, and nobody keeps a response")
    place = near.replace(" ", "")
    answers = [
        caller.send(role, "GET", f"/vacancies?near={text}&radius_miles=1")
        for text in (f"{place}+", f"{place}%20", place)
    ]
    labels = {each.json()["near"]["label"] if each.is_success else each.text for each in answers}
    ledger.check("+ and %20 both arrive as a space", len(labels) == 1, " | ".join(sorted(labels)))
    kept = {each.headers.get("cache-control", "nothing") for each in answers}
    ledger.check("responses say that nobody may keep them", kept == {"no-store"}, sorted(kept))
    old = [each.headers["age"] for each in answers if "age" in each.headers]
    ledger.check("no response is an old one", not old, old)


def check_home(caller: Caller, location_id: str, ledger: Ledger) -> Json:
    """Claim what the staff of a home rely on, and return the home as it then is."""
    role, path = f"home:{location_id}", f"/homes/{location_id}"
    ledger.title("A home's staff load their page again, and send too much")
    first = caller.request(role, "GET", path, expect=200)
    etag = first.headers.get("etag", "")
    again = caller.send(role, "GET", path, headers={"If-None-Match": etag})
    ledger.check(
        "what has not changed is not sent again (304)", again.status_code == 304, _seen(again)
    )
    for size, expected in ((MOST_BODY_BYTES + 1, 413), (MOST_BODY_BYTES * 8, 413)):
        content = b'{"beds": {}, "x": "' + b"x" * (size - 21) + b'"}'
        headers = {"Content-Type": "application/json"}
        response = caller.send(role, "PUT", f"{path}/vacancies", content=content, headers=headers)
        ledger.check(
            f"a body of {size:,} bytes is refused with {expected}",
            response.status_code == expected,
            _seen(response),
        )
    _check_compression(caller, role, path, ledger)
    latest: Json = caller.request(role, "GET", path, expect=200).json()
    return latest


def _check_compression(caller: Caller, role: str, path: str, ledger: Ledger) -> None:
    history, plainly = f"{path}/changes", {"Accept-Encoding": "identity"}
    for _ in range(_MOST_CONFIRMATIONS):
        plain = caller.request(role, "GET", history, expect=200, headers=plainly)
        if len(plain.content) > _LARGE_ENOUGH_TO_COMPRESS:
            break
        # Each adds an entry to the home's history.
        caller.request(role, "POST", f"{path}/vacancies/confirm", expect=200)
    ledger.check(
        "a large response comes as it is for those who accept nothing else",
        "content-encoding" not in plain.headers,
        f"{len(plain.content)} bytes",
    )
    zipped = caller.request(role, "GET", history, expect=200, headers={"Accept-Encoding": "gzip"})
    ledger.check(
        "a large response is compressed for those who accept it",
        zipped.headers.get("content-encoding") == "gzip" and zipped.json() == plain.json(),
        zipped.headers.get("content-encoding", "not compressed"),
    )


def check_no_mixing(
    caller: Caller, teams: tuple[str, str], ledger: Ledger, *, at_once: int = _AT_ONCE
) -> None:
    """Claim that two people who ask for one path at the same moment each get their own answer."""
    ledger.title("Two teams ask for the same path, many times at once")
    roles = [f"team:{team}" for team in teams]
    for role in roles:  # not one person signed in twice, by two threads
        caller.token(role)

    def ask(number: int) -> tuple[str, httpx.Response]:
        role = roles[number % 2]
        return role, caller.send(role, "GET", "/alerts/members")

    with ThreadPoolExecutor(at_once) as pool:
        answers = list(pool.map(ask, range(at_once)))
    claim = "of many simultaneous requests each gets its own answer"
    # Where AWS lets few functions run at once some are refused, which is another matter.
    answered = [(role, response) for role, response in answers if response.is_success]
    mixed = [role for role, response in answered if f"team:{response.json().get('team')}" != role]
    seen = f"{len(answered)} of {len(answers)} were answered, {len(mixed)} with another's answer"
    if {role for role, _ in answered} == set(roles):
        ledger.check(claim, not mixed, seen)
    else:
        ledger.unseen(claim, seen)


def _seen(response: httpx.Response) -> str:
    return f"{response.status_code} {response.text[:200]}".strip()
