"""A request is read as API Gateway sends it, and trusts only what was verified."""

import base64
import json
from types import SimpleNamespace
from typing import Any

import pytest
from aws_lambda_powertools.event_handler.api_gateway import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from shared.http.request import Request


def test_groups_of_another_issuer_are_read_from_the_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "shared.http.request.settings", lambda: SimpleNamespace(groups_claim="groups")
    )
    claims = {"sub": "someone", "groups": ["Devon council", "team:east"]}
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    event: dict[str, Any] = {
        "headers": {"authorization": f"Bearer e30.{payload}.c2ln"},
        "requestContext": {
            "requestId": "1",
            "authorizer": {"jwt": {"claims": {**claims, "groups": "[Devon council team:east]"}}},
        },
    }
    app = APIGatewayHttpResolver()
    app.current_event = APIGatewayProxyEventV2(event)
    caller = Request(app).caller()
    assert caller.teams == {"east"}
    assert not caller.is_council
