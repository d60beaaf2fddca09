"""What Bedboard costs a month, from the committed measurements: `python -m benchmarks.cost`.

Without options it writes docs/cost.md. For a council or a usage of your own it only prints.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markdown import Markdown

from benchmarks.cost import measurements
from benchmarks.cost.page import TARGET_HOMES, TARGET_USD, CostReport
from benchmarks.cost.prices import read_prices
from benchmarks.cost.template import COUNCIL, Template, read_assembly
from benchmarks.cost.usage import UsageError, read_usage
from local.emulator.process import ROOT

COMMAND: Final = "make cost"
PAGE: Final = ROOT / "docs" / "cost.md"


def main() -> None:
    """Print the page, and write it where council and usage are the default ones."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cost", description=__doc__)
    parser.add_argument("--council", help="price the template of this council")
    parser.add_argument("--usage", type=Path, help="a TOML file with usage numbers of your own")
    parser.add_argument(
        "--template", action="store_true", help="first read the template of council.toml again"
    )
    arguments = parser.parse_args()
    if arguments.template:
        current = replace(measurements.load(), template=_synthesise(COUNCIL))
        measurements.save(current)
    try:
        report = cost_report(arguments.council, arguments.usage)
    except UsageError as error:
        sys.exit(str(error))
    is_own = arguments.council or arguments.usage
    text = report.page()
    if not is_own:
        PAGE.write_text(text, encoding="utf-8")
    Console().print(Markdown(text) if sys.stdout.isatty() else text, soft_wrap=True, markup=False)
    if not report.meets_target and not is_own:
        sys.exit(
            f"a council of {TARGET_HOMES} homes pays {report.own_account_usd:.2f} dollars a month"
            f" in an account of its own, above the target of {TARGET_USD:.0f}"
        )


def cost_report(council: str | None = None, usage: Path | None = None) -> CostReport:
    """Build the report of a council and a usage, or of the default ones. Raises UsageError."""
    measured = measurements.load()
    command = COMMAND
    if council:
        command += f" COUNCIL={council}"
    if usage:
        command += f" USAGE={usage.name}"
    return CostReport(
        measurements=measured,
        template=_synthesise(council) if council else measured.template,
        usage=read_usage(usage),
        prices=read_prices(),
        council=_file_of(council or COUNCIL),
        command=command,
    )


def _synthesise(council: str) -> Template:
    """Write a council's template and read it; exit with a message where that fails."""
    # The CDK takes seconds to import, and the default page does without it.
    from infra.council.load import SettingsError
    from local.emulator.assembly import SynthError, assembly

    try:
        return read_assembly(assembly(council))
    except (SettingsError, SynthError) as error:
        sys.exit(str(error))


def _file_of(council: str) -> str:
    """Return the council's file, relative to this repository where it lies inside."""
    if not council.endswith(".toml"):
        return f"councils/{council}.toml"
    path = Path(council).resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


if __name__ == "__main__":
    main()
