"""Checks of the service: the API and pages answer, people can sign in, homes are up to date."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

import httpx

from cli.doctor.finding import Finding, broken, ok, warning
from cli.output import plural
from cli.target import Target
from shared.aws.user_pool import PoolUser, UserPool
from shared.domain.availability import has_left_register
from shared.domain.certainty import NOT_HEARD_FROM_FOR, Certainty
from shared.domain.errors import NotFoundError
from shared.domain.vocabulary import ChangeKind
from shared.http.roles import COUNCIL, HOME_PREFIX, TEAM_PREFIX
from shared.store import wrong_posts
from shared.store.scan import all_documents

MOST_PERCENT: Final = 33
"""More homes not heard from, or more unsure listings, are a warning: as in the alarms."""
_TIMEOUT_SECONDS: Final = 20
_REQUIRED_LOCALLY: Final = "council"
"""The setting `second_step_for` of a local stack, which has no settings file."""


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


def second_steps(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that every council officer signs in with a second step; who has none is named by id.

    Someone who has not signed in yet, or is disabled, cannot have one and is left out.
    """
    pool = stack.user_pool
    if pool is None or COUNCIL not in pool.groups():
        return
    officers = [each for each in _with_second_step(pool) if each.can_sign_in]
    without = [each.person_id for each in officers if not each.has_second_step]
    if not without:
        if officers:
            yield ok(f"second step: every council officer has one ({len(officers)})")
        return
    required_for = stack.council.second_step_for if stack.council else _REQUIRED_LOCALLY
    state = f"second step: {plural(len(without), 'council officer')} without one"
    ids = ", ".join(without)
    who = "`bedboard people list --group council --addresses` says whose id it is"
    if required_for == "nobody":
        yield warning(
            f"{state}, so that a password alone lets someone in: {ids}",
            "ask them to open the page Second step, or require it for all officers"
            f' (second_step_for = "council"); {who}',
        )
    else:
        yield warning(
            f"{state}. They do not have the role until then, and anyone who knows the password"
            f" could set up a second step of their own: {ids}",
            "ask them to sign in and follow the page Second step, or take the role away"
            f" (`bedboard people remove EMAIL council`); {who}",
        )


def _with_second_step(pool: UserPool) -> Iterator[PoolUser]:
    """Yield the council officers, read one by one: a list does not say who has a second step."""
    for officer in pool.members(COUNCIL):
        with suppress(NotFoundError):  # Deleted since the list was read.
            yield pool.person(officer.person_id)


def homes(stack: Target, now: datetime) -> Iterator[Finding]:
    """Check that there are homes, that they are heard from, and that their listed beds are sure."""
    registered = (
        home for home in all_documents(stack.table, ChangeKind.HOME) if not has_left_register(home)
    )
    certainty = Certainty.of(registered, now, wrong_posts.load(stack.table).share)
    if not certainty.homes:
        yield warning("homes: none", "bedboard homes import FILE")
        return
    days = NOT_HEARD_FROM_FOR.days
    silent, unsure = certainty.not_heard_from_percent, certainty.unsure_percent
    state = f"homes: {certainty.homes}, of them {silent:.0f} % not heard from in {days} days"
    if silent > MOST_PERCENT:
        action = f"run `bedboard homes list --not-heard-from {days}` and phone these homes"
        yield warning(state, action)
    else:
        yield ok(state)
    listings = certainty.listings.total()
    state = f"listed beds: {unsure:.0f} % of {plural(listings, 'listing')} uncertain or worse"
    if unsure > MOST_PERCENT:
        yield warning(state, "run `bedboard homes list --unsure` and ask these homes")
    else:
        yield ok(state)
