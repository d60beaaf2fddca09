"""The request being answered, read strictly."""

import base64
import binascii
import hashlib
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import parse_qs

from aws_lambda_powertools.event_handler.api_gateway import APIGatewayHttpResolver

from shared.aws.settings import settings
from shared.domain import errors
from shared.domain.author import Author, IdempotencyKey
from shared.http.callers import Caller
from shared.http.response import etag

if TYPE_CHECKING:
    from shared.http.body import Body

LONGEST_BODY: Final = 32_768
LONGEST_QUERY: Final = 2_048

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

    def author(self, caller_id: str, body: "Body | None" = None) -> Author:
        """The caller as the log names them, with their idempotency key if there is one.

        Raises MalformedError.
        """
        key = self._header("idempotency-key")
        if key is None:
            return Author(caller_id, self.request_id)
        if not _KEY.fullmatch(key):
            raise errors.MalformedError(
                "Idempotency-Key: 8 to 64 letters, digits, '-' or '_' are expected, such as a UUID"
            )
        http = self._event.request_context.http
        content = body.model_dump_json(exclude_unset=True) if body else ""
        asked = f"{http.method} {http.path} {content}"
        fingerprint = hashlib.sha256(asked.encode()).hexdigest()
        return Author(caller_id, self.request_id, IdempotencyKey(caller_id, key, fingerprint))

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
