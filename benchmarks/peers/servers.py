"""Servers of the peers: started on loopback with their data in a folder, ended with the block."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

UP_WITHIN_SECONDS: Final = 60


class PeerError(Exception):
    """A peer cannot be used here; the message says why."""


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far, to the nanosecond where the kernel keeps it."""
    try:
        nanoseconds = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
        if nanoseconds:
            return nanoseconds / 1e9
    except (OSError, ValueError):
        pass
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL with nothing in it, as a connection string. Raises PeerError."""
    programs = postgres_programs()
    if programs is None:
        raise PeerError("PostGIS is not installed (Debian: apt install postgresql-postgis)")
    user = _not_root("postgres")
    data = folder / "postgres"
    data.mkdir()
    if user:
        _give(folder, data, user)
    _run(
        [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "bench", "-E", "UTF8"],
        user,
    )
    port = free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "shared_buffers": "512MB",
        "work_mem": "64MB",
        "jit": "off",  # it costs these queries more than it gives
        "max_parallel_workers_per_gather": "0",
        "autovacuum": "off",  # it would work in others' time; what is loaded is analysed
    }
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    asked = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]

    def is_ready() -> bool:  # its port answers earlier, and refuses while it starts
        return subprocess.run(asked, check=False).returncode == 0  # noqa: S603 - our own words only

    with _served(command, is_ready, user, folder / "postgres.log", signal.SIGINT):
        yield f"host=127.0.0.1 port={port} user=bench dbname=postgres"


@contextmanager
def redis(folder: Path) -> Iterator[tuple[int, int]]:
    """An empty Redis that keeps nothing on disk: its port and process. Raises PeerError."""
    program = shutil.which("redis-server")
    if program is None:
        raise PeerError("Redis is not installed (Debian: apt install redis-server)")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly"]
    command += ["no", "--dir", str(folder)]
    log = folder / "redis.log"
    with _served(command, lambda: _answers(port), None, log, signal.SIGTERM) as pid:
        yield port, pid


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL here that has PostGIS."""
    found = sorted(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
    for control in reversed(found):
        programs = Path("/usr/lib/postgresql") / control.parts[-3] / "bin"
        if (programs / "postgres").exists():
            return programs
    return None


@contextmanager
def _served(
    command: list[str],
    ready: Callable[[], bool],
    user: str | None,
    log: Path,
    farewell: signal.Signals,
) -> Iterator[int]:
    with log.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603 - our own words only
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            cwd=log.parent,
            start_new_session=True,
        )
    try:
        _until(ready, child, log)
        yield child.pid
    finally:
        child.send_signal(farewell)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _until(ready: Callable[[], bool], child: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + UP_WITHIN_SECONDS
    while not ready():
        if child.poll() is not None or time.monotonic() > deadline:
            raise PeerError(f"{log.stem} did not start: {log.read_text()[-500:]}")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _run(command: list[str], user: str | None) -> None:
    done = subprocess.run(  # noqa: S603 - our own words only
        command, user=user, capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode:
        raise PeerError(f"{command[0]}: {done.stderr[-500:]}")


def _not_root(wanted: str) -> str | None:
    """Whom to run as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return wanted if wanted in known else "nobody"


def _give(folder: Path, data: Path, user: str) -> None:
    """Let the user reach its data, and nothing else of the folder but its names."""
    folder.chmod(0o711)
    shutil.chown(data, user)
    data.chmod(0o700)
