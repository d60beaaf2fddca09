"""What the runs came to, as results.json holds it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from simulation.calibration import BinFigures
from simulation.measures import Figures
from simulation.parameters import FILE as PARAMETERS
from simulation.rates import Rates
from simulation.teams import CallOutcome

FILE: Final = Path(__file__).with_name("results.json")

_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One world with one share of the needs declared."""

    needs_declared: float
    figures: Figures
    """Of all seeds together."""
    by_seed: Mapping[int, Figures]


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of each world, of each row of the sensitivity table and of reminders, by name."""

    worlds: Mapping[str, Sequence[Row]]
    sensitivity: Mapping[str, Sequence[Row]]
    reminders: Mapping[str, Sequence[Row]]


def row_of(rows: Sequence[Row], needs_declared: float) -> Row:
    """Return the row with this share of the needs declared. Raises ValueError if there is none."""
    (row,) = (each for each in rows if each.needs_declared == needs_declared)
    return row


def save(results: Results, file: Path = FILE) -> None:
    """Write the results beside the fingerprint of the parameters that they come from."""
    content = {
        "parameters": fingerprint(),
        "worlds": _to_json(results.worlds),
        "sensitivity": _to_json(results.sensitivity),
        "reminders": _to_json(results.reminders),
    }
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def load(file: Path = FILE) -> Results:
    """Read what was saved."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return Results(*(_from_json(content[name]) for name in ("worlds", "sensitivity", "reminders")))


def fingerprint(parameters: Path = PARAMETERS) -> str:
    """Return the SHA-256 of the parameters' file."""
    return hashlib.sha256(parameters.read_bytes()).hexdigest()


def rounded(figures: Figures) -> Figures:
    """Return the figures as they are saved."""
    return _figures(_rounded(asdict(figures)))


def _to_json(rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    return {
        name: [
            {
                "needs_declared": row.needs_declared,
                "all_seeds": _rounded(asdict(row.figures)),
                "by_seed": {
                    str(seed): _rounded(asdict(each)) for seed, each in row.by_seed.items()
                },
            }
            for row in each_rows
        ]
        for name, each_rows in rows.items()
    }


def _from_json(content: Mapping[str, Any]) -> dict[str, Sequence[Row]]:
    return {
        name: [
            Row(
                row["needs_declared"],
                _figures(row["all_seeds"]),
                {int(seed): _figures(each) for seed, each in row["by_seed"].items()},
            )
            for row in rows
        ]
        for name, rows in content.items()
    }


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _rounded(value) if isinstance(value, dict) else round(value, _DIGITS)
        for name, value in values.items()
    }


def _figures(values: Mapping[str, Any]) -> Figures:
    wasted = {CallOutcome(cause): count for cause, count in values["wasted"].items()}
    calibration = {edge: BinFigures(**each) for edge, each in values["calibration"].items()}
    rates = Rates.from_json(values["rates"])
    return Figures(**{**values, "wasted": wasted, "calibration": calibration, "rates": rates})
