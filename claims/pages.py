"""Claims about the pages: that each is there, safe to open, and signs people in to this stack."""

from collections.abc import Mapping, Sequence
from typing import Final

import httpx

from claims.ledger import Ledger

SAFE_HEADERS: Final = (
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "Referrer-Policy",
)


def check_pages(client: httpx.Client, site_url: str, pages: Sequence[str], ledger: Ledger) -> None:
    """Claim that every page is there, with the headers that keep it safe.

    `pages` are file names; the empty one is the start page.
    """
    site = site_url.rstrip("/")
    for page in pages:
        response = client.get(f"{site}/{page}")
        ledger.check(
            f"the page /{page} is there",
            response.is_success and 'id="main"' in response.text,
            _seen(response),
        )
        missing = [name for name in SAFE_HEADERS if name not in response.headers]
        ledger.check(f"the page /{page} has its security headers", not missing, ", ".join(missing))
    response = client.get(f"{site}/no-such-page")
    ledger.check(
        "an address without a page gets the page that says so, with status 404",
        response.status_code == httpx.codes.NOT_FOUND and "<html" in response.text,
        _seen(response),
    )


def check_configuration(
    client: httpx.Client, site_url: str, expected: Mapping[str, str], ledger: Ledger
) -> None:
    """Claim that the pages sign people in to this stack: `expected` are parts of `sign_in`."""
    response = client.get(f"{site_url.rstrip('/')}/config.json")
    stated = response.json().get("sign_in", {}) if response.is_success else {}
    different = sorted(name for name, value in expected.items() if stated.get(name) != value)
    ledger.check(
        "the pages' configuration is this stack's",
        response.is_success and not different,
        ", ".join(different) or _seen(response),
    )


def check_search(
    client: httpx.Client, site_url: str, near: str, location_id: str, token: str, ledger: Ledger
) -> None:
    """Claim that the API beside the pages needs a token, and then finds a home."""
    address = f"{site_url.rstrip('/')}/api/vacancies"
    query = {"near": near, "radius_miles": "10", "limit": "100"}
    response = client.get(address, params=query)
    ledger.check(
        "a search without signing in is refused",
        response.status_code == httpx.codes.UNAUTHORIZED,
        _seen(response),
    )
    response = client.get(address, params=query, headers={"Authorization": f"Bearer {token}"})
    results = response.json()["results"] if response.is_success else []
    ledger.check(
        "a search beside the pages finds the home with the free bed",
        location_id in {each["location_id"] for each in results},
        f"{location_id} is not in the results, {_seen(response)[:80]}",
    )


def _seen(response: httpx.Response) -> str:
    return (
        f"{response.status_code}"
        if response.is_success
        else (f"{response.status_code} {response.text[:200]}")
    )
