"""`bedboard doctor`: check that a stack is healthy and set up correctly."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Final

import httpx
import typer
from rich.console import Console

from cli.doctor import message_checks, service_checks, stack_checks
from cli.doctor.finding import Finding, Level, broken
from cli.errors import EXIT_PROBLEM, EXPECTED_ERRORS, describe
from cli.options import AsJson
from cli.output import print_json
from cli.target import Target, selected_stack

Check = Callable[[Target, datetime], Iterator[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    stack_checks.stack_status,
    stack_checks.table,
    message_checks.alert_path,
    message_checks.delivery_path,
    message_checks.team_topics,
    message_checks.dead_letters,
    stack_checks.functions,
    stack_checks.import_bucket,
    stack_checks.alarms,
    service_checks.api,
    service_checks.pages,
    service_checks.people,
    service_checks.second_steps,
    service_checks.homes,
    stack_checks.clock,
)

_COLOURS: Final = {Level.OK: "green", Level.WARNING: "yellow", Level.BROKEN: "red"}
_WIDTH: Final = 9


def doctor(
    context: typer.Context,
    as_json: AsJson = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with exit status 1 for warnings too.")
    ] = False,
    with_drift: Annotated[
        bool,
        typer.Option(
            "--drift",
            help="Also ask CloudFormation what was changed by hand. It takes some minutes.",
        ),
    ] = False,
) -> None:
    """Check that the stack is healthy and set up correctly. It changes nothing.

    It prints a line for each check: ok, warning or broken, and what to do. Exit status 1 if
    something is broken.

    Examples:

    - `bedboard doctor --council devon`

    - `bedboard doctor --strict --json > health.json`

    - `bedboard doctor --drift --council devon`
    """
    stack, now = selected_stack(context), datetime.now(UTC)
    console = Console(highlight=False, soft_wrap=True)
    findings: list[Finding] = []
    for check in [*CHECKS, *([stack_checks.drift] if with_drift else [])]:
        for finding in run_check(check, stack, now):
            findings.append(finding)
            if not as_json:
                _print_finding(console, finding)
    if as_json:
        print_json([finding._asdict() for finding in findings])
    failing = {Level.BROKEN, Level.WARNING} if strict else {Level.BROKEN}
    if any(finding.level in failing for finding in findings):
        raise typer.Exit(EXIT_PROBLEM)


def run_check(check: Check, stack: Target, now: datetime) -> list[Finding]:
    """Run a check; one that cannot run gives a finding, so that the others still run."""
    findings: list[Finding] = []
    try:
        findings.extend(check(stack, now))
    except (*EXPECTED_ERRORS, httpx.HTTPError) as error:
        name = check.__name__.replace("_", " ")
        findings.append(broken(f"{name}: the check could not run", describe(error).message))
    return findings


def _print_finding(console: Console, finding: Finding) -> None:
    console.print(f"{finding.level:{_WIDTH}}", style=_COLOURS[finding.level], end="")
    console.print(finding.state, markup=False)
    if finding.action:
        console.print(f"{'':{_WIDTH}}{finding.action}", markup=False)
