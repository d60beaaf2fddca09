"""How a council uses Bedboard: numbers with their reasons."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("usage.toml")

_DIVISORS: Final = frozenset(
    {
        "busy_hours_a_day",
        "hours_until_replaced",
        "cpu_of_this_machine",
        "updates_per_home_and_day",
        "idle_minutes_until_cold",
    }
)


class UsageError(Exception):
    """A council's own numbers cannot be used. The message names the key."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number, and the reason for it."""

    value: float
    reason: str


Usage = Mapping[str, Assumption]


def read_usage(own: Path | None = None) -> Usage:
    """Read `usage.toml`, with a council's own numbers instead where given. Raises UsageError."""
    defaults = _read(FILE)
    if own is None:
        return defaults
    replaced = _read(own)
    unknown = sorted(replaced.keys() - defaults.keys())
    if unknown:
        raise UsageError(
            f"{own.name}: unknown number {unknown[0]}. Use one of: {', '.join(defaults)}"
        )
    return {**defaults, **replaced}


def _read(file: Path) -> dict[str, Assumption]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file.name} cannot be read: {error}") from None
    return {name: _assumption(file, name, entry) for name, entry in content.items()}


def _assumption(file: Path, name: str, entry: Any) -> Assumption:  # noqa: ANN401 - what TOML holds
    value = entry.get("value") if isinstance(entry, dict) else entry
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise UsageError(f"{file.name}: {name} is {value!r}. It must be a number of 0 or more")
    if value == 0 and name in _DIVISORS:
        raise UsageError(f"{file.name}: {name} is 0. It must be more than 0")
    own = "the council's own"
    reason = entry.get("reason", own) if isinstance(entry, dict) else own
    return Assumption(float(value), str(reason))
