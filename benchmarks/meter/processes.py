"""Processor time and memory of processes, as the Linux kernel reports them."""

import os
import resource
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Return the processor time of a process so far, to the nanosecond where possible."""
    try:
        nanoseconds = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
        if nanoseconds:
            return nanoseconds / 1e9
    except (OSError, ValueError):
        pass
    return _ticks(_stat_fields(Path(f"/proc/{pid}")))


def cpu_seconds_of_group(group: int) -> dict[int, float]:
    """Return the processor time so far of each process in a process group, by process id."""
    seconds = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = _stat_fields(folder)
        except OSError:  # it has just ended
            continue
        if int(fields[2]) == group:
            seconds[int(folder.name)] = _ticks(fields)
    return seconds


def peak_memory_mb() -> float:
    """Return the most memory that this process has held so far."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except FileNotFoundError:  # not Linux: this figure includes what the parent process held
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)
    (line,) = (each for each in status.splitlines() if each.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _stat_fields(folder: Path) -> list[str]:
    # The name before the last bracket may hold any character.
    return (folder / "stat").read_text().rsplit(")", 1)[1].split()


def _ticks(fields: list[str]) -> float:
    return (int(fields[11]) + int(fields[12])) / _TICKS
