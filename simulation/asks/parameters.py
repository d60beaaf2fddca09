"""Read parameters.toml: what a rush on one free bed is made of."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("parameters.toml")


@dataclass(frozen=True, slots=True)
class Rush:
    """How many teams are told of one bed, when, and how often that is tried."""

    teams: int
    openings: int
    seed: int
    opens_at: str
    working_hours: str
    gives_up_hours: float

    @property
    def start(self) -> datetime:
        """Return when the bed opens."""
        return datetime.fromisoformat(self.opens_at)


@dataclass(frozen=True, slots=True)
class Telling:
    """How fast messages leave."""

    messages_a_second: float


@dataclass(frozen=True, slots=True)
class Teams:
    """How teams react to a message."""

    notice_minutes: float
    notice_spread: float
    slowest_times: float
    phone_anyway: Sequence[float]


@dataclass(frozen=True, slots=True)
class Home:
    """How the home answers."""

    answer_minutes: float
    answer_spread: float
    silent: float
    says_yes: float
    talks_before_yes: float
    talks_before_no: float
    posts_after_minutes: float


@dataclass(frozen=True, slots=True)
class Fairness:
    """How it is tried whether every team has the same chance."""

    teams: int
    openings: int
    system_seconds: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that a rush is made of."""

    rush: Rush
    telling: Telling
    teams: Teams
    home: Home
    fairness: Fairness


def read_parameters(file: Path = FILE) -> Parameters:
    """Read the file. Raises TypeError or KeyError where a parameter is missing or unknown."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    values = {
        section: {name: entry["value"] for name, entry in entries.items()}
        for section, entries in content.items()
    }
    return Parameters(
        Rush(**values["rush"]),
        Telling(**values["telling"]),
        Teams(**values["teams"]),
        Home(**values["home"]),
        Fairness(**values["fairness"]),
    )
