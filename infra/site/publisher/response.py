"""The response to CloudFormation, which waits for exactly one to each request."""

import json
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from urllib.request import Request, urlopen

GIVE_UP_SECONDS: Final = 10
"""The seconds before the function's timeout at which it reports that it failed."""

TRIES: Final = 4
_LONGEST_REASON: Final = 1000

_log = logging.getLogger(__name__)


@contextmanager
def responding(event: Mapping[str, Any], context: Any, *, physical_id: str) -> Iterator[None]:  # noqa: ANN401 - Lambda's own type
    """Respond when the block ends: that it succeeded, or why it failed or took too long.

    Raises nothing: Lambda would retry after CloudFormation has gone on.
    """
    response = _Response(event, context, event.get("PhysicalResourceId") or physical_id)
    seconds = context.get_remaining_time_in_millis() / 1000 - GIVE_UP_SECONDS
    timer = threading.Timer(max(seconds, 0), response.send, ["FAILED", "publishing took too long"])
    timer.daemon = True
    timer.start()
    try:
        yield
        response.send("SUCCESS", physical_id=physical_id)
    except Exception as error:
        _log.exception("publishing failed")
        response.send("FAILED", f"{type(error).__name__}: {error}")
    finally:
        timer.cancel()


class _Response:
    """A response that is sent once, by the block or by the timer."""

    def __init__(self, event: Mapping[str, Any], context: Any, physical_id: str) -> None:  # noqa: ANN401 - as above
        self._event, self._context = event, context
        self._physical_id = physical_id
        self._sending = threading.Lock()

    def send(self, status: str, reason: str = "", physical_id: str = "") -> None:
        if not self._sending.acquire(blocking=False):
            return
        log_stream = f"log stream {getattr(self._context, 'log_stream_name', 'unknown')}"
        echoed = ("StackId", "RequestId", "LogicalResourceId")
        body = {
            "Status": status,
            "Reason": f"{reason[:_LONGEST_REASON]} ({log_stream})",
            # After a failed update it must be the old id, or CloudFormation deletes the resource.
            "PhysicalResourceId": physical_id or self._physical_id,
            **{name: self._event[name] for name in echoed},
        }
        # The signature of the address covers an empty content type.
        request = Request(  # noqa: S310 - the address is CloudFormation's
            self._event["ResponseURL"],
            data=json.dumps(body).encode(),
            method="PUT",
            headers={"Content-Type": ""},
        )
        for tries_left in reversed(range(TRIES)):
            try:
                with urlopen(request, timeout=5):  # noqa: S310 - as above
                    return
            except OSError:
                _log.exception("the response did not reach CloudFormation")
                time.sleep(0.2 if tries_left else 0)
