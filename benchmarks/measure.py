"""Every measurement, each in a process of its own."""

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks import (
    cold_start,
    growth,
    growth_stored,
    matching,
    search,
    update,
    warm_search,
)
from benchmarks.load import mixed_load as load
from benchmarks.report.tables import Say, Tables
from benchmarks.scale import Scale

Measurement = Callable[[Scale, Path, Say], Tables]
MEASUREMENTS: Final[dict[str, Measurement]] = {
    "search": search.run,
    "warm_search": warm_search.run,
    "matching": matching.run,
    "cold_start": cold_start.run,
    "update": update.run,
    "growth": growth.run,
    "growth_stored": growth_stored.run,
    "load": load.run,
}


def end_in_order() -> None:
    """Have this process leave its blocks, and so end its servers, when it is told to end."""

    def end(*_: object) -> None:
        # What ends in order must not be interrupted by a second word.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit(1)

    signal.signal(signal.SIGTERM, end)


class Told:
    """What a measurement says while it runs: progress, and who is left out."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.left_out: list[str] = []

    def say(self, text: str) -> None:
        if text.startswith("left out: "):
            self.left_out.append(text.removeprefix("left out: "))
        print(f"  {time.monotonic() - self._began:6.1f} s  {text}", file=sys.stderr, flush=True)


def measured(name: str, scale: Scale) -> tuple[Tables, list[str]]:
    """In a process of its own: none inherits another's memory, modules or environment."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=_measure, args=(name, scale, sending))
    child.start()
    sending.close()
    try:
        found: tuple[Tables, list[str]] = receiving.recv()
    except EOFError:
        child.join()
        sys.exit(f"{name} failed: see above")
    except BaseException:  # Ctrl-C, or told to end: the child ends what it has started
        child.terminate()
        child.join()
        raise
    child.join()
    return found


def _measure(name: str, scale: Scale, sending: Any) -> None:  # noqa: ANN401
    end_in_order()
    # Ctrl-C reaches every process of the terminal: only the first says what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told = Told()
    with TemporaryDirectory(prefix="bench-") as folder:
        tables = MEASUREMENTS[name](scale, Path(folder), told.say)
    sending.send((tables, told.left_out))
