"""CloudFormation gets exactly one response to each request, whatever happens."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from infra.site.publisher.response import GIVE_UP_SECONDS, responding


@dataclass
class CloudFormation:
    """A stand-in for CloudFormation that records the responses."""

    url: str = ""
    refuses: int = 0
    responses: list[dict[str, Any]] = field(default_factory=list)
    types: list[str | None] = field(default_factory=list)
    received: threading.Event = field(default_factory=threading.Event)

    def event(self, **other: Any) -> dict[str, Any]:
        return {
            "RequestType": "Create",
            "ResponseURL": self.url,
            "StackId": "stack",
            "RequestId": "request",
            "LogicalResourceId": "Published",
            **other,
        }


@pytest.fixture
def cloudformation() -> Iterator[CloudFormation]:
    waiting = CloudFormation()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            refused = waiting.refuses > 0
            waiting.refuses -= refused
            if not refused:
                waiting.responses.append(json.loads(body))
                waiting.types.append(self.headers["content-type"])
            self.send_response(503 if refused else 200)
            self.send_header("content-length", "0")
            self.end_headers()
            if not refused:
                waiting.received.set()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        waiting.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield waiting
        server.shutdown()
        thread.join()


class Context:
    """A Lambda context with a remaining time."""

    log_stream_name = "2026/11/22/1"

    def __init__(self, seconds: float = 300) -> None:
        self._seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return int(self._seconds * 1000)


def test_a_finished_publication_is_a_success(cloudformation: CloudFormation) -> None:
    with responding(cloudformation.event(), Context(), physical_id="ours"):
        pass
    (response,) = cloudformation.responses
    assert response["Status"] == "SUCCESS"
    assert response["PhysicalResourceId"] == "ours"
    assert (response["StackId"], response["RequestId"], response["LogicalResourceId"]) == (
        "stack",
        "request",
        "Published",
    )


def test_the_response_has_no_content_type(
    cloudformation: CloudFormation,
) -> None:
    with responding(cloudformation.event(), Context(), physical_id="ours"):
        pass
    assert cloudformation.types == [""]


def test_a_failure_sends_its_reason_and_raises_nothing(cloudformation: CloudFormation) -> None:
    with responding(cloudformation.event(), Context(), physical_id="ours"):
        raise ValueError("no such bucket")
    (response,) = cloudformation.responses
    assert response["Status"] == "FAILED"
    assert response["Reason"] == "ValueError: no such bucket (log stream 2026/11/22/1)"


def test_a_failed_update_keeps_the_old_physical_id(
    cloudformation: CloudFormation,
) -> None:
    update = cloudformation.event(RequestType="Update", PhysicalResourceId="theirs")
    with responding(update, Context(), physical_id="ours"):
        raise ValueError
    assert cloudformation.responses[0]["PhysicalResourceId"] == "theirs"


def test_a_slow_publication_fails_once_before_the_timeout(cloudformation: CloudFormation) -> None:
    soon = Context(GIVE_UP_SECONDS + 0.05)
    with responding(cloudformation.event(), soon, physical_id="ours"):
        assert cloudformation.received.wait(10)
    (response,) = cloudformation.responses
    assert response["Status"] == "FAILED"
    assert response["Reason"].startswith("publishing took too long")


def test_a_response_that_did_not_arrive_is_retried(cloudformation: CloudFormation) -> None:
    cloudformation.refuses = 2
    with responding(cloudformation.event(), Context(), physical_id="ours"):
        pass
    assert [each["Status"] for each in cloudformation.responses] == ["SUCCESS"]
