"""How long a test waits for what it expects, before it fails."""

import time
from collections.abc import Callable
from typing import Final

PATIENCE_SECONDS: Final = 120
"""Ten times what a slow laptop takes that does much else; a test that succeeds never waits so long.
A wait ends as soon as its condition holds."""


def eventually(holds: Callable[[], bool]) -> bool:
    """Wait until the condition holds; return False if it does not within the patience."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
