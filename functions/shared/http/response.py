"""The way a request is answered: read it strictly, and give each domain error its one status."""

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
from shared.http.compression import compressed

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
    """A resolver that answers every refusal as problem+json (RFC 9457)."""
    app = APIGatewayHttpResolver()
    app.exception_handler(errors.BedboardError)(_refusal)
    app.exception_handler(Exception)(_fault)
    app.not_found(_nowhere)
    return app


def lambda_handler(app: APIGatewayHttpResolver) -> Callable[[dict[str, Any], LambdaContext], Any]:
    """The function's entry: the resolver, with every log line told by request."""

    def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401
        # What Powertools' decorator would add besides is the same in every line of a function.
        logger.append_keys(
            correlation_id=event["requestContext"]["requestId"],
            function_request_id=context.aws_request_id,
        )
        return compressed(app.resolve(event, context), event.get("headers") or {})

    return handler


def json_response(
    body: str, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response[str]:
    """An answer of JSON already written."""
    return Response(
        status_code=status,
        content_type="application/json",
        body=body,
        headers={**_HEADERS, **(headers or {})},
    )


def home_response(document: HomeDocument, *, replayed: bool = False) -> Response[str]:
    """A home as it stands, with its ETag."""
    marks = {"Idempotency-Replayed": "true"} if replayed else {}
    return json_response(to_json(document), headers={"ETag": etag(document["version"]), **marks})


def etag(version: int) -> str:
    return f'"{version}"'


_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def _problem(
    status: HTTPStatus, name: str, detail: str, headers: Mapping[str, str], **more: object
) -> Response[str]:
    body = {
        "type": f"urn:bedboard:problem:{name}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        **more,
    }
    return Response(
        status_code=status,
        content_type="application/problem+json",
        body=json.dumps(body, ensure_ascii=False),
        headers={**_HEADERS, **headers},
    )


def _refusal(error: errors.BedboardError) -> Response[str]:
    status = STATUS[type(error)]
    headers: dict[str, str] = {}
    more: dict[str, Any] = {}
    if isinstance(error, errors.RefusedError):
        more["errors"] = [
            {"field": field, "detail": expected} for field, expected in error.problems
        ]
    if isinstance(error, errors.OutdatedError):
        more["current"] = error.current
        headers["ETag"] = etag(error.current["version"])
    if isinstance(error, errors.SignInNeededError):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.BusyError):
        headers["Retry-After"] = "1"
        logger.warning("busy", exc_info=True)
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__.removesuffix("Error")).lower()
    logger.info("refused", status=status.value, problem=name)
    return _problem(status, name, error.detail, headers, **more)


def _fault(error: Exception) -> Response[str]:
    logger.exception("fault", exc_info=error)
    count_fault()
    return _problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "fault",
        "something went wrong here; it has been logged and nothing was half written",
        {},
    )


def _nowhere(_: Exception) -> Response[str]:
    return _problem(
        HTTPStatus.NOT_FOUND,
        "not-found",
        "there is nothing at this address, or not with this method",
        {},
    )
