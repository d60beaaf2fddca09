"""CloudFormation gets one answer to each call, whatever happens."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from infra.site.publisher.answer import TOO_LATE_SECONDS, answering


@dataclass
class CloudFormation:
    """Where the answers go."""

    url: str = ""
    refuses: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)
    types: list[str | None] = field(default_factory=list)
    answered: threading.Event = field(default_factory=threading.Event)

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
                waiting.answers.append(json.loads(body))
                waiting.types.append(self.headers["content-type"])
            self.send_response(503 if refused else 200)
            self.send_header("content-length", "0")
            self.end_headers()
            if not refused:
                waiting.answered.set()

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
    """What Lambda says of a call: how long it may still take."""

    log_stream_name = "2026/11/22/1"

    def __init__(self, seconds: float = 300) -> None:
        self._seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return int(self._seconds * 1000)


def test_a_finished_publication_is_a_success(cloudformation: CloudFormation) -> None:
    with answering(cloudformation.event(), Context(), physical_id="ours"):
        pass
    (answer,) = cloudformation.answers
    assert answer["Status"] == "SUCCESS"
    assert answer["PhysicalResourceId"] == "ours"
    assert (answer["StackId"], answer["RequestId"], answer["LogicalResourceId"]) == (
        "stack",
        "request",
        "Published",
    )


def test_the_response_has_no_content_type(
    cloudformation: CloudFormation,
) -> None:
    with answering(cloudformation.event(), Context(), physical_id="ours"):
        pass
    assert cloudformation.types == [""]


def test_a_failure_sends_its_reason_and_raises_nothing(cloudformation: CloudFormation) -> None:
    with answering(cloudformation.event(), Context(), physical_id="ours"):
        raise ValueError("no such bucket")
    (answer,) = cloudformation.answers
    assert answer["Status"] == "FAILED"
    assert answer["Reason"] == "ValueError: no such bucket (log stream 2026/11/22/1)"


def test_a_failed_update_keeps_the_old_physical_id(
    cloudformation: CloudFormation,
) -> None:
    update = cloudformation.event(RequestType="Update", PhysicalResourceId="theirs")
    with answering(update, Context(), physical_id="ours"):
        raise ValueError
    assert cloudformation.answers[0]["PhysicalResourceId"] == "theirs"


def test_a_slow_publication_fails_once_before_the_timeout(cloudformation: CloudFormation) -> None:
    soon = Context(TOO_LATE_SECONDS + 0.05)
    with answering(cloudformation.event(), soon, physical_id="ours"):
        assert cloudformation.answered.wait(10)
    (answer,) = cloudformation.answers
    assert answer["Status"] == "FAILED"
    assert answer["Reason"].startswith("it took too long")


def test_a_response_that_did_not_arrive_is_retried(cloudformation: CloudFormation) -> None:
    cloudformation.refuses = 2
    with answering(cloudformation.event(), Context(), physical_id="ours"):
        pass
    assert [each["Status"] for each in cloudformation.answers] == ["SUCCESS"]
