"""Step `codes`: wrong codes of links count for an address that nobody can claim."""

from collections import Counter
from datetime import datetime
from typing import Final

from cli.prove.proof import Proof
from shared.aws.clock import SYSTEM
from shared.http.request import DISTRIBUTION_PROOF, VIEWER
from shared.store import keys
from shared.store.table import Table

TRIES: Final = 3
THROUGH_SITE: Final = "wrong codes through the site count for one address, whatever is claimed"
PAST_SITE: Final = "and so do those that are sent to the API directly"
SAME: Final = "the site tells the API whom it serves"

_WRONG: Final = {"code": "00000-00000"}


def codes(proof: Proof) -> None:
    """Claim that a client cannot choose for whom its wrong codes count."""
    ways = {THROUGH_SITE: f"{proof.site_url}/api", PAST_SITE: proof.stack.output("ApiUrl")}
    if why := _why_not(proof):
        for claim in (*ways, SAME):
            proof.ledger.unseen(claim, why)
        return
    counted = {claim: _counted(proof, url.rstrip("/")) for claim, url in ways.items()}
    for claim, by_address in counted.items():
        if by_address is None:
            why = "codes of this address rest, or a new hour began: try again in the next hour"
            proof.ledger.unseen(claim, why)
        else:
            proof.ledger.check(claim, TRIES in by_address.values(), sorted(by_address.values()))
    through, past = counted[THROUGH_SITE], counted[PAST_SITE]
    if through and through == past:
        proof.ledger.check(SAME, True)
    else:
        proof.ledger.unseen(SAME, "the two ways counted for different addresses, as IPv4 and IPv6")


def _why_not(proof: Proof) -> str:
    if not proof.site_url:
        return "this stack does not serve the pages (site = false)"
    (secret,) = proof.stack.table.get((keys.STACK_SECRET, keys.NO_SORT))
    return "" if secret else "nobody was invited to messages yet: --mail invites someone"


def _counted(proof: Proof, url: str) -> Counter[str] | None:
    """Send wrong codes that claim different addresses, and count them by whom they count for.

    None where that could not be seen. Wrong codes that other people enter at that time count too.
    """
    began = SYSTEM.now()
    before = _tries(proof.stack.table, began)
    statuses = set()
    for number in range(TRIES):
        claimed = f"192.0.2.{number}"
        headers = {VIEWER: claimed, "X-Forwarded-For": claimed, DISTRIBUTION_PROOF: "guessed"}
        response = proof.http.post(f"{url}/links/look", json=_WRONG, headers=headers)
        statuses.add(response.status_code)
    if statuses != {404} or keys.code_tries(SYSTEM.now()) != keys.code_tries(began):
        return None
    return Counter(each.partition("#")[0] for each in _tries(proof.stack.table, began) - before)


def _tries(table: Table, now: datetime) -> set[str]:
    items = table.query(
        "#pk = :pk",
        {":pk": keys.code_tries(now)},
        ProjectionExpression="#sk",
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
    )
    return {item[keys.SORT]["S"] for item in items}
