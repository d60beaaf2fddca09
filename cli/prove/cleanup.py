"""What a proof made, to be removed again whatever happened to the proof."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from cli.errors import EXPECTED_ERRORS, describe

_TRIES = 2


class Leftover(NamedTuple):
    """Something that could not be removed, and why."""

    what: str
    why: str


class Cleanup:
    """Removes things in the reverse order of their making."""

    def __init__(self) -> None:
        self._removals: dict[str, Callable[[], object]] = {}

    def add(self, what: str, remove: Callable[[], object]) -> None:
        """Remember to remove something; call it before the thing is made."""
        self._removals.setdefault(what, remove)

    def run(self) -> tuple[list[str], list[Leftover]]:
        """Remove everything; return what was removed, and what was not. Ctrl-C does not stop it."""
        removed, left = [], []
        with _without_interrupts():
            for what, remove in reversed(self._removals.items()):
                why = _try_to(remove)
                if why is None:
                    removed.append(what)
                else:
                    left.append(Leftover(what, why))
        self._removals.clear()
        return removed, left


def _try_to(remove: Callable[[], object]) -> str | None:
    """Return why a thing could not be removed; None where it is gone."""
    why = None
    for _ in range(_TRIES):
        try:
            remove()
        except EXPECTED_ERRORS as error:
            why = describe(error).message
        else:
            return None
    return why


@contextmanager
def _without_interrupts() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
