"""`python -m local.emulator`: run ministack as one process that cleans up when it ends.

`local.emulator.process` starts it. It holds the lock of its folder while it runs. With
`--with-starter` it ends when its standard input closes, so with the process that started it.
"""

import argparse
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from ministack import app as ministack
from ministack.core import iam_actions, lambda_runtime
from ministack.services import cloudfront, cognito, sns

from local.emulator import (
    cognito_patch,
    iam_patch,
    invocation_patch,
    origin_patch,
    texts_patch,
    validation_patch,
)
from local.emulator.process import GRACE_SECONDS, LOCK

Asgi = Callable[[Any, Any, Any], Awaitable[None]]

_PROTOCOL: Final = b"x-forwarded-proto"


def as_if_over_tls(served: Asgi) -> Asgi:
    """Mark every request as sent over TLS, which the stack's policies require.

    A request that says `X-Forwarded-Proto: http` itself stays as it is.
    """

    async def serve(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own types
        if scope["type"] == "http" and _PROTOCOL not in dict(scope["headers"]):
            scope["headers"] = [*scope["headers"], (_PROTOCOL, b"https")]
        await served(scope, receive, send)

    return serve


def end_with_standard_input() -> None:
    """Stop when standard input closes; kill the whole process group where that takes too long."""
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main() -> None:
    """Serve until a signal arrives; ministack reads its settings from the environment."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--with-starter", action="store_true")
    arguments = parser.parse_args()
    # Not truncated on opening: another emulator may hold it.
    with (arguments.folder / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"an emulator is already running in {arguments.folder}")
        lock.truncate(0)
        lock.write(f"{os.getpid()} http://127.0.0.1:{os.environ['GATEWAY_PORT']}")
        lock.flush()
        if arguments.with_starter:
            threading.Thread(target=end_with_standard_input, daemon=True).start()
        iam_patch.install(iam_actions)
        invocation_patch.install()
        origin_patch.install(cloudfront)
        texts_patch.install(sns)
        validation_patch.install(lambda_runtime)
        cognito_patch.install(cognito)
        sys.argv = ["ministack"]
        ministack.app = as_if_over_tls(ministack.app)
        ministack.main()


if __name__ == "__main__":
    main()
