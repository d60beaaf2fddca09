"""The claims about pages fail for each thing that can be wrong with a page."""

from collections.abc import Callable

import httpx
import pytest

from claims.ledger import Ledger, Outcome
from claims.pages import SAFE_HEADERS, check_configuration, check_pages

PAGE = '<html><main id="main"></main></html>'
HEADERS = dict.fromkeys(SAFE_HEADERS, "as it should be")
Answer = Callable[[httpx.Request], httpx.Response]


def good(request: httpx.Request) -> httpx.Response:
    status = 404 if request.url.path == "/no-such-page" else 200
    return httpx.Response(status, text=PAGE, headers=HEADERS)


def without_header(request: httpx.Request) -> httpx.Response:
    response = good(request)
    del response.headers["Content-Security-Policy"]
    return response


def another_page(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text="<html>Welcome to nginx</html>", headers=HEADERS)


def no_missing_page(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text=PAGE, headers=HEADERS)


def outcomes(answer: Answer) -> set[Outcome]:
    ledger = Ledger()
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        check_pages(client, "https://beds.example.org/", ["", "search.html"], ledger)
    return {each.outcome for each in ledger.claims}


def test_good_pages_hold_every_claim() -> None:
    assert outcomes(good) == {Outcome.HELD}


@pytest.mark.parametrize("answer", [without_header, another_page, no_missing_page])
def test_a_fault_of_a_page_breaks_a_claim(answer: Answer) -> None:
    assert Outcome.BROKEN in outcomes(answer)


@pytest.mark.parametrize(
    ("client_id", "outcome"), [("ours", Outcome.HELD), ("theirs", Outcome.BROKEN)]
)
def test_the_configuration_must_be_of_this_stack(client_id: str, outcome: Outcome) -> None:
    ledger = Ledger()
    document = {"sign_in": {"client_id": client_id}}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=document))
    with httpx.Client(transport=transport) as client:
        check_configuration(client, "https://beds.example.org", {"client_id": "ours"}, ledger)
    assert [each.outcome for each in ledger.claims] == [outcome]
