"""Results are stored with the parameters that they come from, and read back as they were."""

import json
from pathlib import Path

from simulation.parameters import Plan
from simulation.results import FILE, fingerprint, load, save


def test_stored_results_come_from_the_committed_parameters() -> None:
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    assert stored["parameters"] == fingerprint(), "the parameters changed: run `make simulate`"


def test_stored_results_hold_the_whole_plan(plan: Plan) -> None:
    results = load()
    assert list(results.worlds) == [each.name for each in plan.worlds]
    assert list(results.sensitivity) == [each.name for each in plan.sensitivity]
    assert list(results.reminders) == [each.name for each in plan.reminders]
    for rows in results.worlds.values():
        assert [row.needs_declared for row in rows] == plan.needs_declared
        assert all(list(row.by_seed) == plan.parameters.run.seeds for row in rows)


def test_results_are_read_as_they_were_saved(tmp_path: Path) -> None:
    copy = tmp_path / "results.json"
    save(load(), copy)
    assert copy.read_bytes() == FILE.read_bytes()
