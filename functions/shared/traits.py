"""What a home is and offers, as small whole numbers that a search can ask for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from shared.model import Document
from shared.vocabulary import (
    AdmissionState,
    BedCategory,
    Feature,
    Rating,
    Registration,
    ServiceUserBand,
)

Trait = int
"""Every home has some; the numbers mean nothing outside one process."""

HOUR, DAY = 3600, 86400

EVERY_HOME: Final[Trait] = 0

_NAMED = {
    name: number
    for number, name in enumerate([*BedCategory, *ServiceUserBand, *Feature, *Rating], start=1)
}
_COMING_FREE: Final = len(_NAMED) + 1
_IN_ANY_CATEGORY: Final = len(BedCategory)
_POSITIONS = {category: position for position, category in enumerate(BedCategory)}


def is_registered(home: Document) -> bool:
    """Whether anybody may find it at all: a dormant home has no beds to offer."""
    is_active: bool = home["registration"] == Registration.ACTIVE
    return is_active


def free_beds(home: Document) -> dict[str, int]:
    """`Home.offers` read off a document: the beds that can be had now, by category."""
    if not _admits(home):
        return {}
    return {
        category: counts["accepting"]
        for category, counts in home["beds"].items()
        if counts["accepting"]
    }


def coming_free(home: Document) -> dict[str, str]:
    """By category, the day from which a bed is announced; nothing at a closed home."""
    if not _admits(home):
        return {}
    return {
        category: counts["available_from"]
        for category, counts in home["beds"].items()
        if "available_from" in counts
    }


def _admits(home: Document) -> bool:
    is_open: bool = home["admission_status"]["status"] == AdmissionState.OPEN
    return is_open and is_registered(home)


def has(what: BedCategory | ServiceUserBand | Feature) -> Trait:
    """The home has such beds, full or not, or such a band or feature."""
    return _NAMED[what]


def rated_at_least(rating: Rating) -> Trait:
    return _NAMED[rating]


def announces(category: BedCategory) -> Trait:
    """A bed of this category comes free some day."""
    return _COMING_FREE + _POSITIONS[category]


def accepting(category: BedCategory | None, beds: int) -> Trait:
    """At least so many beds of this category (None: of one of them, whichever) can be had now."""
    return _accepting(_IN_ANY_CATEGORY if category is None else _POSITIONS[category], beds)


def _accepting(position: int, beds: int) -> Trait:
    return _COMING_FREE + beds * (_IN_ANY_CATEGORY + 1) + position


def traits_of(home: Document) -> Iterator[Trait]:
    """Every trait of a home, once."""
    named = _NAMED
    yield EVERY_HOME
    # Who never posted may have beds of any category.
    for category in home["beds"] or BedCategory:
        yield named[category]
    for band in home["service_user_bands"]:
        yield named[band]
    for feature in home["features"]:
        yield named[feature]
    if rating := home.get("rating"):
        worst = named[Rating.INADEQUATE]
        yield from range(worst, named[rating] + 1)
    most = 0
    for category, free in free_beds(home).items():
        most = max(most, free)
        for beds in range(1, free + 1):
            yield _accepting(_POSITIONS[category], beds)
    for beds in range(1, most + 1):
        yield _accepting(_IN_ANY_CATEGORY, beds)
    for category in coming_free(home):
        yield _COMING_FREE + _POSITIONS[category]
    if confirmed := home.get("confirmed_at"):
        seconds = datetime.fromisoformat(confirmed).timestamp()
        yield confirmed_on(int(seconds // DAY))
        yield confirmed_in(int(seconds // HOUR))


def confirmed_on(day: int) -> Trait:
    return -2 * day


def confirmed_in(hour: int) -> Trait:
    return -2 * hour - 1
