"""How a council uses it: numbers with their reasons, and what follows from them for its homes."""

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
    """A council's own numbers cannot be used; the message names the key."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number and why it is taken."""

    value: float
    reason: str


Usage = Mapping[str, Assumption]


def usage(own: Path | None = None) -> Usage:
    """The numbers of `usage.toml`, some perhaps replaced by a council's own. Raises UsageError."""
    found = _read(FILE)
    if own is None:
        return found
    replaced = _read(own)
    unknown = sorted(replaced.keys() - found.keys())
    if unknown:
        raise UsageError(f"{own.name}: unknown {unknown[0]}; expected one of {', '.join(found)}")
    return {**found, **replaced}


def _read(file: Path) -> dict[str, Assumption]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file.name} cannot be read: {error}") from None
    return {name: _assumption(file, name, entry) for name, entry in content.items()}


def _assumption(file: Path, name: str, entry: Any) -> Assumption:  # noqa: ANN401 - what TOML holds
    value = entry.get("value") if isinstance(entry, dict) else entry
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise UsageError(f"{file.name}: {name} is {value!r}; expected a number of 0 or more")
    if value == 0 and name in _DIVISORS:
        raise UsageError(f"{file.name}: {name} is 0; expected more than 0")
    own = "the council's own"
    reason = entry.get("reason", own) if isinstance(entry, dict) else own
    return Assumption(float(value), str(reason))
