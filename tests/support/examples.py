"""How many examples a test of random cases tries: all of them, or few under `make check`."""

import os

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "full")
"""`full`, or `quick`; registered in tests/conftest.py."""


def examples(count: int) -> settings:
    """Try so many of Hypothesis' examples; a tenth in the quick profile."""
    return settings(max_examples=count if PROFILE == "full" else count // 10, deadline=None)


def seeds(count: int) -> range:
    """Return so many seeds for a test that draws its own cases; a fifth in the quick profile."""
    return range(count if PROFILE == "full" else max(1, count // 5))
