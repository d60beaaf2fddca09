"""A request as API Gateway hands it to a function, and the answer as a client reads it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from aws_lambda_powertools.utilities.typing import LambdaContext

Handler = Callable[[dict[str, Any], LambdaContext], Any]


class Context(LambdaContext):
    """What Lambda tells a function of itself."""

    def __init__(self) -> None:
        self._function_name = "test"
        self._memory_limit_in_mb = 512
        self._invoked_function_arn = "arn:aws:lambda:eu-west-2:123456789012:function:test"
        self._aws_request_id = str(uuid4())


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers by lower-case name, and the body as JSON has it."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def fields(self) -> set[str]:
        """The fields that a refusal names."""
        return {error["field"] for error in self.body.get("errors", [])}


def call(
    handler: Handler,
    method: str,
    path: str,
    *,
    groups: str | None = None,
    subject: str = "00000000-0000-4000-8000-000000000001",
    body: object = None,
    raw_body: str | None = None,
    query: str = "",
    headers: dict[str, str] | None = None,
    base64_encoded: bool = False,
) -> Answer:
    """Ask a function as API Gateway does; groups separated by spaces, None: not signed in."""
    context: dict[str, Any] = {
        "accountId": "123456789012",
        "apiId": "api",
        "domainName": "api.example.org",
        "domainPrefix": "api",
        "http": {
            "method": method,
            "path": f"/api{path}",
            "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1",
            "userAgent": "test",
        },
        "requestId": str(uuid4()),
        "routeKey": "$default",
        "stage": "api",
        "time": "22/Nov/2026:12:00:00 +0000",
        "timeEpoch": 1795348800000,
    }
    if groups is not None:
        claims = {"sub": subject, "iss": "https://issuer.example.org"}
        if groups:
            claims["cognito:groups"] = f"[{groups}]"
        context["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": f"/api{path}",
        "rawQueryString": query,
        "headers": {name.lower(): value for name, value in (headers or {}).items()},
        "requestContext": context,
        "isBase64Encoded": base64_encoded,
    }
    if raw_body is not None or body is not None:
        event["body"] = raw_body if raw_body is not None else json.dumps(body)
    answer = handler(event, Context())
    sent = answer.get("body")
    return Answer(
        answer["statusCode"],
        {name.lower(): value for name, value in answer["headers"].items()},
        json.loads(sent) if sent else None,
    )
