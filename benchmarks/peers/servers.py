"""The peers' servers: started on loopback, with their data in a folder, ended with the block."""

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

START_TIMEOUT_SECONDS: Final = 60


class PeerError(Exception):
    """A peer cannot be used on this machine. The message says why."""


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run an empty PostgreSQL, and yield its connection string. Raises PeerError."""
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
        "jit": "off",  # it costs these queries more than it saves
        "max_parallel_workers_per_gather": "0",
        "autovacuum": "off",  # it would run in the time of others; loaded tables are analysed
    }
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    command_ready = [str(programs / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]

    def is_ready() -> bool:  # its port accepts earlier, and refuses while it starts
        return subprocess.run(command_ready, check=False).returncode == 0  # noqa: S603 - our own words only

    with _served(command, is_ready, user, folder / "postgres.log", signal.SIGINT):
        yield f"host=127.0.0.1 port={port} user=bench dbname=postgres"


@contextmanager
def redis(folder: Path) -> Iterator[tuple[int, int]]:
    """Run an empty Redis without files, and yield its port and process id. Raises PeerError."""
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
    """Return the programs' folder of the newest PostgreSQL that has PostGIS, or None."""
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
    stop_signal: signal.Signals,
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
        child.send_signal(stop_signal)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _until(ready: Callable[[], bool], child: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
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


def _not_root(name: str) -> str | None:
    """Return the user to run as if this is root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return name if name in known else "nobody"


def _give(folder: Path, data: Path, user: str) -> None:
    """Let the user reach its data, and see no more of the folder than names."""
    folder.chmod(0o711)
    shutil.chown(data, user)
    data.chmod(0o700)
