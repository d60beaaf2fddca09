"""Who asks for a change, and how a repeat of the same request is known."""

from typing import NamedTuple


class IdempotencyKey(NamedTuple):
    """A caller's idempotency key and the fingerprint of the request it came with."""

    caller_id: str
    key: str
    fingerprint: str


class Author(NamedTuple):
    """Who asks (an opaque id, or an import), in which request, under which key."""

    by: str
    request_id: str
    once: IdempotencyKey | None = None
