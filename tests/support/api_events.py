"""Calls a function as API Gateway does, and reads its response as a client does."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from local.lambda_events import SUBJECT, Context, Event, api_request

Handler = Callable[[Event, LambdaContext], Any]


@dataclass(frozen=True, slots=True)
class ApiResponse:
    """The status, the headers by lower-case name, and the body read from JSON."""

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
    subject: str = SUBJECT,
    body: object = None,
    raw_body: str | None = None,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    base64_encoded: bool = False,
) -> ApiResponse:
    """Send a request to the handler; `local.lambda_events.api_request` says what each part is."""
    event = api_request(
        method,
        path,
        groups=groups,
        subject=subject,
        body=body,
        raw_body=raw_body,
        query=query,
        headers=headers,
        base64_encoded=base64_encoded,
    )
    response = handler(event, Context())
    content = response.get("body")
    return ApiResponse(
        response["statusCode"],
        {name.lower(): value for name, value in response["headers"].items()},
        json.loads(content) if content else None,
    )
