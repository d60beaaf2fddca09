"""Run a measurement in a process of its own, so that none inherits another's memory."""

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
    search_needs,
    search_orders,
    update,
    warm_search,
)
from benchmarks.load import mixed_load
from benchmarks.report.tables import Say, Tables
from benchmarks.scale import Scale

Measurement = Callable[[Scale, Path, Say], Tables]
MEASUREMENTS: Final[dict[str, Measurement]] = {
    "search": search.run,
    "search_orders": search_orders.run,
    "search_needs": search_needs.run,
    "warm_search": warm_search.run,
    "matching": matching.run,
    "cold_start": cold_start.run,
    "update": update.run,
    "growth": growth.run,
    "growth_stored": growth_stored.run,
    "load": mixed_load.run,
}

_LEFT_OUT: Final = "left out: "


class Progress:
    """Prints the progress of a measurement, and remembers which peers were left out."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.left_out: list[str] = []

    def say(self, text: str) -> None:
        """Print a line with the seconds since the beginning, on standard error."""
        if text.startswith(_LEFT_OUT):
            self.left_out.append(text.removeprefix(_LEFT_OUT))
        print(f"  {time.monotonic() - self._began:6.1f} s  {text}", file=sys.stderr, flush=True)


def exit_on_termination() -> None:
    """Have SIGTERM raise SystemExit in this process, so that it ends the servers it started."""

    def end(*_: object) -> None:
        # A second signal must not interrupt the clean-up.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        sys.exit(1)

    signal.signal(signal.SIGTERM, end)


def measure(name: str, scale: Scale) -> tuple[Tables, list[str]]:
    """Run a measurement in a child process; return its tables and the peers left out."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_measure_here, args=(name, scale, sender))
    child.start()
    sender.close()
    try:
        result: tuple[Tables, list[str]] = receiver.recv()
    except EOFError:
        child.join()
        sys.exit(f"{name} failed: see above")
    except BaseException:  # Ctrl-C or SIGTERM: the child ends what it has started
        child.terminate()
        child.join()
        raise
    child.join()
    return result


def _measure_here(name: str, scale: Scale, sender: Any) -> None:  # noqa: ANN401 - a pipe's end, which has no public type
    exit_on_termination()
    # Ctrl-C reaches every process of the terminal: only the first process handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    progress = Progress()
    with TemporaryDirectory(prefix="bench-") as folder:
        tables = MEASUREMENTS[name](scale, Path(folder), progress.say)
    sender.send((tables, progress.left_out))
