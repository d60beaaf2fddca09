"""Measure Bedboard against its peers: `python -m benchmarks [--quick | --keep] [measurement ...]`.

A whole run writes results.json, docs/performance.md and its plots. With --quick, or with some of
the measurements, it only prints; --keep puts these in the place of earlier ones, with their date.
"""

import argparse
import json
import sys
import time
from datetime import UTC, datetime

from benchmarks.measure import MEASUREMENTS, exit_on_termination, measure
from benchmarks.meter import machine
from benchmarks.peers.versions import versions
from benchmarks.report.performance import RESULTS, write_page
from benchmarks.report.remeasured import put_into
from benchmarks.report.tables import Tables, as_markdown
from benchmarks.report.targets import broken_promises, target_table
from benchmarks.scale import QUICK, WHOLE, Scale


def main() -> None:
    """Run the measurements that the command line names, all by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="do a tenth of the work")
    parser.add_argument("--keep", action="store_true", help="write these measurements, too")
    parser.add_argument("only", nargs="*", metavar="measurement", help=", ".join(MEASUREMENTS))
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.only) - MEASUREMENTS.keys())
    if unknown:
        parser.error(f"unknown measurement: {', '.join(unknown)}")
    if arguments.keep and (arguments.quick or not arguments.only):
        parser.error("--keep needs the names of measurements, and no --quick")
    exit_on_termination()
    scale = QUICK if arguments.quick else WHOLE
    tables, left_out = run(arguments.only or list(MEASUREMENTS), scale)
    if broken := broken_promises(tables):
        sys.exit("\n".join(["What must hold did not:", *broken]))
    if arguments.quick or (arguments.only and not arguments.keep):
        return
    results = {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": machine.description() | versions(),
        "left_out": left_out,
        "tables": tables,
    }
    if arguments.keep:
        results = put_into(json.loads(RESULTS.read_text(encoding="utf-8")), results)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    write_page(results)
    print("\nwritten: benchmarks/results.json, docs/performance.md and its plots")


def run(names: list[str], scale: Scale) -> tuple[Tables, list[str]]:
    """Run these measurements and print their tables; return those and the peers left out."""
    began = time.monotonic()
    tables: Tables = {}
    left_out: dict[str, None] = {}
    for name in names:
        new_tables, missing = measure(name, scale)
        for title, table in new_tables.items():
            print(f"\n## {title}\n\n{as_markdown(table)}", flush=True)
        tables |= new_tables
        left_out |= dict.fromkeys(missing)
    print(f"\n## targets\n\n{target_table(tables)}")
    print(f"\nmeasured in {time.monotonic() - began:.0f} s")
    return tables, list(left_out)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell reports Ctrl-C
