"""`python -m local.site`: a running stack's pages and its API on one origin of this machine."""

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

from local.emulator.process import SCRATCH
from local.emulator.stack import COUNCIL, HERE, LocalStack, stack_in
from local.site.background import RECORD
from local.site.server import Server
from web.build import build

PORT: Final = 8000

NOTICED_SECONDS: Final = 0.05
"""How soon the server sees that it shall end."""


@contextlib.contextmanager
def serving(stack: LocalStack, council: str = COUNCIL, *, port: int = PORT) -> Iterator[str]:
    """The address of the stack's pages as they are now, for as long as the block runs.

    At another port where that one is taken. People can sign in from the address at once.
    """
    # Each server has a folder of its own: nobody else's build takes its files away.
    with tempfile.TemporaryDirectory(
        prefix="pages-", dir=Path(stack.folder, SCRATCH), ignore_cleanup_errors=True
    ) as folder:
        built = build(Path(folder) / "site")
        try:
            server = Server(port, built, stack, council)
        except OSError:
            server = Server(0, built, stack, council)
        with _answering(server):
            _let_return(stack, f"{server.url}/")
            yield server.url


@contextlib.contextmanager
def _answering(server: Server) -> Iterator[None]:
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


def _let_return(stack: LocalStack, address: str) -> None:
    """Have the sign-in pages send people back to this address, too."""
    pool = boto3.client("cognito-idp", **stack.connection)
    asked = {"UserPoolId": stack.user_pool_id, "ClientId": stack.client_id}
    client: dict[str, Any] = dict(pool.describe_user_pool_client(**asked)["UserPoolClient"])
    if address in client["CallbackURLs"] and address in client["LogoutURLs"]:
        return
    for name in ("CreationDate", "LastModifiedDate", "ClientSecret"):
        client.pop(name, None)
    # An update forgets whatever it does not name.
    told = {name: value for name, value in client.items() if value not in ("", [], None)}
    for name in ("CallbackURLs", "LogoutURLs"):
        told[name] = sorted({*client[name], address})
    pool.update_user_pool_client(**told)


@contextlib.contextmanager
def _recorded(folder: Path, url: str) -> Iterator[None]:
    """Say in the folder, under a lock, who serves its pages and where."""
    # Opened so that what another wrote there is not lost.
    with (folder / RECORD).open("a") as record:
        try:
            fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"the pages of {folder} are served already")
        record.truncate(0)
        # At once: whoever sees the lock held reads all of it or nothing.
        record.write(json.dumps({"pid": os.getpid(), "site_url": url}))
        record.flush()
        yield


def main() -> None:
    """Serve the stack of `make up` until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m local.site", description=__doc__)
    parser.add_argument("--folder", type=Path, default=HERE, help="where the stack runs")
    parser.add_argument("--council", default=COUNCIL)
    parser.add_argument("--port", type=int, default=PORT, help="another, where it is taken")
    parser.add_argument("--recorded", action="store_true", help="say so in the folder")
    arguments = parser.parse_args()
    stack = stack_in(arguments.folder)
    if stack is None:
        sys.exit("no stack is up here; `make up` starts one")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # A shell starts what it runs in the background with this signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    served = serving(stack, arguments.council, port=arguments.port)
    with contextlib.suppress(KeyboardInterrupt), served as url:
        recorded = _recorded(arguments.folder, url) if arguments.recorded else None
        with recorded or contextlib.nullcontext():
            print(f"{url}/  (Ctrl-C ends it)", flush=True)
            threading.Event().wait()
