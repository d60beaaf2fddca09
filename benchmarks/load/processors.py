"""Processor time of the emulator's process, of the functions' processes, and of the clients."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.report.tables import Table

MACHINE: Final = "this machine has"

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds of processor time so far; functions by process."""

    at: float
    emulator: float
    functions: dict[int, float]
    clients: float

    @classmethod
    def of(cls, emulator: int) -> "Reading":
        """Of the emulator with this process id, which leads its group, and of this process."""
        used = _of_group(emulator)
        return cls(time.monotonic(), used.pop(emulator, 0.0), used, time.process_time())


def busy(before: Reading, after: Reading) -> Table:
    """How many processors each kept busy. A function's process that is new began at nothing."""
    elapsed = after.at - before.at
    functions = sum(used - before.functions.get(pid, 0.0) for pid, used in after.functions.items())
    return {
        "the emulator": {
            "processors busy": (after.emulator - before.emulator) / elapsed,
            "processes": 1,
        },
        "the functions": {
            "processors busy": functions / elapsed,
            "processes": len(after.functions),
        },
        "the clients": {
            "processors busy": (after.clients - before.clients) / elapsed,
            "processes": 1,
        },
        MACHINE: {"processors busy": os.cpu_count() or 1},
    }


def _of_group(group: int) -> dict[int, float]:
    used = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The name, in brackets, may hold anything.
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:  # it has just ended
            continue
        if int(fields[2]) == group:
            used[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICKS
    return used
