"""The finding of a check: its level, what the state is, and what to do about it."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How serious a finding is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and someone should look at it."""
    BROKEN = "broken"


class Finding(NamedTuple):
    """One line of the doctor's report."""

    level: Level
    state: str
    action: str = ""
    """What to do; empty where all is well."""


def ok(state: str) -> Finding:
    """Report that something is as it should be."""
    return Finding(Level.OK, state)


def warning(state: str, action: str) -> Finding:
    """Report something that works and that someone should look at."""
    return Finding(Level.WARNING, state, action)


def broken(state: str, action: str) -> Finding:
    """Report something that does not work."""
    return Finding(Level.BROKEN, state, action)
