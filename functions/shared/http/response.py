"""Create resolvers and responses, and give each domain error its HTTP status."""

import json
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from aws_lambda_powertools.event_handler.api_gateway import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.aws.telemetry import count_fault, logger
from shared.domain import errors
from shared.domain.documents import HomeDocument, to_json
from shared.http.compression import compress

LambdaHandler = Callable[[dict[str, Any], LambdaContext], Any]

STATUS: Final[Mapping[type[errors.BedboardError], HTTPStatus]] = {
    errors.MalformedError: HTTPStatus.BAD_REQUEST,
    errors.SignInNeededError: HTTPStatus.UNAUTHORIZED,
    errors.ForbiddenError: HTTPStatus.FORBIDDEN,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.ConflictError: HTTPStatus.CONFLICT,
    errors.OutdatedError: HTTPStatus.PRECONDITION_FAILED,
    errors.TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.RefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.KeyReusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def create_resolver() -> APIGatewayHttpResolver:
    """Create a resolver that sends every error as problem+json (RFC 9457)."""
    app = APIGatewayHttpResolver()
    app.exception_handler(errors.BedboardError)(_domain_error_response)
    app.exception_handler(Exception)(_unexpected_error_response)
    app.not_found(_not_found_response)
    return app


def lambda_handler(app: APIGatewayHttpResolver) -> LambdaHandler:
    """Return the entry point of a function, whose log lines name the request."""

    def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Lambda's own type
        # Powertools' decorator would add more keys, but the same to every line of a function.
        logger.append_keys(
            correlation_id=event["requestContext"]["requestId"],
            function_request_id=context.aws_request_id,
        )
        return compress(app.resolve(event, context), event.get("headers") or {})

    return handler


def json_response(
    body: str, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response[str]:
    """Create a response from a body that is JSON already."""
    return Response(
        status_code=status,
        content_type="application/json",
        body=body,
        headers={**_HEADERS, **(headers or {})},
    )


def home_response(
    document: HomeDocument, *, replayed: bool = False, known: bool = False
) -> Response[str]:
    """Return a home as it is now, with its ETag; no body if the client knows this version."""
    headers = {"ETag": etag(document["version"])}
    if known:
        return json_response("", HTTPStatus.NOT_MODIFIED, headers)
    if replayed:
        headers["Idempotency-Replayed"] = "true"
    return json_response(to_json(document), headers=headers)


def etag(version: int) -> str:
    """Return the ETag of a version, quotes included."""
    return f'"{version}"'


_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def _problem_response(
    status: HTTPStatus, name: str, detail: str, headers: Mapping[str, str], **members: object
) -> Response[str]:
    body = {
        "type": f"urn:bedboard:problem:{name}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        **members,
    }
    return Response(
        status_code=status,
        content_type="application/problem+json",
        body=json.dumps(body, ensure_ascii=False),
        headers={**_HEADERS, **headers},
    )


def _domain_error_response(error: errors.BedboardError) -> Response[str]:
    status = STATUS[type(error)]
    headers: dict[str, str] = {}
    members: dict[str, Any] = {}
    if isinstance(error, errors.RefusedError):
        members["errors"] = [
            {"field": field, "detail": expected} for field, expected in error.problems
        ]
    if isinstance(error, errors.OutdatedError):
        members["current"] = error.current
        headers["ETag"] = etag(error.current["version"])
    if isinstance(error, errors.SignInNeededError):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.BusyError):
        headers["Retry-After"] = "1"
        logger.warning("busy", exc_info=True)
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__.removesuffix("Error")).lower()
    logger.info("refused", status=status.value, problem=name)
    return _problem_response(status, name, error.detail, headers, **members)


def _unexpected_error_response(error: Exception) -> Response[str]:
    logger.exception("fault", exc_info=error)
    count_fault()
    return _problem_response(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "fault",
        "Something went wrong on our side. It is logged, and no change was saved in part."
        " Try again; if it happens again, tell the council.",
        {},
    )


def _not_found_response(_: Exception) -> Response[str]:
    return _problem_response(
        HTTPStatus.NOT_FOUND,
        "not-found",
        "There is no such address, or it does not accept this method."
        " Check the path and the method.",
        {},
    )
