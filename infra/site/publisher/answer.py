"""CloudFormation waits for one answer to each call of a custom resource: it gets one, always."""

import json
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from urllib.request import Request, urlopen

TOO_LATE_SECONDS: Final = 10
"""Before the function's time is up: long enough to say that it was not."""

TRIES: Final = 4
_LONGEST_REASON: Final = 1000

_log = logging.getLogger(__name__)


@contextmanager
def answering(event: Mapping[str, Any], context: Any, *, physical_id: str) -> Iterator[None]:  # noqa: ANN401 - Lambda's own type
    """Answer when the block ends: that it succeeded, or why it failed or took too long.

    Nothing is raised: Lambda would call again, after CloudFormation has gone on.
    """
    answer = _Answer(event, context, event.get("PhysicalResourceId") or physical_id)
    seconds = context.get_remaining_time_in_millis() / 1000 - TOO_LATE_SECONDS
    too_late = threading.Timer(max(seconds, 0), answer.send, ["FAILED", "it took too long"])
    too_late.daemon = True
    too_late.start()
    try:
        yield
        answer.send("SUCCESS", physical_id=physical_id)
    except Exception as error:
        _log.exception("not published")
        answer.send("FAILED", f"{type(error).__name__}: {error}")
    finally:
        too_late.cancel()


class _Answer:
    """Sent once, by whoever comes first."""

    def __init__(self, event: Mapping[str, Any], context: Any, physical_id: str) -> None:  # noqa: ANN401 - as above
        self._event, self._context = event, context
        self._physical_id = physical_id
        self._once = threading.Lock()

    def send(self, status: str, reason: str = "", physical_id: str = "") -> None:
        if not self._once.acquire(blocking=False):
            return
        where = f"log stream {getattr(self._context, 'log_stream_name', 'unknown')}"
        asked = ("StackId", "RequestId", "LogicalResourceId")
        body = {
            "Status": status,
            "Reason": f"{reason[:_LONGEST_REASON]} ({where})",
            # Of an update that failed it must be the old one, or CloudFormation deletes that.
            "PhysicalResourceId": physical_id or self._physical_id,
            **{name: self._event[name] for name in asked},
        }
        # The address is signed for no content type at all.
        request = Request(  # noqa: S310 - CloudFormation's own address
            self._event["ResponseURL"],
            data=json.dumps(body).encode(),
            method="PUT",
            headers={"Content-Type": ""},
        )
        for left in reversed(range(TRIES)):
            try:
                with urlopen(request, timeout=5):  # noqa: S310 - as above
                    return
            except OSError:
                _log.exception("CloudFormation was not told")
                time.sleep(0.2 if left else 0)
