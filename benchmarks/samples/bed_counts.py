"""Bed counts of a category, as a home posts them."""

from typing import Final

MAXIMUM_CAPACITY: Final = 20
"""The beds of every category that a sample home has."""


def bed_counts(accepting: int) -> dict[str, int]:
    """Return counts with so many beds accepting, and all others occupied."""
    return {
        "maximum_capacity": MAXIMUM_CAPACITY,
        "occupied": MAXIMUM_CAPACITY - accepting,
        "reserved": 0,
        "accepting": accepting,
        "not_available": 0,
    }
