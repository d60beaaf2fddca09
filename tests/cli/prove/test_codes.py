"""A proof sees for whom wrong codes count: the connection, or whoever a client says it is."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from claims.ledger import Ledger, Outcome
from cli.prove.codes import PAST_SITE, SAME, THROUGH_SITE, codes
from shared.aws.clock import SYSTEM
from shared.http.request import VIEWER
from shared.store import code_tries, stack_secret
from shared.store.table import Table
from tests.support.outbox import new_key

SITE, API = "https://beds.example.org", "https://api.example.org/"

AddressOf = Callable[[httpx.Request], str]


def proof(table: Table, address_of: AddressOf, status: int = 404) -> Any:
    """Return what the step needs of a proof, of a stack that counts for this address."""

    def answer(request: httpx.Request) -> httpx.Response:
        if status == 404:
            code_tries.record_wrong(table, b"key", address_of(request), SYSTEM.now())
        return httpx.Response(status)

    stack = SimpleNamespace(table=table, output=lambda _: API)
    http = httpx.Client(transport=httpx.MockTransport(answer))
    return SimpleNamespace(site_url=SITE, stack=stack, ledger=Ledger(), http=http)


def outcomes(made: Any) -> dict[str, Outcome]:
    codes(made)
    return {each.text: each.outcome for each in made.ledger.claims}


@pytest.fixture
def used(table: Table) -> Table:
    """Return the table of a stack that has invited someone."""
    stack_secret.drawn(table, new_key())
    return table


def test_a_stack_that_counts_by_connection_holds_every_claim(used: Table) -> None:
    held = dict.fromkeys((THROUGH_SITE, PAST_SITE, SAME), Outcome.HELD)
    assert outcomes(proof(used, lambda _: "203.0.113.9")) == held


def test_a_stack_that_believes_a_client_is_found_out(used: Table) -> None:
    found = outcomes(proof(used, lambda request: request.headers[VIEWER]))
    assert found[THROUGH_SITE] == found[PAST_SITE] == Outcome.BROKEN


def test_a_site_that_tells_the_api_nothing_is_not_taken_for_one_that_does(used: Table) -> None:
    seen = outcomes(proof(used, lambda request: request.url.host))
    assert (seen[THROUGH_SITE], seen[SAME]) == (Outcome.HELD, Outcome.UNSEEN)


def test_what_cannot_be_seen_is_said(used: Table) -> None:
    resting = outcomes(proof(used, lambda _: "203.0.113.9", status=409))
    assert set(resting.values()) == {Outcome.UNSEEN}


def test_before_anyone_was_invited_no_code_is_weighed(table: Table) -> None:
    assert set(outcomes(proof(table, lambda _: "203.0.113.9")).values()) == {Outcome.UNSEEN}
