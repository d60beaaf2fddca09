"""The pages' server as a background process beside a folder's emulator."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from local.emulator import process
from local.emulator.process import ROOT

RECORD: Final = "site.json"
"""The file with the server's pid and address; the server holds its lock while it runs."""

LOG: Final = "site.log"
_READY_WITHIN_SECONDS: Final = 60


class PagesError(Exception):
    """The pages' server did not start; the message ends with the end of its log."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A process that serves the pages, and their address."""

    pid: int
    site_url: str


def start(folder: Path, council: str, *, port: int | None = None) -> Pages:
    """Serve the pages, as they are now, of the stack that runs in the folder.

    A server that runs already is replaced, at the same address unless there is a `port`. Raises
    PagesError.
    """
    before = running(folder)
    stop(folder)
    command = [sys.executable, "-m", "local.site", "--recorded"]
    command += ["--folder", str(folder), "--council", council]
    if before:
        port = port or urlsplit(before.site_url).port
    if port:
        command += ["--port", str(port)]
    with (folder / LOG).open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - our own words only
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    process.adopt(child)
    try:
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while child.poll() is None and time.monotonic() < deadline:
            pages = running(folder)
            if pages:
                return pages
            time.sleep(0.02)
    except BaseException:  # Ctrl-C included: do not leave it running
        process.end(folder / RECORD, child.pid)
        raise
    process.end(folder / RECORD, child.pid)
    logged = (folder / LOG).read_text(encoding="utf-8", errors="replace")
    raise PagesError(f"the pages' server did not start:\n{logged[-2000:]}")


def running(folder: Path) -> Pages | None:
    """Return the server of this folder's pages, whichever process started it."""
    written = process.written_by_holder(folder / RECORD)
    return Pages(**json.loads(written)) if written else None


def stop(folder: Path) -> None:
    """End the server of the folder's pages, if one runs."""
    pages = running(folder)
    if pages:
        process.end(folder / RECORD, pages.pid)
    for name in (RECORD, LOG):
        (folder / name).unlink(missing_ok=True)
