"""Is a stack of use: its pages and API answer, people can sign in, homes are there and fresh."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import boto3
import httpx

from cli.doctor.finding import Finding, broken, look, ok
from cli.homes.listing import Wanted, listed
from cli.people.user_pool import COUNCIL_GROUP, Pool
from cli.target import Target
from shared.domain.vocabulary import ChangeKind
from shared.store.scan import all_documents

MOST_STALE_PERCENT: Final = 30
_SECONDS: Final = 20


def api(stack: Target, _: datetime) -> Iterator[Finding]:
    """A search without a place or a token is refused, by Bedboard or by the gateway."""
    answer = httpx.get(f"{stack.output('ApiUrl').rstrip('/')}/vacancies", timeout=_SECONDS)
    if answer.status_code in {400, 401, 422}:
        yield ok("API: answers")
    else:
        yield broken(f"API: answers {answer.status_code}", "read the log of the search function")


def site(stack: Target, _: datetime) -> Iterator[Finding]:
    if stack.is_local or "SiteUrl" not in stack.outputs:
        yield ok("pages: not served by this stack")
        return
    url = stack.outputs["SiteUrl"].rstrip("/")
    page, told = (
        httpx.get(f"{url}{path}", timeout=_SECONDS, follow_redirects=True)
        for path in ("/", "/config.json")
    )
    if page.status_code != httpx.codes.OK:
        yield broken(f"pages: {url} answers {page.status_code}", "deploy again; check its name")
        return
    try:
        client_id = told.json()["sign_in"]["client_id"]
    except (ValueError, KeyError, TypeError):
        client_id = None
    expected = stack.outputs.get("ClientId")
    if not client_id or (expected and client_id != expected):
        yield broken(f"pages: {url}/config.json is not this stack's", "deploy again")
    else:
        yield ok(f"pages: {url} answers, and knows where to sign in")


def people(stack: Target, _: datetime) -> Iterator[Finding]:
    if "UserPoolId" not in stack.outputs:
        yield ok("people: managed at the council's own issuer")
        return
    client = boto3.client("cognito-idp", **stack.connection)
    pool = Pool(client, stack.outputs["UserPoolId"])
    groups = pool.groups()
    officers = len(pool.usernames_in(COUNCIL_GROUP)) if COUNCIL_GROUP in groups else 0
    todo = "bedboard people add EMAIL"
    if officers:
        yield ok(f"people: {officers} in {COUNCIL_GROUP}")
    else:
        yield look(f"people: nobody is in {COUNCIL_GROUP}", f"{todo} {COUNCIL_GROUP}")
    for kind, whom in (("home:", "home"), ("team:", "discharge team")):
        count = sum(each.startswith(kind) for each in groups)
        if count:
            yield ok(f"people: {count} {whom}{'s' * (count > 1)} with a group")
        else:
            yield look(f"people: there is no {whom} yet", f"{todo} {kind}...")


def homes(stack: Target, now: datetime) -> Iterator[Finding]:
    found = listed(all_documents(stack.table, ChangeKind.HOME), Wanted(), now)
    if not found:
        yield look("homes: none", "bedboard homes import DIRECTORY")
        return
    stale = sum(each.freshness == "stale" for each in found)
    percent = 100 * stale // len(found)
    told = f"homes: {len(found)}, {percent} % without a word for a week"
    if percent > MOST_STALE_PERCENT:
        yield look(told, "bedboard homes list --stale, and ring them")
    else:
        yield ok(told)
