"""Read parameters.toml: what the simulated council is made of, its levers and its variations."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import gamma
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

FILE: Final = Path(__file__).with_name("parameters.toml")

Changes = Mapping[str, float | str]
"""Other values for some parameters, by their names, such as "posting.daily"."""


@dataclass(frozen=True, slots=True)
class Run:
    """How long a council year is, and with which seeds it is repeated."""

    seeds: Sequence[int]
    warm_up_days: int
    days: int


@dataclass(frozen=True, slots=True)
class Beds:
    """The homes and how full they are."""

    homes: int
    size_quartiles: Sequence[int]
    size_smallest: int
    size_beyond_upper_quartile: float
    size_largest: int
    occupied: float
    not_admittable: float
    occupied_spread: float
    not_admittable_days: float
    nursing_homes: float
    two_categories: float
    dementia_only: float


@dataclass(frozen=True, slots=True)
class Stays:
    """How long people live in a home."""

    weibull_shape: float
    weibull_scale_days: float
    short_share: float
    short_days: float

    @property
    def mean_days(self) -> float:
        """Return the mean of all stays."""
        long = self.weibull_scale_days * gamma(1 + 1 / self.weibull_shape)
        return self.short_share * self.short_days + (1 - self.short_share) * long


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Who comes, and when."""

    from_hospital: float
    steadying: float
    season: float
    bursts_a_year: float
    burst_days: int
    burst_times: float
    outbreaks_a_home_year: float
    outbreak_days: int


@dataclass(frozen=True, slots=True)
class Places:
    """Where homes are and people live."""

    side_miles: float
    towns: int
    in_towns: float
    town_miles: float


@dataclass(frozen=True, slots=True)
class Posting:
    """How often homes post, and how often that is wrong from the outset."""

    monthly: float
    weekly: float
    daily: float
    monthly_misses: float
    weekly_misses: float
    daily_misses: float
    outset_error: float


@dataclass(frozen=True, slots=True)
class Declaring:
    """How right homes are about the needs that they meet."""

    right: float
    ask: float
    alike: float


@dataclass(frozen=True, slots=True)
class Calling:
    """How discharge teams look for a place."""

    most_a_day: int
    last_word: float
    radius_miles: Sequence[float]
    gives_up_days: int
    phone_anyway: float


@dataclass(frozen=True, slots=True)
class Reminding:
    """Whom the council reminds, and how many of them post because of it."""

    rule: str
    worth: float
    """The least value of a reminder, where reminders go by value."""
    answered: float


@dataclass(frozen=True, slots=True)
class Auditing:
    """How the council's audit is repeated, and how much of it goes without an answer."""

    audits: int
    uncalled: float
    unanswered: float


@dataclass(frozen=True, slots=True)
class Reporting:
    """How many teams there are, and which of their calls they report."""

    teams: int
    there: float
    gone: float


@dataclass(frozen=True, slots=True)
class People:
    """How many needs a person has."""

    number_of_needs: Sequence[int]
    number_weights: Sequence[float]


@dataclass(frozen=True, slots=True)
class NeedShare:
    """How many homes can meet a need, and how often people have it."""

    able: float
    needed: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that a council year is made of but the seed and the levers."""

    run: Run
    beds: Beds
    stays: Stays
    arrivals: Arrivals
    places: Places
    posting: Posting
    declaring: Declaring
    calling: Calling
    reminding: Reminding
    auditing: Auditing
    reporting: Reporting
    people: People
    needs: Mapping[str, NeedShare]


@dataclass(frozen=True, slots=True)
class Variation:
    """A world, or a row of the sensitivity table: the parameters with some of them changed."""

    name: str
    changes: Changes
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run: the parameters, and what is varied."""

    parameters: Parameters
    needs_declared: Sequence[float]
    worlds: Sequence[Variation]
    sensitivity: Sequence[Variation]
    reminders: Sequence[Variation] = ()


_SECTIONS: Final = MappingProxyType(
    {
        "run": Run,
        "beds": Beds,
        "stays": Stays,
        "arrivals": Arrivals,
        "places": Places,
        "posting": Posting,
        "declaring": Declaring,
        "calling": Calling,
        "reminding": Reminding,
        "auditing": Auditing,
        "reporting": Reporting,
        "people": People,
    }
)


def read_plan(file: Path = FILE) -> Plan:
    """Read the file. Raises TypeError or KeyError where a parameter is missing or unknown."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    sections: dict[str, Any] = {
        name: section(**{key: entry["value"] for key, entry in content[name].items()})
        for name, section in _SECTIONS.items()
    }
    needs = {name: NeedShare(**share) for name, share in content["needs"].items()}
    return Plan(
        Parameters(**sections, needs=needs),
        content["levers"]["needs_declared"],
        [_variation(each) for each in content["worlds"]],
        [_variation(each) for each in content["sensitivity"]],
        [_variation(each) for each in content["reminders"]],
    )


def _variation(entry: Mapping[str, Any]) -> Variation:
    return Variation(entry["name"], entry.get("changes", {}), entry.get("why", ""))


def changed(parameters: Parameters, changes: Changes) -> Parameters:
    """Return the parameters with these changed. Raises AttributeError or TypeError if unknown."""
    for name, value in changes.items():
        section, _, key = name.partition(".")
        part = replace(getattr(parameters, section), **{key: value})
        parameters = replace(parameters, **{section: part})
    return parameters
