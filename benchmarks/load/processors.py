"""How busy the emulator, the functions and the clients keep the machine's processors."""

import os
import time
from dataclasses import dataclass

from benchmarks.meter.processes import cpu_seconds_of_group
from benchmarks.report.tables import Table
from benchmarks.report.titles import CLIENTS, EMULATOR, FUNCTIONS, MACHINE


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds of processor time up to a moment; functions by process id."""

    at: float
    emulator: float
    functions: dict[int, float]
    clients: float

    @classmethod
    def of(cls, emulator: int) -> "Reading":
        """Read the emulator, given its process id, which leads its group, and this process."""
        group = cpu_seconds_of_group(emulator)
        return cls(time.monotonic(), group.pop(emulator, 0.0), group, time.process_time())


def busy(before: Reading, after: Reading) -> Table:
    """Return how many processors each kept busy; a new process of a function started at zero."""
    elapsed = after.at - before.at
    functions = sum(
        seconds - before.functions.get(pid, 0.0) for pid, seconds in after.functions.items()
    )
    return {
        EMULATOR: _row((after.emulator - before.emulator) / elapsed, 1),
        FUNCTIONS: _row(functions / elapsed, len(after.functions)),
        CLIENTS: _row((after.clients - before.clients) / elapsed, 1),
        MACHINE: {"processors busy": os.cpu_count() or 1},
    }


def _row(processors: float, processes: int) -> dict[str, float]:
    return {"processors busy": processors, "processes": processes}
