"""Checks of the service: the API and pages answer, people can sign in, homes are up to date."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import httpx

from cli.doctor.finding import Finding, broken, ok, warning
from cli.output import plural
from cli.target import Target
from shared.domain.availability import has_left_register
from shared.domain.freshness import Freshness, age_of_home, freshness
from shared.domain.vocabulary import ChangeKind
from shared.http.roles import COUNCIL, HOME_PREFIX, TEAM_PREFIX
from shared.store.scan import all_documents

MOST_STALE_PERCENT: Final = 30
_TIMEOUT_SECONDS: Final = 20


def api(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that the API refuses a search without a place and a token, as it should."""
    url = f"{stack.output('ApiUrl').rstrip('/')}/vacancies"
    response = httpx.get(url, timeout=_TIMEOUT_SECONDS)
    if response.status_code in {400, 401, 422}:
        yield ok("API: answers")
    else:
        yield broken(
            f"API: {url} answers with status {response.status_code}",
            "read the log of the search function",
        )


def pages(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that the website answers and lets people sign in to this stack."""
    if stack.is_local or "SiteUrl" not in stack.outputs:
        yield ok("pages: this stack does not serve them")
        return
    url = stack.outputs["SiteUrl"].rstrip("/")
    page, config = (
        httpx.get(f"{url}{path}", timeout=_TIMEOUT_SECONDS, follow_redirects=True)
        for path in ("/", "/config.json")
    )
    if page.status_code != httpx.codes.OK:
        yield broken(
            f"pages: {url} answers with status {page.status_code}",
            "check the domain name and its certificate, then deploy again",
        )
        return
    try:
        client_id = config.json()["sign_in"]["client_id"]
    except (ValueError, KeyError, TypeError):
        client_id = None
    expected = stack.outputs.get("ClientId")
    if not client_id or (expected and client_id != expected):
        yield broken(
            f"pages: {url}/config.json belongs to another stack, so nobody can sign in",
            "deploy again",
        )
    else:
        yield ok(f"pages: {url} answers, with this stack's sign-in")


def people(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that the council, at least one home and one discharge team can sign in."""
    pool = stack.user_pool
    if pool is None:
        yield ok("people: managed in the council's own sign-in service")
        return
    groups = pool.groups()
    officers = sum(1 for _ in pool.members(COUNCIL)) if COUNCIL in groups else 0
    if officers:
        yield ok(f"people: {officers} in {COUNCIL}")
    else:
        yield warning(f"people: nobody is in {COUNCIL}", f"bedboard people add EMAIL {COUNCIL}")
    for prefix, noun in ((HOME_PREFIX, "home"), (TEAM_PREFIX, "discharge team")):
        count = sum(group.startswith(prefix) for group in groups)
        if count:
            yield ok(f"people: {plural(count, noun)} with a group")
        else:
            action = f"bedboard people add EMAIL {prefix}..."
            yield warning(f"people: no {noun} has a group", action)


def homes(stack: Target, now: datetime) -> Iterator[Finding]:
    """Check that there are homes, and that most of them confirmed within a week."""
    ages = [
        age_of_home(home, now)
        for home in all_documents(stack.table, ChangeKind.HOME)
        if not has_left_register(home)
    ]
    if not ages:
        yield warning("homes: none", "bedboard homes import FILE")
        return
    stale = sum(freshness(age) is Freshness.STALE for age in ages)
    percent = 100 * stale // len(ages)
    state = f"homes: {len(ages)}, of them {percent} % not confirmed for a week"
    if percent > MOST_STALE_PERCENT:
        yield warning(state, "run `bedboard homes list --stale` and phone these homes")
    else:
        yield ok(state)
