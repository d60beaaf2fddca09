"""The emulator's process: start it on a free port of loopback, and end it with its children."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent

LOCK: Final = "emulator.lock"
LOG: Final = "emulator.log"
STATE: Final = "state"
SCRATCH: Final = "scratch"

GRACE_SECONDS: Final = 3
_READY_WITHIN_SECONDS: Final = 60
_PORTS_TRIED: Final = 5

# A child that its parent does not wait for stays in the process table.
_children: dict[int, subprocess.Popen[bytes]] = {}


class EmulatorError(Exception):
    """The emulator did not start; the message ends with the end of its log."""


@dataclass(frozen=True, slots=True)
class Emulator:
    """A running emulator and its address."""

    pid: int
    endpoint_url: str


def start(folder: Path, *, region: str, outlive: bool) -> Emulator:
    """Start an emulator that keeps its files in the folder, and wait until it answers.

    It ends with this process unless `outlive` is set. Raises EmulatorError.
    """
    for name in (STATE, SCRATCH):
        shutil.rmtree(folder / name, ignore_errors=True)  # left by one that was killed
        (folder / name).mkdir(parents=True)
    for _ in range(_PORTS_TRIED):
        port, mark = _free_port(), secrets.token_hex(8)
        child = _spawn(folder, port, mark, region, outlive=outlive)
        try:
            if _comes_up(child, port, mark):
                return Emulator(child.pid, f"http://127.0.0.1:{port}")
        except BaseException:  # Ctrl-C included: do not leave it running
            end(folder / LOCK, child.pid)
            raise
        end(folder / LOCK, child.pid)
        if "already in use" not in _logged(folder):
            break
    raise EmulatorError(f"the emulator did not start:\n{_logged(folder)[-2000:]}")


def running(folder: Path) -> Emulator | None:
    """Return the emulator that runs in this folder, whichever process started it."""
    written = written_by_holder(folder / LOCK)
    if not written:
        return None
    pid, endpoint_url = written.split()
    return Emulator(int(pid), endpoint_url)


def written_by_holder(file: Path) -> str | None:
    """Return what the process that holds the file's lock wrote there; None if no process holds it.

    The text is empty where the process has just started.
    """
    try:
        with file.open("r+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read()
    except FileNotFoundError:
        pass
    return None


def stop(folder: Path) -> None:
    """End the folder's emulator, if one runs, and remove its files."""
    emulator = running(folder)
    if emulator:
        end(folder / LOCK, emulator.pid)
    for name in (STATE, SCRATCH):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (LOCK, LOG):
        (folder / name).unlink(missing_ok=True)


def _spawn(
    folder: Path, port: int, mark: str, region: str, *, outlive: bool
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "local.emulator", str(folder)]
    # Nothing of this environment is inherited: no credentials, no profile, no other endpoint.
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder / SCRATCH),
        "STATE_DIR": str(folder / STATE),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": region,
        "MINISTACK_EDITION": mark,
        # Every request is checked against the policies of the template's roles.
        "AUTH": "true",
        # A sign-in fails with its trigger, as on AWS, instead of going on without it.
        "MINISTACK_COGNITO_PRETOKEN_STRICT": "1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{folder}/no-docker",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with (folder / LOG).open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - our own words only
            command if outlive else [*command, "--with-starter"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL if outlive else subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    adopt(child)
    return child


def adopt(child: subprocess.Popen[bytes]) -> None:
    """Remember a child, so that `end` waits for it."""
    _children[child.pid] = child


def end(lock: Path, pid: int) -> None:
    """Send SIGTERM to the process that holds the lock; after the grace period kill its group."""
    child = _children.pop(pid, None)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while (
        child.poll() is None if child else written_by_holder(lock) is not None
    ) and time.monotonic() < deadline:
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    if child:
        child.wait()
        if child.stdin:
            child.stdin.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _comes_up(child: subprocess.Popen[bytes], port: int, mark: str) -> bool:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while child.poll() is None and time.monotonic() < deadline:
        if _serves(port, mark):
            return True
        time.sleep(0.02)
    return False


def _serves(port: int, mark: str) -> bool:
    """Return whether the emulator with this mark answers at the port."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/_ministack/health")
        return bool(json.loads(connection.getresponse().read())["edition"] == mark)
    except (OSError, HTTPException, ValueError, KeyError):
        return False
    finally:
        connection.close()


def _logged(folder: Path) -> str:
    return (folder / LOG).read_text(encoding="utf-8", errors="replace")
