"""Write docs/performance.md and its plots from results.json: `python -m benchmarks.report`."""

import json

from benchmarks.report.performance import RESULTS, write_page

if __name__ == "__main__":
    write_page(json.loads(RESULTS.read_text(encoding="utf-8")))
