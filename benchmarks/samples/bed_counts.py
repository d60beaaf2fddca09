"""Bed counts of a category, as a home posts them."""

from typing import Final

OF: Final = 20
"""Beds of every category that a home has."""


def counts(accepting: int) -> dict[str, int]:
    """So many free, all others occupied."""
    return {
        "maximum_capacity": OF,
        "occupied": OF - accepting,
        "reserved": 0,
        "accepting": accepting,
        "not_available": 0,
    }
