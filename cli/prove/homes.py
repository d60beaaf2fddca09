"""Step `import`: two fictional homes, far out at sea, are imported as an officer imports homes."""

import csv
import time
from dataclasses import replace
from io import StringIO
from typing import Any, Final

from claims.caller import Json
from cli.prove import recording
from cli.prove.proof import Proof
from cli.target import Target
from local.demo.fictional_directory import COLUMNS
from shared.aws.clock import SYSTEM
from shared.domain.author import Author
from shared.domain.availability import has_left_register
from shared.domain.errors import NotFoundError
from shared.domain.vocabulary import Action, ChangeKind, Registration
from shared.http.roles import COUNCIL
from shared.store import homes, keys
from shared.store.scan import all_documents

LOCATION_IDS: Final = ("TESTPROOF1", "TESTPROOF2")
"""In the form of ids of NHS sites; no site's code begins like this."""

PLACE: Final = "60.80000,-8.60000"
"""North of Scotland, more than 100 miles (the longest search) from any land of Great Britain."""

CATEGORY: Final = "general_residential"
_POSTCODE: Final = "ZZ99 9ZZ"
"""A code of the register for no place at all."""
_AUTHORITY: Final = "Bedboard proof"
_REPORT_WITHIN_SECONDS: Final = 90
_AUTHOR: Final = Author("proof", "proof")


def import_homes(proof: Proof) -> None:
    """Claim that an officer's file becomes homes within a minute."""
    if not proof.can_sign_in:
        return
    authority = _authority(proof.stack)
    if authority is None:
        proof.ledger.unseen(
            "an uploaded directory becomes homes within a minute",
            "the council has homes already and imports only its own authorities': a file with the"
            " test homes alone would close them. Prove before the first import",
        )
        return
    proof.cleanup.add("the test homes", lambda: remove_test_homes(proof.stack))
    content = _directory(authority)
    body = {"format": "csv", "size": len(content)}
    begun = proof.caller.request(COUNCIL, "POST", "/imports", expect=201, body=body).json()
    uploads = recording.watch_uploads(proof) if proof.options.record else None
    _upload(proof, begun["form"], content)
    began = time.monotonic()
    path = f"/imports/{begun['import_id']}"
    while True:
        report = proof.caller.request(COUNCIL, "GET", path, expect=200).json()
        waited = time.monotonic() - began
        if report["state"] != "waiting" or waited > _REPORT_WITHIN_SECONDS:
            break
        time.sleep(0.2 if proof.is_emulated else 1)
    proof.ledger.require(
        "an uploaded directory is reported on within a minute",
        report.get("outcome") == "imported" and waited < 60,
        f"{waited:.1f} s, {report.get('outcome', report['state'])} {report.get('why', '')}".strip(),
    )
    counts = report["counts"]
    proof.ledger.check(
        "every row became a home, and nothing else changed",
        counts["new"] + counts["changed"] + counts["unchanged"] == len(LOCATION_IDS)
        and not counts["closed"],
        {name: count for name, count in counts.items() if count},
    )
    if uploads:
        recording.keep_upload_event(proof, uploads)
    proof.home = _with_full_beds(proof)


def _upload(proof: Proof, form: Json, content: bytes) -> None:
    """Send the file to the bucket by the form, as the page does."""
    origin = proof.site_url or "http://localhost:8000"
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    preflight = proof.http.options(form["url"], headers=asked)
    allowed = preflight.headers.get("access-control-allow-origin", "nobody")
    proof.ledger.check(
        "the bucket lets the pages send a file (CORS)", allowed in {"*", origin}, allowed
    )
    sent = proof.http.post(
        form["url"],
        data=form["fields"],
        files={"file": ("directory.csv", content, "text/csv")},
        headers={"Origin": origin},
    )
    proof.ledger.require(
        "the form of the API uploads a file", sent.status_code == 201, sent.status_code
    )


def _with_full_beds(proof: Proof) -> Json:
    """Post the home's first counts, all occupied, and return the home."""
    location_id = LOCATION_IDS[0]
    counts = {"occupied": 1, "reserved": 0, "accepting": 0, "not_available": 0}
    home: Json = proof.caller.request(
        f"home:{location_id}",
        "PUT",
        f"/homes/{location_id}/vacancies",
        expect=200,
        body={"beds": {CATEGORY: {"maximum_capacity": 1, **counts}}},
    ).json()
    return home


def _authority(stack: Target) -> str | None:
    """Return the local authority of the test homes; None where a file of them closes others.

    An import closes the homes of an authority that its file has no rows of. So the test homes have
    an authority of their own, unless the council imports certain ones only.
    """
    wanted = stack.council.local_authorities if stack.council else ()
    if not wanted:
        return _AUTHORITY
    others = [
        home
        for home in all_documents(stack.table, ChangeKind.HOME)
        if home["location_id"] not in LOCATION_IDS and not has_left_register(home)
    ]
    return None if others else wanted[0]


def _directory(authority: str) -> bytes:
    """Return a directory with the test homes, in CQC's columns."""
    latitude, longitude = PLACE.split(",")
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for number, location_id in enumerate(LOCATION_IDS, 1):
        writer.writerow(
            {
                "Location ID": location_id,
                "Dormant (Y/N)": "N",
                "Care home?": "Y",
                "Location Name": f"Test home {number} of bedboard prove (fictional)",
                "Care homes beds": "1",
                "Location Local Authority": authority,
                "Location Street Address": "At sea",
                "Location City": "Nowhere",
                "Location Postal Code": _POSTCODE,
                "Location Latitude": latitude,
                "Location Longitude": longitude,
                "Service user band - Older People": "Y",
            }
        )
    return text.getvalue().encode()


def remove_test_homes(stack: Target) -> None:
    """Take the test homes out of every search, and then out of the table.

    Their log entries stay until they expire, as those of all changes do.
    """
    table = stack.table
    for location_id in LOCATION_IDS:
        try:
            homes.revise(
                table, SYSTEM, location_id, _deregistered, action=Action.IMPORTED, author=_AUTHOR
            )
        except NotFoundError:
            continue
        # A warm search has read that it left; one that starts now finds nothing.
        key: Any = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": location_id}}
        table.client.delete_item(TableName=table.name, Key=key)


def _deregistered(home: Any) -> Any:  # noqa: ANN401 - a care home, before and after
    return home.with_register(replace(home.register, registration=Registration.DEREGISTERED))
