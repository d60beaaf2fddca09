"""The HTTP request that a function responds to, read strictly."""

import base64
import binascii
import hashlib
import hmac
import re
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import parse_qs

from shared.aws.settings import settings
from shared.domain import errors
from shared.domain.author import Author, IdempotencyKey
from shared.http.callers import Caller
from shared.http.query_params import QueryParams
from shared.http.response import etag

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler.api_gateway import APIGatewayHttpResolver
    from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

    from shared.http.body import Body

MAX_BODY_BYTES: Final = 32_768
MAX_QUERY_LENGTH: Final = 2_048

DISTRIBUTION_PROOF: Final = "bedboard-distribution"
"""The header by which the stack's own distribution proves that a request came through it."""

VIEWER: Final = "bedboard-viewer"
"""The header in which the distribution says from which address."""

MAX_OBSERVED_AGO: Final = 7 * 24 * 3600
"""Seconds; as long as an idempotency record is kept."""

_SECONDS = re.compile(r"[0-9]{1,7}", re.ASCII)
_ETAG = re.compile(r'"([0-9]{1,12})"', re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)


B = TypeVar("B", bound="Body")


class Request:
    """The request that a resolver or a router is responding to."""

    def __init__(self, app: "APIGatewayHttpResolver | APIGatewayHttpRouter") -> None:
        self._event = app.current_event
        self.request_id: str = self._event.request_context.request_id

    def caller(self) -> Caller:
        """Return the caller whose token API Gateway verified; without a token, the public."""
        context = self._event.raw_event["requestContext"].get("authorizer") or {}
        claims = (context.get("jwt") or {}).get("claims") or {}
        return Caller.from_claims(claims, settings().groups_claim, self._header("authorization"))

    def body(self, model: type[B]) -> B:
        """Return the body as this model. Raises TooLargeError, MalformedError, RefusedError."""
        return model.read(self._raw_body())

    def query_params(self, known: frozenset[str]) -> QueryParams:
        """Return the query parameters; their `check` names unknown ones. Raises TooLargeError."""
        raw = self._event.raw_event.get("rawQueryString") or ""
        if len(raw) > MAX_QUERY_LENGTH:
            raise errors.TooLargeError(
                f"The query string is longer than {MAX_QUERY_LENGTH} characters. Make it shorter."
            )
        values = parse_qs(raw, keep_blank_values=True)
        params = QueryParams(values)
        if unknown := values.keys() - known:
            expected = "one of " + ", ".join(sorted(known))
            params.problems += (errors.Problem(name[:40], expected) for name in sorted(unknown))
        return params

    def seen_version(self) -> int | None:
        """Return the version in If-Match; None without one. Raises MalformedError."""
        header = self._header("if-match")
        if header in (None, "*"):
            return None
        match = _ETAG.fullmatch(header)
        if not match:
            raise errors.MalformedError(
                'If-Match: send the ETag of the home as you loaded it, such as "7", quotes included'
            )
        return int(match[1])

    def has_version(self, version: int) -> bool:
        """Return whether If-None-Match says that the client has this version already."""
        return etag(version) in (self._header("if-none-match") or "")

    def observed_at(self, now: datetime) -> datetime:
        """Return when the caller saw what they report: now, or as long ago as Observed-Ago says.

        The header is a time span because the clock of a phone may be wrong. Raises MalformedError.
        """
        header = self._header("observed-ago")
        if header is None:
            return now
        if not _SECONDS.fullmatch(header) or int(header) > MAX_OBSERVED_AGO:
            raise errors.MalformedError(
                f"Observed-Ago: send whole seconds, at most {MAX_OBSERVED_AGO} (a week)"
            )
        return now - timedelta(seconds=int(header))

    def author(self, caller_id: str, body: "Body | None" = None) -> Author:
        """Return the caller as the author of a change, with the idempotency key if there is one.

        Raises MalformedError.
        """
        key = self._header("idempotency-key")
        if key is None:
            return Author(caller_id, self.request_id)
        if not _KEY.fullmatch(key):
            raise errors.MalformedError(
                "Idempotency-Key: send 8 to 64 letters, digits, '-' or '_', such as a UUID"
            )
        http = self._event.request_context.http
        content = body.model_dump_json(exclude_unset=True) if body else ""
        request = f"{http.method} {http.path} {content}"
        fingerprint = hashlib.sha256(request.encode()).hexdigest()
        return Author(caller_id, self.request_id, IdempotencyKey(caller_id, key, fingerprint))

    def address(self) -> str:
        """Return the address that the request came from: of IPv6 its network of 64 bits.

        The stack's own distribution says whom it serves, with a proof that only it has. Who calls
        the API past it is known by their connection, whatever they claim in X-Forwarded-For.
        """
        source: str = self._event.request_context.http.source_ip
        if self._is_from_own_distribution():
            source = self._header(VIEWER) or source
        return _line_of(source)

    def refuse_idempotency_key(self) -> None:
        """Refuse the key where no response is saved, so that no one relies on it.

        Raises MalformedError.
        """
        if self._header("idempotency-key") is not None:
            raise errors.MalformedError(
                "Idempotency-Key: this request does not take a key. Send it without one."
            )

    def _is_from_own_distribution(self) -> bool:
        proof, shown = settings().distribution_proof, self._header(DISTRIBUTION_PROOF) or ""
        claimed = shown.encode("utf-8", "surrogatepass")
        return bool(proof) and hmac.compare_digest(claimed, proof.encode())

    def _header(self, name: str) -> str | None:
        value: str | None = self._event.headers.get(name)
        return value.strip() if value is not None else None

    def _raw_body(self) -> bytes:
        text: str = self._event.raw_event.get("body") or ""
        is_encoded = self._event.raw_event.get("isBase64Encoded")
        if len(text) > (MAX_BODY_BYTES * 4 // 3 if is_encoded else MAX_BODY_BYTES):
            raise errors.TooLargeError(
                f"The body is longer than {MAX_BODY_BYTES} bytes. Make it shorter."
            )
        if not is_encoded:
            return text.encode("utf-8", "surrogatepass")
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            raise errors.MalformedError("The body is not valid base64.") from None


def _line_of(address: str) -> str:
    """Return an IPv4 address as it is, and of IPv6 the 64 bits that one line has to itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False))
