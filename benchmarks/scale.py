"""How much work a run of the benchmarks does: the whole, or a small part of it."""

from dataclasses import dataclass
from typing import Final

ENGLAND: Final = 15_000
"""The care homes of England, rounded."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The sizes of every measurement."""

    name: str
    searches: int
    """Questions of a kind."""
    rounds: int
    """How often each question is asked; the median counts."""
    starts: int
    """Cold starts of each function."""
    part: int
    """Numbers of homes above 15,000 are divided by this. So are the homes in an emulated table,
    which are slow to write and change no other figure."""

    load_seconds: int
    """The duration of the mixed load."""

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is measured."""
        return self.part == 1

    def homes(self, count: int) -> int:
        """Return how many homes to measure with instead of `count`."""
        return count if count <= ENGLAND else max(ENGLAND, count // self.part)


WHOLE: Final = Scale("whole", searches=1_000, rounds=3, starts=15, part=1, load_seconds=120)
QUICK: Final = Scale("quick", searches=60, rounds=2, starts=2, part=20, load_seconds=4)
