"""The versions of the peers on this machine."""

import contextlib
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.peers.servers import postgres_programs

_PACKAGES: Final = ("numpy", "scipy", "h3")


def versions() -> dict[str, str]:
    """Return the version of each peer, without those that are not installed."""
    found = {**{name: version(name) for name in _PACKAGES}, "SQLite": sqlite3.sqlite_version}
    if programs := postgres_programs():
        found["PostgreSQL"] = _output([str(programs / "postgres"), "--version"]).split()[2]
        control = Path("/usr/share/postgresql") / programs.parent.name / "extension/postgis.control"
        found["PostGIS"] = control.read_text().split("default_version = '")[1].split("'")[0]
    with contextlib.suppress(OSError):
        found["Redis"] = _output(["redis-server", "--version"]).split("v=")[1].split()[0]
    return found


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - our own words only
