"""The dated record of a proof, and the events that it keeps as contracts for the tests."""

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from claims.ledger import Claim, Outcome
from cli.prove.cleanup import Leftover
from cli.prove.proof import Proof
from cli.prove.redaction import ACCOUNT, Redactor
from infra.council.load import ROOT

PROOFS: Final = ROOT / "proofs"
CONTRACTS: Final = ROOT / "tests" / "contracts"


class StepResult(NamedTuple):
    """A step, its claims, and how long it took."""

    name: str
    claims: Sequence[Claim]
    seconds: float
    ended_by: str = ""
    """What ended it before its time: an error of AWS, or the operator."""

    @property
    def outcome(self) -> Outcome:
        """Broken where a claim is or the step ended early; unseen where no claim was looked at."""
        outcomes = {claim.outcome for claim in self.claims}
        if self.ended_by or Outcome.BROKEN in outcomes:
            return Outcome.BROKEN
        return Outcome.HELD if Outcome.HELD in outcomes else Outcome.UNSEEN


def redactor_for(proof: Proof) -> Redactor:
    """Return a redactor that knows the names and addresses of this stack and its people."""
    outputs = proof.stack.outputs
    known = {
        proof.account_id: ACCOUNT,
        outputs.get("DistributionDomainName", ""): "site.cloudfront.net",
        outputs.get("UserPoolId", ""): "eu-west-2_pool00000",
        outputs.get("ClientId", ""): "pagesclient",
        outputs.get("ApiId", ""): "api",
        proof.options.mail: "someone@example.org",
        proof.options.phone: "+441632960000",
    }
    known |= {
        value: f"<{name}>"
        for name, value in outputs.items()
        if name in {"ImportBucket", "TableName", "DeadLetterQueueUrl", "ApiUrl", "SignInUrl"}
    }
    if proof.site_url:
        known[proof.site_url] = "https://site.cloudfront.net"
    return Redactor(known)


def document(
    proof: Proof,
    steps: Sequence[StepResult],
    started: datetime,
    removed: Sequence[str],
    left: Sequence[Leftover],
) -> dict[str, Any]:
    """Return the record, without anything that must not be in a repository."""
    counts = dict.fromkeys(Outcome, 0)
    for step in steps:
        for claim in step.claims:
            counts[claim.outcome] += 1
    record = {
        "council": proof.council if not proof.council.endswith(".toml") else "from a file",
        "stack": proof.stack.stack_name,
        "where": "the emulator of this repository, not AWS" if proof.is_emulated else "AWS",
        "region": proof.region,
        "commit": commit(),
        "started": f"{started:%Y-%m-%dT%H:%M:%SZ}",
        "seconds": round((datetime.now(UTC) - started).total_seconds()),
        "claims": {str(outcome): count for outcome, count in counts.items()},
        "steps": [
            {
                "step": step.name,
                "outcome": step.outcome,
                "seconds": round(step.seconds, 1),
                **({"ended_by": step.ended_by} if step.ended_by else {}),
                "claims": [
                    {"claim": text, "outcome": outcome, **({"seen": seen} if seen else {})}
                    for text, outcome, seen in step.claims
                ],
            }
            for step in steps
        ],
        "removed": list(removed),
        "left": [each._asdict() for each in left],
    }
    redacted: dict[str, Any] = redactor_for(proof).json(record)
    return redacted


def write(record: dict[str, Any], folder: Path, slug: str, day: datetime) -> Path:
    """Write a record under its date, beside those of earlier runs of the day."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        name = f"{day:%Y-%m-%d}-{slug}{f'-{number}' if number > 1 else ''}.json"
        try:
            with (folder / name).open("x", encoding="utf-8") as file:
                file.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        except FileExistsError:
            number += 1
        else:
            return folder / name


def write_events(proof: Proof, folder: Path, at: datetime) -> list[Path]:
    """Write each event that was kept, redacted, with where it comes from."""
    redactor, written = redactor_for(proof), []
    recorded = "recorded on the emulator of this repository, which is not AWS"
    if not proof.is_emulated:
        recorded = f"recorded on AWS in {proof.region}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, event in sorted(proof.events.items()):
        content = {
            "provenance": {
                "source": recorded,
                "by": "bedboard prove --record",
                "on": f"{at:%Y-%m-%d}",
                "commit": commit(),
                "redacted": "accounts, addresses, ids of people, tokens, signatures",
            },
            "event": redactor.json(event),
        }
        path = folder / f"{name}.json"
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        written.append(path)
    return written


def commit() -> str:
    """Return the commit of this checkout, with a plus where files differ from it."""
    found = [
        subprocess.run(  # noqa: S603 - our own words only
            ["git", *words],  # noqa: S607 - the operator's own git
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
        for words in (["rev-parse", "HEAD"], ["status", "--porcelain", "--untracked-files=no"])
    ]
    return (found[0] or "unknown") + ("+" if found[1] else "")
