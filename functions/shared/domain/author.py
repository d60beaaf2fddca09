"""The author of a change, and the key by which a repeated request is recognised."""

from typing import NamedTuple


class IdempotencyKey(NamedTuple):
    """A caller's idempotency key, and the fingerprint of the request that it came with."""

    caller_id: str
    key: str
    fingerprint: str


class Author(NamedTuple):
    """The caller who asks for a change: `by` is an opaque id, `import`, `schedule`, or `link:`.

    After `link:` stands the id of the member who was sent the link, whoever used it.
    """

    by: str
    request_id: str
    idempotency_key: IdempotencyKey | None = None
