"""`bedboard preflight`: what an AWS account lacks before a council's first deployment."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Final

import httpx
import typer
from rich.console import Console

from cli.errors import EXIT_PROBLEM, UsageError
from cli.options import AsJson
from cli.output import print_json, print_message
from cli.preflight.account import Account, account_in_use
from cli.preflight.checks import CHECKS, policy, run_check
from cli.preflight.finding import Finding, Level
from cli.preflight.issuer import check_token
from infra.council.load import load_council
from infra.council.model import Council

_COLOURS: Final = {
    Level.OK: "green",
    Level.FIX: "red",
    Level.ADVICE: "yellow",
    Level.ASK: "yellow",
    Level.UNSEEN: "magenta",
}
_WIDTH: Final = 12
_TIMEOUT_SECONDS: Final = 15


def preflight(
    context: typer.Context,
    issuer_token: Annotated[
        bool,
        typer.Option(
            "--issuer-token",
            help="Read an access token of the council's own issuer from standard input, and check"
            " what it says.",
        ),
    ] = False,
    print_policy: Annotated[
        bool,
        typer.Option("--policy", help="Print the IAM policy that this command needs, and end."),
    ] = False,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="End with exit status 1 unless everything is ok."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look for what an AWS account lacks before the first deployment. It changes nothing.

    It prints a line for each thing it looked at, and what to do: **ok**; **must fix**, for what the
    deployment fails with; **should fix**, for what people miss afterwards; **ask AWS**, with how
    long to allow; **not seen**, with the reason. Exit status 1 if something must be fixed.

    `make deploy` runs it first. A token is read from a pipe, so that it is in no history.

    Examples:

    - `bedboard preflight --council devon`

    - `bedboard preflight --council devon --policy > preflight.json`

    - `pbpaste | bedboard preflight --council devon --issuer-token`
    """
    council = _settings(context)
    if print_policy:
        print_json(policy(council))
        return
    if issuer_token and not council.oidc_issuer:
        raise UsageError("--issuer-token is for councils with their own issuer (oidc_issuer).")
    token = _read_token() if issuer_token else None
    console = Console(highlight=False, soft_wrap=True)
    findings: list[Finding] = []
    with httpx.Client(timeout=_TIMEOUT_SECONDS) as http:
        for finding in _look(account_in_use(council, http), token):
            findings.append(finding)
            if not as_json:
                _print_finding(console, finding)
    if as_json:
        print_json([finding._asdict() for finding in findings])
    levels = {finding.level for finding in findings}
    if Level.FIX in levels or (strict and levels != {Level.OK}):
        raise typer.Exit(EXIT_PROBLEM)


def _settings(context: typer.Context) -> Council:
    """Return the settings of --council. Raises UsageError, SettingsError."""
    name = context.find_root().params.get("council")
    if not name:
        raise UsageError(
            "Name the council whose deployment is to come: bedboard preflight --council devon"
        )
    return load_council(name)


def _read_token() -> str:
    if sys.stdin.isatty():
        print_message("Paste the access token, press Enter, and then Ctrl-D.")
    return sys.stdin.read()


def _look(account: Account, token: str | None) -> Iterator[Finding]:
    for check in CHECKS:
        if check.applies(account.council):
            yield from run_check(check, account)
    if token is not None:
        yield from check_token(token, account.council, datetime.now(UTC))


def _print_finding(console: Console, finding: Finding) -> None:
    console.print(f"{finding.level:{_WIDTH}}", style=_COLOURS[finding.level], end="")
    console.print(f"{finding.subject}: {finding.state}", markup=False)
    for line in (finding.action, finding.wait):
        if line:
            console.print(f"{'':{_WIDTH}}{line}", markup=False)
