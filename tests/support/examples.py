"""How many cases a test tries: all of them, or few under `make check`."""

import os
from collections.abc import Iterator
from itertools import count

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "full")
"""`full`, or `quick`; registered in tests/conftest.py."""


def examples(number: int) -> settings:
    """Try so many of Hypothesis' examples; a tenth in the quick profile."""
    return settings(max_examples=part_of(number), deadline=None)


def part_of(number: int) -> int:
    """Return so many for a test of many things alike; a tenth in the quick profile."""
    return number if PROFILE == "full" else number // 10


def steps(number: int) -> range:
    """Return the steps of a run after which a test breaks it off; a third in the quick profile."""
    return range(0, number, 1 if PROFILE == "full" else 3)


def steps_until_done() -> Iterator[int]:
    """Count the steps of a run whose length the test finds out; each third in the quick profile."""
    return count(0, 1 if PROFILE == "full" else 3)


def seeds(number: int) -> range:
    """Return so many seeds for a test that draws its own cases; a fifth in the quick profile."""
    return range(number if PROFILE == "full" else max(1, number // 5))
