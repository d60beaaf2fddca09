"""`python -m local.site`: the pages and the API of a running stack, on one origin."""

import argparse
import contextlib
import fcntl
import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import boto3

from infra.council.load import load_council
from layer.build import backdrop_folder
from local.emulator.process import SCRATCH
from local.emulator.stack import COUNCIL, HERE, LocalStack, stack_in
from local.site.background import RECORD
from local.site.server import Server
from web.build import build

PORT: Final = 8000

NOTICED_SECONDS: Final = 0.05
"""How often the server checks whether it must end."""


@contextlib.contextmanager
def serving(stack: LocalStack, council: str = COUNCIL, *, port: int = PORT) -> Iterator[str]:
    """Serve the stack's pages as they are now while the block runs, and yield their address.

    Another port is used where this one is taken. People can sign in from the address at once.
    """
    # Each server has its own folder, so that no other build removes its files.
    with tempfile.TemporaryDirectory(
        prefix="pages-", dir=Path(stack.folder, SCRATCH), ignore_cleanup_errors=True
    ) as folder:
        contact = load_council(council).contact
        built = build(Path(folder) / "site", contact, backdrop_folder())
        try:
            server = Server(port, built, stack, council)
        except OSError:
            server = Server(0, built, stack, council)
        with _in_thread(server):
            _allow_callback(stack, f"{server.url}/")
            yield server.url


@contextlib.contextmanager
def _in_thread(server: Server) -> Iterator[None]:
    thread = threading.Thread(
        target=server.serve_forever, daemon=True, kwargs={"poll_interval": NOTICED_SECONDS}
    )
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _allow_callback(stack: LocalStack, address: str) -> None:
    """Allow this address as one that the sign-in page sends people back to."""
    pool = boto3.client("cognito-idp", **stack.connection)
    ids = {"UserPoolId": stack.user_pool_id, "ClientId": stack.client_id}
    client: dict[str, Any] = dict(pool.describe_user_pool_client(**ids)["UserPoolClient"])
    if address in client["CallbackURLs"] and address in client["LogoutURLs"]:
        return
    for name in ("CreationDate", "LastModifiedDate", "ClientSecret"):
        client.pop(name, None)
    # An update removes every setting that it does not name.
    settings = {name: value for name, value in client.items() if value not in ("", [], None)}
    for name in ("CallbackURLs", "LogoutURLs"):
        settings[name] = sorted({*client[name], address})
    pool.update_user_pool_client(**settings)


@contextlib.contextmanager
def _recorded(folder: Path, url: str) -> Iterator[None]:
    """Record the server's pid and address in the folder, and hold the file's lock."""
    # Not truncated on opening: another server may hold it.
    with (folder / RECORD).open("a") as record:
        try:
            fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"a server for the pages of {folder} is already running")
        record.truncate(0)
        # In one write, so that a reader sees all of it or nothing.
        record.write(json.dumps({"pid": os.getpid(), "site_url": url}))
        record.flush()
        yield


def main() -> None:
    """Serve the stack of `make up` until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m local.site", description=__doc__)
    parser.add_argument("--folder", type=Path, default=HERE, help="where the stack runs")
    parser.add_argument("--council", default=COUNCIL)
    parser.add_argument("--port", type=int, default=PORT, help="another is used where it is taken")
    parser.add_argument("--recorded", action="store_true", help="record the address in the folder")
    arguments = parser.parse_args()
    stack = stack_in(arguments.folder)
    if stack is None:
        sys.exit("no stack is running here; start one with `make up`")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # A shell starts what it runs in the background with this signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    served = serving(stack, arguments.council, port=arguments.port)
    with contextlib.suppress(KeyboardInterrupt), served as url:
        recorded = _recorded(arguments.folder, url) if arguments.recorded else None
        with recorded or contextlib.nullcontext():
            print(f"{url}/  (press Ctrl-C to stop)", flush=True)
            threading.Event().wait()
