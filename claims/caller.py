"""Requests to a stack's API, sent as people with different roles."""

import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import httpx

from claims.ledger import Ledger

Json = dict[str, Any]

_TOKEN_SECONDS = 20 * 60
"""A token is valid for 30 minutes, and the longest step may come right after it was fetched."""


class Exchange(NamedTuple):
    """A request that was sent, by whom, and the response."""

    role: str | None
    """The group of the person, `team:exeter-discharge`; None for someone without a token."""
    method: str
    path: str
    body: Json | None
    headers: Mapping[str, str]
    """The headers that matter here; never the token."""
    response: httpx.Response
    milliseconds: float


class Caller:
    """Sends requests to one API, as one person for each role."""

    def __init__(
        self,
        client: httpx.Client,
        api_url: str,
        token_of: Callable[[str], str],
        ledger: Ledger,
        on_exchange: Callable[[Exchange], object] = lambda _: None,
    ) -> None:
        """`token_of` gives a bearer token of someone in a group."""
        self._client, self._api_url, self._token_of = client, api_url.rstrip("/"), token_of
        self._ledger, self._on_exchange = ledger, on_exchange
        self._tokens: dict[str, tuple[str, float]] = {}

    def token(self, role: str) -> str:
        """Return a bearer token of someone in this group, always the same person."""
        token, got_at = self._tokens.get(role, ("", 0.0))
        if not token or time.monotonic() - got_at > _TOKEN_SECONDS:
            token = self._token_of(role)
            self._tokens[role] = token, time.monotonic()
        return token

    def send(
        self,
        role: str | None,
        method: str,
        path: str,
        *,
        body: Json | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request and return the response, whatever its status."""
        signed = {"Authorization": f"Bearer {self.token(role)}"} if role else {}
        began = time.perf_counter()
        response = self._client.request(
            method,
            f"{self._api_url}{path}",
            json=body,
            content=content,
            headers={**signed, **(headers or {})},
        )
        took = (time.perf_counter() - began) * 1000
        self._on_exchange(Exchange(role, method, path, body, headers or {}, response, took))
        return response

    def request(
        self,
        role: str | None,
        method: str,
        path: str,
        *,
        expect: int,
        body: Json | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request and return the response with the expected status.

        Raises BrokenClaimError where the status is another.
        """
        response = self.send(role, method, path, body=body, headers=headers)
        status = response.status_code
        if status != expect:
            self._ledger.require(
                f"{method} {path.partition('?')[0]} is answered with {expect}",
                False,
                f"{status} {response.text[:300]}",
            )
        return response
