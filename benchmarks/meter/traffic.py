"""Requests that botocore sends, and their bytes both ways."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from botocore.httpsession import URLLib3Session


@dataclass(slots=True)
class Traffic:
    """What went over the wire; bytes of bodies."""

    requests: int = 0
    sent: int = 0
    received: int = 0


@contextmanager
def traffic() -> Iterator[Traffic]:
    """Count all that this process sends while the block runs, whoever's client sends it."""
    seen = Traffic()
    send = URLLib3Session.send

    def counted(session: URLLib3Session, request: Any) -> Any:  # noqa: ANN401
        response = send(session, request)
        seen.requests += 1
        seen.sent += len(request.body or b"")
        seen.received += len(response.content)
        return response

    with patch.object(URLLib3Session, "send", counted):
        yield seen
