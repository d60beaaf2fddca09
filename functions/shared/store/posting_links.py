"""The links that post, by the digests of their tokens and codes; no token is stored.

The item of a code names the link by its digest. Beside them stand the newest link of each member,
which ends the ones before, and for each home how often all its links were stopped.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple

from shared.aws.clock import Clock
from shared.domain.documents import Document, to_json
from shared.domain.errors import BusyError, NotFoundError
from shared.domain.link_secret import Secret
from shared.domain.posting_link import (
    LINK_LIFETIME,
    UNDO_TIME,
    LinkPurpose,
    LinkStop,
    PostingLink,
)
from shared.store import keys
from shared.store.conditions import still_at
from shared.store.table import ConditionFailedError, Item, Table

TRIES: Final = 5
"""How often a stop is decided again because another one came first."""


class LinkSecrets(NamedTuple):
    """The two secrets of a new link, which only the message holds."""

    token: Secret
    code: Secret


class LinkState(NamedTuple):
    """A link with what decides whether it works."""

    link: PostingLink
    newest_digest: str | None
    stop: LinkStop

    def works(self, now: datetime) -> bool:
        """Tell whether the link still posts."""
        return self.link.works(self.newest_digest, self.stop, now)


def mint(
    table: Table,
    code_key: bytes,
    location_id: str,
    member_id: str,
    purpose: LinkPurpose,
    now: datetime,
) -> LinkSecrets | None:
    """Make a new link, which ends the member's one before; None while the home's are stopped.

    Raises BusyError.
    """
    stop = load_stop(table, location_id)
    if stop.stopped_at:
        return None
    new = LinkSecrets(Secret.token(), Secret.link_code())
    link = PostingLink(
        new.token.digest, location_id, member_id, purpose, stop.epoch, now + LINK_LIFETIME
    )
    # A link can undo for a little longer than it posts.
    expires = {keys.EXPIRES: {"N": str(int((link.expires_at + UNDO_TIME).timestamp()))}}
    table.transact(
        [
            {"Item": {**_item(keys.posting_link(link.digest), link.to_document()), **expires}},
            {
                "Item": {
                    **_item(
                        keys.posting_link(new.code.keyed_digest(code_key)), {"link": link.digest}
                    ),
                    **expires,
                }
            },
            {
                "Item": {
                    **_item(keys.newest_links(location_id), {"link": link.digest}, member_id),
                    **expires,
                }
            },
        ]
    )
    return new


def find(table: Table, digest: str) -> LinkState | None:
    """Return the link with the digest of its token or code, whether it works or not.

    Raises BusyError.
    """
    document = _document(table.get((keys.posting_link(digest), keys.NO_SORT))[0])
    if document and "link" in document:
        digest = document["link"]
        document = _document(table.get((keys.posting_link(digest), keys.NO_SORT))[0])
    if document is None:
        return None
    link = PostingLink.from_document(digest, document)
    newest, stop = table.get(
        (keys.newest_links(link.location_id), link.member_id),
        (keys.link_stop(link.location_id), keys.NO_SORT),
    )
    return LinkState(link, (_document(newest) or {}).get("link"), _stop(stop))


def load_stop(table: Table, location_id: str) -> LinkStop:
    """Return whether the links of a home are stopped. Raises BusyError."""
    (item,) = table.get((keys.link_stop(location_id), keys.NO_SORT))
    return _stop(item)


def revise_stop(
    table: Table, clock: Clock, location_id: str, decide: Callable[[LinkStop], LinkStop]
) -> LinkStop:
    """Let `decide` stop or allow the links of a home. Raises BusyError, and what `decide` raises.

    An epoch is never reused: a stop and an allowance at the same time keep their order.
    """
    for _ in range(TRIES):
        (item,) = table.get((keys.link_stop(location_id), keys.NO_SORT))
        current = _stop(item)
        revised = decide(current)
        if revised == current:
            return current
        version = int(item[keys.VERSION]["N"]) if item else 0
        try:
            table.transact([_stop_write(location_id, revised, version)])
        except ConditionFailedError:
            clock.pause(0.01)
            continue
        return revised
    raise BusyError("Other requests keep changing this. Send the same request again.")


def not_found() -> NotFoundError:
    """Return the one answer to a link that is unknown, replaced, stopped or expired."""
    return NotFoundError(
        "This link does not work any more. Sign in, or use the link in your newest message."
    )


def _stop_write(location_id: str, stop: LinkStop, version: int) -> dict[str, Any]:
    item = {
        **_item(keys.link_stop(location_id), stop.to_document()),
        keys.VERSION: {"N": str(version + 1)},
    }
    return {"Item": item, **still_at(version or None)}


def _item(partition: str, document: Document, sort: str = keys.NO_SORT) -> dict[str, Any]:
    return {
        keys.PARTITION: {"S": partition},
        keys.SORT: {"S": sort},
        keys.DOCUMENT: {"S": to_json(document)},
    }


def _stop(item: Item | None) -> LinkStop:
    document = _document(item)
    return LinkStop.from_document(document) if document else LinkStop()


def _document(item: Item | None) -> Document | None:
    return json.loads(item[keys.DOCUMENT]["S"]) if item else None
