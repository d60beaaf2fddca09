"""On which machine and versions it was measured: absolute times do not travel."""

import contextlib
import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.peers.servers import postgres_programs

_PACKAGES: Final = (
    "boto3",
    "aws-lambda-powertools",
    "pydantic",
    "numpy",
    "scipy",
    "h3",
    "ministack",
)


def described() -> dict[str, str]:
    """Names and versions, nothing that tells whose machine it is."""
    found = {
        "processor": _processor(),
        "processors": str(os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
        "SQLite": sqlite3.sqlite_version,
    }
    if programs := postgres_programs():
        found["PostgreSQL"] = _said([str(programs / "postgres"), "--version"]).split()[2]
        control = Path("/usr/share/postgresql") / programs.parent.name / "extension/postgis.control"
        found["PostGIS"] = control.read_text().split("default_version = '")[1].split("'")[0]
    with contextlib.suppress(OSError):
        found["Redis"] = _said(["redis-server", "--version"]).split("v=")[1].split()[0]
    return found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
