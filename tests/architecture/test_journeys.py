"""The journeys share one stack, in an order that nobody chose: each has homes of its own."""

import re
from itertools import combinations
from pathlib import Path
from typing import Final

JOURNEYS: Final = Path(__file__).parent.parent / "journeys"
_LOCATION_ID: Final = re.compile(r'"(1-\d{9,11})"')


def test_no_two_journeys_use_the_same_home() -> None:
    homes = {
        file.name: set(_LOCATION_ID.findall(file.read_text(encoding="utf-8")))
        for file in JOURNEYS.glob("test_*.py")
    }
    shared = {
        (one, other): homes[one] & homes[other]
        for one, other in combinations(sorted(homes), 2)
        if homes[one] & homes[other]
    }
    assert shared == {}
