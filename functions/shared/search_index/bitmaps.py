"""What a home is and offers, as whole numbers: what a search can ask of many homes at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from shared.domain.availability import free_beds
from shared.domain.documents import HomeDocument
from shared.domain.vocabulary import BedCategory, Feature, Rating, ServiceUserBand

Trait = int
"""Its value means nothing outside one process."""

HOUR: Final = 3600
HOURS_A_DAY: Final = 24
DAY: Final = HOURS_A_DAY * HOUR

EVERY_HOME: Final[Trait] = 0

_NAMED: Final[dict[str, Trait]] = {
    name: number
    for number, name in enumerate([*BedCategory, *ServiceUserBand, *Feature, *Rating], start=1)
}
_POSITIONS: Final[dict[str, int]] = {name: at for at, name in enumerate(BedCategory)}
_ANY_CATEGORY: Final = len(BedCategory)
_BEDS: Final = len(_NAMED) + 1
"""From here on eleven traits for each number of beds: one a category, one for any of them. For
0 beds the eleven are free: there it says that a bed is announced."""


def has(what: BedCategory | ServiceUserBand | Feature) -> Trait:
    """The home has beds of this category, free or not, or this band or feature."""
    return _NAMED[what]


def rated_at_least(rating: Rating) -> Trait:
    return _NAMED[rating]


def announces(category: BedCategory) -> Trait:
    """A bed of this category comes free on some day."""
    return _BEDS + _POSITIONS[category]


def accepting(category: BedCategory | None, beds: int) -> Trait:
    """At least so many beds of this category (None: of one of them, whichever) are free now."""
    return _beds(_ANY_CATEGORY if category is None else _POSITIONS[category], beds)


def confirmed_on(day: int) -> Trait:
    """Confirmed on this day, counted from the epoch."""
    return -2 * day


def confirmed_in(hour: int) -> Trait:
    """Confirmed in this hour, counted from the epoch."""
    return -2 * hour - 1


def traits_of(home: HomeDocument, coming: Iterable[str]) -> tuple[Trait, ...]:
    """Every trait of a home, once; `coming` are the categories in which it announces a bed."""
    found = [EVERY_HOME, *map(_NAMED.__getitem__, home["beds"])]
    found += map(_NAMED.__getitem__, home["service_user_bands"])
    found += map(_NAMED.__getitem__, home["features"])
    if rating := home.get("rating"):
        found += range(_NAMED[Rating.INADEQUATE], _NAMED[rating] + 1)
    free = free_beds(home)
    for category, most in free.items():
        found += [_beds(_POSITIONS[category], beds) for beds in range(1, most + 1)]
    found += [_beds(_ANY_CATEGORY, beds) for beds in range(1, max(free.values(), default=0) + 1)]
    found += [_BEDS + _POSITIONS[category] for category in coming]
    if confirmed := home.get("confirmed_at"):
        seconds = int(datetime.fromisoformat(confirmed).timestamp())
        found += confirmed_on(seconds // DAY), confirmed_in(seconds // HOUR)
    return tuple(found)


def _beds(position: int, beds: int) -> Trait:
    return _BEDS + beds * (_ANY_CATEGORY + 1) + position
