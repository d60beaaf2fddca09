"""The pages' server outlives its starter, is replaced by a newer one, and ends with its stack."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from local.emulator.process import ROOT
from local.emulator.stack import COUNCIL, LocalStack, running
from local.site import background
from local.site.background import PagesError

pytestmark = pytest.mark.emulator

STARTER = """
import sys
from pathlib import Path
from local.site import background

print(background.start(Path(sys.argv[1]), "local").site_url, flush=True)
"""


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_pages_outlive_their_starter_and_end_with_their_stack(tmp_path: Path) -> None:
    with running(tmp_path) as stack:
        done = subprocess.run(
            [sys.executable, "-c", STARTER, str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        served = background.running(tmp_path)
        assert served
        assert served.site_url == done.stdout.strip()
        document = httpx.get(f"{served.site_url}/config.json").json()
        assert document["sign_in"]["client_id"] == stack.client_id
    with pytest.raises(httpx.ConnectError):
        httpx.get(served.site_url)
    assert not list(tmp_path.iterdir())


def test_newer_pages_replace_older_ones_at_the_same_address(stack: LocalStack) -> None:
    folder = Path(stack.folder)
    try:
        # Not the usual port: whoever else serves pages here may take it between the two.
        before = background.start(folder, COUNCIL, port=unused_port())
        after = background.start(folder, COUNCIL)
        assert is_gone(before.pid)
        assert background.running(folder) == after
        assert after.site_url == before.site_url
        assert httpx.get(f"{after.site_url}/").is_success
    finally:
        background.stop(folder)
    assert is_gone(after.pid)
    assert background.running(folder) is None


def test_pages_need_a_running_stack(tmp_path: Path) -> None:
    with pytest.raises(PagesError, match="no stack is running here"):
        background.start(tmp_path, COUNCIL)
    assert background.running(tmp_path) is None


def test_ctrl_c_stops_pages_in_the_foreground(stack: LocalStack) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "local.site", "--folder", stack.folder, "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        # As a shell starts what it runs in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN) and None,  # noqa: PLW1509 - no thread runs before it
        start_new_session=True,
    )
    with server:
        assert server.stdout
        url = server.stdout.readline().split()[0].decode()
        assert httpx.get(url).is_success
        os.killpg(server.pid, signal.SIGINT)
    assert server.returncode == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)
