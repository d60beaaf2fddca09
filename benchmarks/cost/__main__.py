"""`python -m benchmarks.cost`: measure on a stack of its own, price it, write docs/cost.md."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console
from rich.markdown import Markdown

from benchmarks.cost import measuring
from benchmarks.cost.bill import Meter
from benchmarks.cost.calls import alerts_of
from benchmarks.cost.findings import TARGET_HOMES, TARGET_USD, Findings
from benchmarks.cost.prices import prices
from benchmarks.cost.report import COMMAND, page, target
from benchmarks.cost.template import standing
from benchmarks.cost.usage import Usage, UsageError, usage
from benchmarks.meter import probing
from infra.council.load import SettingsError
from local.demo.seed import SeedError
from local.emulator.assembly import SynthError, assembly
from local.emulator.deploy import DeployError
from local.emulator.process import ROOT, EmulatorError
from local.emulator.stack import running

HOMES: Final = (50, 300, 1_000, 15_000)
COUNCIL: Final = str(Path(__file__).with_name("council.toml"))
PAGE: Final = ROOT / "docs" / "cost.md"


def found(council: str, numbers: Usage, command: str) -> Findings:
    """Deploy, measure, multiply. Raises MeasuringError and what a deployment raises."""

    def say(text: str) -> None:
        print(f"cost: {text}", file=sys.stderr, flush=True)

    say("writing the council's template")
    written = assembly(council)
    there = standing(written)
    with TemporaryDirectory() as folder, running(Path(folder) / "stack", say=say) as stack:
        probing.quieten(stack)
        probe = probing.Probe.of(stack, Path(folder))
        say("measuring an import")
        once = probing.once(probe, written)
        sizes = measuring.sizes(probe, HOMES, lambda homes: alerts_of(numbers, homes), say)
        measured = list(sizes)
    return Findings(
        measured=measured,
        once=once,
        bills=[Meter(each, once, numbers, there).bill() for each in measured],
        standing=there,
        usage=numbers,
        prices=prices(),
        council=_shown(council),
        command=command,
        now=datetime.now(UTC),
    )


def _shown(council: str) -> str:
    """Its file, as somebody in this folder would name it."""
    if not council.endswith(".toml"):
        return f"councils/{council}.toml"
    path = Path(council).resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def main() -> None:
    """Write the page, or only print it for a council or a usage of one's own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cost", description=__doc__)
    parser.add_argument("--council", default=COUNCIL, help="whose template; default: one with all")
    parser.add_argument("--usage", type=Path, help="a TOML file of numbers of your own")
    arguments = parser.parse_args()
    own = arguments.council != COUNCIL or arguments.usage
    command = COMMAND
    if arguments.council != COUNCIL:
        command += f" COUNCIL={arguments.council}"
    if arguments.usage:
        command += f" USAGE={arguments.usage.name}"
    try:
        findings = found(arguments.council, usage(arguments.usage), command)
    except (
        *(SettingsError, UsageError, SynthError, EmulatorError, DeployError, SeedError),
        probing.MeasuringError,
    ) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("interrupted")
    text = page(findings)
    if not own:
        PAGE.write_text(text, encoding="utf-8")
    Console().print(Markdown(text) if sys.stdout.isatty() else text, soft_wrap=True, markup=False)
    amount, met = target(findings)
    if not met and not own:
        sys.exit(f"{TARGET_HOMES} homes: {amount:.2f} dollars a month, above {TARGET_USD:.0f}")


if __name__ == "__main__":
    main()
