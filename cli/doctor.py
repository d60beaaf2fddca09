"""`bedboard doctor`: is this stack healthy and set up right?"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Final

import httpx
import typer
from rich.console import Console

from cli import checks, people_checks
from cli.failing import EXPECTED, PROBLEM, told
from cli.finding import Finding, Level, broken
from cli.printing import as_json
from cli.target import Target, chosen

Check = Callable[[Target, datetime], Iterator[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    checks.stack_status,
    checks.table,
    checks.alert_path,
    checks.dead_letters,
    checks.functions,
    checks.import_bucket,
    checks.alarms,
    people_checks.api,
    people_checks.site,
    people_checks.people,
    people_checks.homes,
    checks.clock,
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
