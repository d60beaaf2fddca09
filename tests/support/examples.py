"""How many of Hypothesis' examples a test tries: all of them, or few under `make check`."""

import os

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "full")
"""`full`, or `quick`; registered in tests/conftest.py."""


def examples(count: int) -> settings:
    """Try so many examples; a tenth of them in the quick profile."""
    return settings(max_examples=count if PROFILE == "full" else count // 10, deadline=None)
