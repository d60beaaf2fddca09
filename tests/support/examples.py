"""How many cases a test tries: all of them, or few under `make check`."""

import os

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "full")
"""`full`, or `quick`; registered in tests/conftest.py."""


def examples(count: int) -> settings:
    """Try so many of Hypothesis' examples; a tenth in the quick profile."""
    return settings(max_examples=part_of(count), deadline=None)


def part_of(count: int) -> int:
    """Return so many for a test of many things alike; a tenth in the quick profile."""
    return count if PROFILE == "full" else count // 10


def steps(count: int) -> range:
    """Return the steps of a run after which a test breaks it off; a third in the quick profile."""
    return range(0, count, 1 if PROFILE == "full" else 3)


def seeds(count: int) -> range:
    """Return so many seeds for a test that draws its own cases; a fifth in the quick profile."""
    return range(count if PROFILE == "full" else max(1, count // 5))
