"""Faults are counted; other responses write no metric."""

import json

import pytest
from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.aws.telemetry import report_unreadable
from shared.domain.errors import NotFoundError
from shared.http.response import create_resolver, json_response, lambda_handler
from tests.support.api_events import call


def metric_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Return the log lines from which CloudWatch would read metrics."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if "_aws" in line]


def respond(error: Exception | None) -> object:
    app = create_resolver()

    @app.get("/here")
    def here() -> Response[str]:
        if error:
            raise error
        return json_response("{}")

    return call(lambda_handler(app), "GET", "/here")


def test_a_fault_is_counted_in_the_metric_of_the_api(
    capsys: pytest.CaptureFixture[str],
) -> None:
    respond(RuntimeError("ours"))
    (metric,) = metric_lines(capsys)
    assert metric["Fault"] == [1.0]
    assert metric["service"] == "api"


@pytest.mark.parametrize("error", [None, NotFoundError("There is no such home.")])
def test_other_responses_are_not_counted(
    error: Exception | None, capsys: pytest.CaptureFixture[str]
) -> None:
    respond(error)
    assert metric_lines(capsys) == []


def test_an_unreadable_item_is_counted_for_the_alarm(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        float("no number")
    except ValueError:
        report_unreadable("1-9000000001")
    (metric,) = metric_lines(capsys)
    assert (metric["Unreadable"], metric["service"]) == ([1.0], "items")
