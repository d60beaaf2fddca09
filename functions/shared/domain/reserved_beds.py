"""How a home's yes to an ask, and a person moving in, change its counts: each is its own post."""

from dataclasses import replace

from shared.domain.beds import BedCounts
from shared.domain.care_home import CareHome
from shared.domain.errors import ConflictError
from shared.domain.vocabulary import BedCategory


def with_bed_reserved(home: CareHome, category: BedCategory) -> CareHome:
    """Return the home with one bed reserved that was accepting. Raises ConflictError.

    It says nothing of the other beds, so it does not change when the home said its counts.
    """
    counts = home.beds.get(category)
    if counts is None or not counts.accepting:
        raise ConflictError("Your beds as you posted them have no free bed of this kind.")
    return _with_counts(
        home,
        category,
        replace(counts, accepting=counts.accepting - 1, reserved=counts.reserved + 1),
    )


def with_bed_occupied(home: CareHome, category: BedCategory) -> CareHome:
    """Return the home with one bed occupied that was reserved. Raises ConflictError."""
    counts = home.beds.get(category)
    if counts is None or not counts.reserved:
        raise ConflictError("Your beds as you posted them have no reserved bed of this kind.")
    return _with_counts(
        home,
        category,
        replace(counts, reserved=counts.reserved - 1, occupied=counts.occupied + 1),
    )


def _with_counts(home: CareHome, category: BedCategory, counts: BedCounts) -> CareHome:
    return replace(home, version=home.version + 1, beds={**home.beds, category: counts})
