"""`python -m benchmarks [--quick]`: measure all, print it, keep it, write the page."""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from typing import Final

from benchmarks.measure import MEASUREMENTS, end_in_order, measured
from benchmarks.meter import machine
from benchmarks.report.performance import drawn, performance, target_table
from benchmarks.report.tables import Tables, as_markdown
from benchmarks.scale import QUICK, WHOLE
from local.emulator.process import ROOT

RESULTS: Final = ROOT / "benchmarks" / "results.json"
DOCS: Final = ROOT / "docs"


def main() -> None:
    """Measure what is asked for, everything as a rule; only the whole is written down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work")
    parser.add_argument("only", nargs="*", metavar="measurement", help=", ".join(MEASUREMENTS))
    arguments = parser.parse_args()
    unknown = set(arguments.only) - MEASUREMENTS.keys()
    if unknown:
        parser.error(f"no measurement {', '.join(sorted(unknown))}")
    end_in_order()
    began = time.monotonic()
    scale = QUICK if arguments.quick else WHOLE
    tables: Tables = {}
    left_out: dict[str, None] = {}
    for name in arguments.only or MEASUREMENTS:
        found, missing = measured(name, scale)
        for title, table in found.items():
            print(f"\n## {title}\n\n{as_markdown(table)}", flush=True)
        tables |= found
        left_out |= dict.fromkeys(missing)
    print(f"\n## targets\n\n{target_table(tables)}")
    print(f"\nmeasured in {time.monotonic() - began:.0f} s")
    if arguments.only:
        return
    results = {
        "measured": datetime.now(UTC).date().isoformat(),
        "scale": scale.name,
        "machine": machine.described(),
        "left_out": list(left_out),
        "tables": tables,
    }
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (DOCS / "performance.md").write_text(performance(results), encoding="utf-8")
    for name, svg in drawn(tables).items():
        (DOCS / name).write_text(svg, encoding="utf-8")
    print(f"\nwritten: {RESULTS.relative_to(ROOT)}, docs/performance.md and its plots")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell says it
