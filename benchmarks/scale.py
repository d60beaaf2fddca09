"""How much work: the whole, or a tenth of it."""

from dataclasses import dataclass
from typing import Final

ENGLAND: Final = 15_000
"""Care homes, rounded."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What every measurement asks for its sizes."""

    name: str
    searches: int
    """Questions of a kind."""
    rounds: int
    """How often each question is asked; the median counts."""
    starts: int
    """Cold starts of each function."""
    part: int
    """Numbers of homes above 15,000 are divided by this; so are those kept in an emulated table,
    where they are slow to put and change nothing but that."""

    load_seconds: int
    """How long the mixed load goes on."""

    def homes(self, count: int) -> int:
        return count if count <= ENGLAND else max(ENGLAND, count // self.part)


WHOLE: Final = Scale("whole", searches=1_000, rounds=3, starts=15, part=1, load_seconds=120)
QUICK: Final = Scale("quick", searches=100, rounds=2, starts=2, part=10, load_seconds=4)
