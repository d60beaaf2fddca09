"""A fault is counted where it happens; an answer that is none costs nothing more."""

import json

import pytest
from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.domain.errors import NotFoundError
from shared.http.response import create_resolver, json_response, lambda_handler
from tests.support.api_events import call


def counted(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What CloudWatch would take metrics from."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if "_aws" in line]


def answering(error: Exception | None) -> object:
    app = create_resolver()

    @app.get("/here")
    def here() -> Response[str]:
        if error:
            raise error
        return json_response("{}")

    return call(lambda_handler(app), "GET", "/here")


def test_a_fault_is_counted_once_for_all_functions_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answering(RuntimeError("ours"))
    (metric,) = counted(capsys)
    assert metric["Fault"] == [1.0]
    assert metric["service"] == "api"


@pytest.mark.parametrize("error", [None, NotFoundError("there is no such home")])
def test_nothing_is_counted_where_nothing_is_wrong(
    error: Exception | None, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(error)
    assert counted(capsys) == []
