"""What a check of a stack comes to: a line, and what to do where it is not well."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    LOOK = "look"
    """It works; somebody should look."""
    BROKEN = "broken"


class Finding(NamedTuple):
    """One line of what was found."""

    level: Level
    what: str
    todo: str = ""


def ok(what: str) -> Finding:
    return Finding(Level.OK, what)


def look(what: str, todo: str) -> Finding:
    return Finding(Level.LOOK, what, todo)


def broken(what: str, todo: str) -> Finding:
    return Finding(Level.BROKEN, what, todo)
