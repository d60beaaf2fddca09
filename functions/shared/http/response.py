"""The way a request is answered: read it strictly, and give each domain error its one status."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import parse_qs

from aws_lambda_powertools.event_handler.api_gateway import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.aws.settings import settings
from shared.aws.telemetry import count_fault, logger
from shared.domain import errors
from shared.domain.author import Once, Writer
from shared.domain.care_home import Document, dumps
from shared.http.callers import Caller
from shared.http.compression import compressed

if TYPE_CHECKING:
    from shared.http.body import Body

LONGEST_BODY: Final = 32_768
LONGEST_QUERY: Final = 2_048

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

OLDEST_OBSERVATION: Final = 7 * 24 * 3600
"""Seconds; as long as the answer to an idempotency key is kept."""

_SECONDS = re.compile(r"[0-9]{1,7}", re.ASCII)
_ETAG = re.compile(r'"([0-9]{1,12})"', re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)


B = TypeVar("B", bound="Body")


class Request:
    """The request being answered, read strictly."""

    def __init__(self, app: APIGatewayHttpResolver) -> None:
        self._event = app.current_event
        self.request_id: str = self._event.request_context.request_id

    def caller(self) -> Caller:
        """Whoever API Gateway verified the token of; without one, the public."""
        context = self._event.raw_event["requestContext"].get("authorizer") or {}
        claims = (context.get("jwt") or {}).get("claims") or {}
        return Caller.from_claims(claims, settings().groups_claim, self._header("authorization"))

    def body(self, model: type[B]) -> B:
        """What was sent, as this model. Raises TooLargeError, MalformedError, RefusedError."""
        return model.read(self._raw_body())

    def query(self, known: frozenset[str]) -> dict[str, list[str]]:
        """Every parameter with all its values. Raises TooLargeError, RefusedError."""
        raw = self._event.raw_event.get("rawQueryString") or ""
        if len(raw) > LONGEST_QUERY:
            raise errors.TooLargeError(f"the query is longer than {LONGEST_QUERY} characters")
        found = parse_qs(raw, keep_blank_values=True)
        unknown = sorted(found.keys() - known)
        if unknown:
            raise errors.RefusedError(
                *(
                    errors.Problem(name[:40], "one of " + ", ".join(sorted(known)))
                    for name in unknown
                )
            )
        return found

    def seen_version(self) -> int | None:
        """The version in If-Match, if there is one. Raises MalformedError."""
        sent = self._header("if-match")
        if sent in (None, "*"):
            return None
        found = _ETAG.fullmatch(sent)
        if not found:
            raise errors.MalformedError(
                'If-Match: the ETag of the home as you loaded it is expected, such as "7"'
            )
        return int(found[1])

    def has_version(self, version: int) -> bool:
        """Whether the client says, by If-None-Match, that it has this version already."""
        return etag(version) in (self._header("if-none-match") or "")

    def observed_at(self, now: datetime) -> datetime:
        """When the caller saw what they tell of: now, or as long ago as Observed-Ago says.

        A span and not a time: a telephone's clock may be wrong. Raises MalformedError.
        """
        sent = self._header("observed-ago")
        if sent is None:
            return now
        if not _SECONDS.fullmatch(sent) or int(sent) > OLDEST_OBSERVATION:
            raise errors.MalformedError(
                f"Observed-Ago: whole seconds are expected, at most {OLDEST_OBSERVATION} (a week)"
            )
        return now - timedelta(seconds=int(sent))

    def writer(self, caller_id: str, body: "Body | None" = None) -> Writer:
        """The caller as the log names them, with their idempotency key if there is one.

        Raises MalformedError.
        """
        key = self._header("idempotency-key")
        if key is None:
            return Writer(caller_id, self.request_id)
        if not _KEY.fullmatch(key):
            raise errors.MalformedError(
                "Idempotency-Key: 8 to 64 letters, digits, '-' or '_' are expected, such as a UUID"
            )
        http = self._event.request_context.http
        content = body.model_dump_json(exclude_unset=True) if body else ""
        asked = f"{http.method} {http.path} {content}"
        fingerprint = hashlib.sha256(asked.encode()).hexdigest()
        return Writer(caller_id, self.request_id, Once(caller_id, key, fingerprint))

    def _header(self, name: str) -> str | None:
        sent: str | None = self._event.headers.get(name)
        return sent.strip() if sent is not None else None

    def _raw_body(self) -> bytes:
        sent: str = self._event.raw_event.get("body") or ""
        encoded = self._event.raw_event.get("isBase64Encoded")
        if len(sent) > (LONGEST_BODY * 4 // 3 if encoded else LONGEST_BODY):
            raise errors.TooLargeError(f"the body is longer than {LONGEST_BODY} bytes")
        if not encoded:
            return sent.encode("utf-8", "surrogatepass")
        try:
            return base64.b64decode(sent, validate=True)
        except binascii.Error:
            raise errors.MalformedError("the body is not what its encoding says") from None


def resolver() -> APIGatewayHttpResolver:
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


def answer(
    body: str, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response[str]:
    """An answer of JSON already written."""
    return Response(
        status_code=status,
        content_type="application/json",
        body=body,
        headers={**_HEADERS, **(headers or {})},
    )


def state(document: Document, *, replayed: bool = False) -> Response[str]:
    """A home as it stands, with its ETag."""
    marks = {"Idempotency-Replayed": "true"} if replayed else {}
    return answer(dumps(document), headers={"ETag": etag(document["version"]), **marks})


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
