"""`bedboard doctor`: is this stack healthy and set up right?"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Final

import httpx
import typer
from rich.console import Console

from cli.doctor import service_checks, stack_checks
from cli.doctor.finding import Finding, Level, broken
from cli.errors import EXPECTED, PROBLEM, told
from cli.output import as_json
from cli.target import Target, chosen

Check = Callable[[Target, datetime], Iterator[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    stack_checks.stack_status,
    stack_checks.table,
    stack_checks.alert_path,
    stack_checks.dead_letters,
    stack_checks.functions,
    stack_checks.import_bucket,
    stack_checks.alarms,
    service_checks.api,
    service_checks.site,
    service_checks.people,
    service_checks.homes,
    stack_checks.clock,
)

_COLOUR: Final = {Level.OK: "green", Level.LOOK: "yellow", Level.BROKEN: "red"}


def doctor(
    context: typer.Context,
    as_json_: Annotated[bool, typer.Option("--json", help="As JSON, for a program.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit status 1 for what only wants a look, too.")
    ] = False,
) -> None:
    """Is this stack healthy and set up right? A line for each thing: ok, look or broken.

    Exit status 1 if something is broken. It changes nothing.

    Examples:

    - `bedboard doctor --council devon`

    - `bedboard doctor --strict --json > health.json`
    """
    stack, now = chosen(context), datetime.now(UTC)
    console = Console(highlight=False, soft_wrap=True)
    found: list[Finding] = []
    for check in CHECKS:
        for finding in outcome(check, stack, now):
            found.append(finding)
            if not as_json_:
                _tell(console, finding)
    if as_json_:
        as_json([each._asdict() for each in found])
    wrong = {Level.BROKEN, Level.LOOK} if strict else {Level.BROKEN}
    if any(each.level in wrong for each in found):
        raise typer.Exit(PROBLEM)


def outcome(check: Check, stack: Target, now: datetime) -> list[Finding]:
    """What a check finds; one that cannot look says why, and the others go on."""
    found: list[Finding] = []
    try:
        found.extend(check(stack, now))
    except (*EXPECTED, httpx.HTTPError) as error:
        name = check.__name__.replace("_", " ")
        found.append(broken(f"{name}: cannot be looked at", told(error)[0]))
    return found


def _tell(console: Console, finding: Finding) -> None:
    console.print(f"{finding.level:7}", style=_COLOUR[finding.level], end="")
    console.print(finding.what, markup=False)
    if finding.todo:
        console.print(f"       {finding.todo}", markup=False)
