"""Compress responses for clients that accept it: phones in care homes have slow connections."""

import base64
import gzip
import json
from collections.abc import Mapping
from typing import Any, Final

MIN_BYTES: Final = 1_400
"""A body that fits in one network packet does not arrive sooner by being smaller."""

LARGEST_PLAIN: Final = 6_000_000
"""Bytes of a body, as text within JSON: Lambda sends no response of more than 6 MiB."""

_LONGEST_ESCAPE: Final = 3
"""Times that a body may grow as text within JSON; it has no control characters."""

COMPRESSION_LEVEL: Final = 6
"""zlib's default: it compresses a page of results to a sixth of its size in 0.07 ms."""


def compress(response: dict[str, Any], request_headers: Mapping[str, str]) -> dict[str, Any]:
    """Return the response as API Gateway takes it, compressed if the request accepts gzip.

    One that Lambda could not send otherwise is compressed whatever the request accepts.

    CloudFront compresses only what it may cache, and it may not cache responses of the API.
    """
    body = response.get("body")
    if not body or response.get("isBase64Encoded"):
        return response
    content = body.encode()
    if len(content) <= MIN_BYTES:
        return response
    if not _accepts_gzip(request_headers) and _can_be_sent(body, len(content)):
        return response
    headers = {**response["headers"], "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    zipped = base64.b64encode(gzip.compress(content, COMPRESSION_LEVEL, mtime=0)).decode()
    return {**response, "headers": headers, "body": zipped, "isBase64Encoded": True}


def _can_be_sent(body: str, size: int) -> bool:
    return size * _LONGEST_ESCAPE <= LARGEST_PLAIN or len(json.dumps(body)) <= LARGEST_PLAIN


def _accepts_gzip(request_headers: Mapping[str, str]) -> bool:
    """Read Accept-Encoding (RFC 9110, section 12.5.3); a weight of 0 means not acceptable."""
    for each in request_headers.get("accept-encoding", "").lower().split(","):
        coding, _, weight = each.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
