"""The pages' server as a process that outlives who started it, beside a folder's emulator."""

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
"""Its pid and address; locked by it for as long as it lives."""

LOG: Final = "site.log"
_READY_WITHIN_SECONDS: Final = 60


class PagesError(Exception):
    """The pages are not served; the message ends with the last that was logged."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A process that serves the pages, and their address."""

    pid: int
    site_url: str


def start(folder: Path, council: str) -> Pages:
    """Serve the pages, as they are now, of the stack that runs in the folder.

    In place of those that are served already, at their address. Raises PagesError.
    """
    before = running(folder)
    stop(folder)
    command = [sys.executable, "-m", "local.site", "--recorded"]
    command += ["--folder", str(folder), "--council", council]
    if before:
        command += ["--port", str(urlsplit(before.site_url).port)]
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
    except BaseException:  # Ctrl-C, too, must not leave it running
        process.end(folder / RECORD, child.pid)
        raise
    process.end(folder / RECORD, child.pid)
    logged = (folder / LOG).read_text(encoding="utf-8", errors="replace")
    raise PagesError(f"the pages are not served:\n{logged[-2000:]}")


def running(folder: Path) -> Pages | None:
    """The process that serves the pages of this folder's stack, whoever started it."""
    written = process.written_by_holder(folder / RECORD)
    return Pages(**json.loads(written)) if written else None


def stop(folder: Path) -> None:
    """End the folder's pages, if they are served."""
    pages = running(folder)
    if pages:
        process.end(folder / RECORD, pages.pid)
    for name in (RECORD, LOG):
        (folder / name).unlink(missing_ok=True)
