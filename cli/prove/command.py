"""`bedboard prove`: hold a deployed stack to what Bedboard promises, once, before people come."""

import re
import signal
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import httpx
import typer
from rich.console import Console

from claims.ledger import BrokenClaimError, Claim, Ledger, Outcome
from cli.errors import BUGS, EXIT_PROBLEM, EXPECTED_ERRORS, UsageError, describe
from cli.options import AsJson
from cli.output import plural, print_json, print_message
from cli.prove import record
from cli.prove.cleanup import Leftover
from cli.prove.leftovers import remove_leftovers
from cli.prove.proof import Options, Proof
from cli.prove.record import StepResult
from cli.prove.steps import STEPS, Step
from cli.target import Target, selected_stack
from infra.council.load import ROOT
from infra.deployed import Deployed
from shared.domain.contact_details import email_address

EXIT_INTERRUPTED: Final = 130

_COLOURS: Final = {Outcome.HELD: "green", Outcome.BROKEN: "red", Outcome.UNSEEN: "magenta"}
_WIDTH: Final = 10
_PHONE: Final = r"\+[1-9][0-9]{7,14}"


def prove(
    context: typer.Context,
    mail: Annotated[
        str,
        typer.Option("--mail", metavar="ADDRESS", help="Send an invitation to this address too."),
    ] = "",
    phone: Annotated[
        str,
        typer.Option("--phone", metavar="NUMBER", help="Send a text to this number (+44...) too."),
    ] = "",
    slow: Annotated[
        bool,
        typer.Option(
            "--slow", help="Also run what takes long or disturbs people. Only before people come."
        ),
    ] = False,
    record_events: Annotated[
        bool,
        typer.Option("--record", help="Keep what AWS sent, redacted, as contracts for the tests."),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="STEP", help="Run only these steps, and those they need."),
    ] = None,
    tidy: Annotated[
        bool,
        typer.Option("--tidy", help="Only remove what a proof that was killed left behind."),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="Write the record here, not to proofs/."),
    ] = None,
    contracts: Annotated[
        Path | None,
        typer.Option(
            "--contracts", metavar="FOLDER", help="Write events here, not to tests/contracts/."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a deployed stack to what Bedboard promises, and write down what was seen.

    It makes fictional people, two fictional homes far out at sea, a team and its alert, and
    removes them again, also after a failure or Ctrl-C. It takes some minutes and costs some cents.
    Each claim is **held**, **broken** or **not seen**, with the reason. Exit status 1 if one is
    broken or something is left behind.

    Examples:

    - `bedboard prove --council devon`

    - `bedboard prove --council devon --slow --record --mail me@example.gov.uk`
    """
    options = _options(mail, phone, slow=slow, record_events=record_events)
    steps = _chosen(only)
    stack = selected_stack(context)
    if tidy:
        _tell_removed(remove_leftovers(stack))
        return
    _require_settled(stack)
    console = Console(highlight=False, soft_wrap=True, quiet=as_json)
    ledger = Ledger(lambda claim: _print_claim(console, claim))
    name = context.find_root().params.get("council") or "local"
    run = run_steps(Proof(stack, ledger, options, name), steps, console)
    content = run.document()
    path = record.write(content, folder or record.PROOFS, run.slug, run.started)
    events = _write_events(run, contracts)
    if as_json:
        print_json(content)
    for each in run.left:
        print_message(f"left behind: {each.what}: {each.why} (bedboard prove --tidy)")
    _print_summary(content, path, len(events))
    if run.interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)
    if run.left or any(result.outcome is Outcome.BROKEN for result in run.results):
        raise typer.Exit(EXIT_PROBLEM)


@dataclass
class Run:
    """One run of the steps, and what became of what it made."""

    proof: Proof
    started: datetime
    results: list[StepResult] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[Leftover] = field(default_factory=list)
    interrupted: bool = False

    @property
    def slug(self) -> str:
        """The council's slug."""
        return self.proof.stack.stack_name.removeprefix("bedboard-")

    def document(self) -> dict[str, Any]:
        """Return the record, redacted."""
        return record.document(self.proof, self.results, self.started, self.removed, self.left)


def run_steps(proof: Proof, steps: Sequence[Step], console: Console) -> Run:
    """Run the steps, and remove what they made, whatever became of them."""
    run = Run(proof, datetime.now(UTC))
    # A terminal that closes, or a runner that gives up, ends it as Ctrl-C does.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _tell_removed(remove_leftovers(proof.stack))
        for step in steps:
            console.print(f"\n{step.name}", style="bold")
            run.results.append(run_step(step, proof))
            if run.results[-1].ended_by:
                ended_by = run.results[-1].ended_by
                console.print(f"{'':{_WIDTH}}ended early: {ended_by}", markup=False)
    except (KeyboardInterrupt, typer.Abort):  # Typer's own where a question was asked
        run.interrupted = True
        print_message("Interrupted. What the proof made is being removed; please wait.")
    finally:
        run.removed, run.left = proof.cleanup.run()
        proof.http.close()
        signal.signal(signal.SIGTERM, before)
    return run


def run_step(step: Step, proof: Proof) -> StepResult:
    """Run a step; whatever ends it is written down, and the next one runs."""
    ledger, began = proof.ledger, time.monotonic()
    ledger.claims = []
    ended_by = ""
    try:
        step.run(proof)
    except BrokenClaimError:
        pass  # It is in the ledger.
    except EXPECTED_ERRORS as error:
        ended_by = describe(error).message
    except httpx.HTTPError as error:
        ended_by = f"{type(error).__name__}: {error}"
    except typer.Abort:
        raise
    except (*BUGS, RuntimeError) as error:
        # Nobody has seen every answer of AWS: one that is not understood must not end the rest.
        ended_by = f"a fault in bedboard itself: {error!r} at {_place_of(error)}"
    return StepResult(step.name, ledger.claims, time.monotonic() - began, ended_by)


def _require_settled(stack: Target) -> None:
    """Check that no deployment is under way. Raises UsageError.

    A proof raises an alarm, and an alarm undoes a deployment that CloudFormation still watches.
    """
    cloudformation = stack.client("cloudformation")
    for name in (stack.data_stack_name, stack.stack_name):
        status = Deployed.read(cloudformation, name).status
        if status.endswith("_IN_PROGRESS"):
            raise UsageError(f"{name} is {status}. Wait until that deployment has ended.")
        if not status:
            raise UsageError(
                f"There is no stack {name}. Deploy it first (make deploy COUNCIL=...)."
            )


def _place_of(error: Exception) -> str:
    """Return the innermost line of this project in which an error arose."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if "site-packages" not in each.filename]
    frame = next((each for each in reversed(own) if each.filename.startswith(str(ROOT))), own[-1])
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _tell_removed(removed: Sequence[str]) -> None:
    for what in removed:
        print_message(f"removed, left by an earlier proof: {what}")


def _options(mail: str, phone: str, *, slow: bool, record_events: bool) -> Options:
    """Check what was typed. Raises UsageError."""
    if mail and email_address(mail) is None:
        raise UsageError(f"--mail {mail} is not an email address.")
    if phone and not re.fullmatch(_PHONE, phone):
        raise UsageError("--phone must be a number with its country, such as +447700900000.")
    return Options(mail, phone, slow=slow, record=record_events)


def _chosen(only: list[str] | None) -> list[Step]:
    """Return the steps to run, in their order. Raises UsageError."""
    names = [step.name for step in STEPS]
    unknown = sorted(set(only or ()) - set(names))
    if unknown:
        raise UsageError(f"There is no step {unknown[0]}. The steps are: {', '.join(names)}.")
    if not only:
        return list(STEPS)
    wanted = set(only)
    for step in reversed(STEPS):
        if step.name in wanted:
            wanted |= set(step.needs)
    return [step for step in STEPS if step.name in wanted]


def _print_claim(console: Console, claim: Claim) -> None:
    console.print(f"{claim.outcome:{_WIDTH}}", style=_COLOURS[claim.outcome], end="")
    console.print(claim.text, markup=False)
    if claim.seen:
        console.print(f"{'':{_WIDTH}}{claim.seen[:300]}", markup=False, style="dim")


def _write_events(run: Run, folder: Path | None) -> list[Path]:
    """Write the events that were kept; those of an emulator not among the contracts."""
    if folder is None and run.proof.is_emulated and run.proof.events:
        print_message(
            "What an emulator sends is no contract, so its events are not kept."
            " --contracts FOLDER writes them elsewhere."
        )
        return []
    return record.write_events(run.proof, folder or record.CONTRACTS, run.started)


def _print_summary(content: dict[str, Any], path: Path, events: int) -> None:
    counts = content["claims"]
    print_message(
        f"{plural(counts[Outcome.HELD], 'claim')} held, {counts[Outcome.BROKEN]} broken,"
        f" {counts[Outcome.UNSEEN]} not seen, in {content['seconds']} s, on {content['where']}."
        f" The record is {path}."
    )
    if events:
        print_message(f"{plural(events, 'event')} kept. Read them before you commit them.")
