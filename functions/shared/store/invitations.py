"""Who was sent what, and who wants nothing more: by a digest that is kept after the address.

The digest is keyed with the secret of the stack.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any, Final

from shared.aws.address_key import AddressKey
from shared.domain.documents import Document, timestamp, to_json
from shared.domain.invitations import (
    WITHIN,
    InvitationLedger,
    InvitationsOfDay,
    InvitationsToAddress,
    address_digest,
)
from shared.domain.member import REFUSAL_RETENTION, Owner, Protocol
from shared.store import keys, stack_secret
from shared.store.conditions import still_at
from shared.store.table import Item, Table, has_expired

_DAY_KEPT: Final = timedelta(days=2)
"""Longer than the day that a limit counts. Where there is no item, a new count begins."""


def digest_of(table: Table, key: AddressKey, protocol: Protocol, address: str) -> str:
    """Return what stands for an address in this stack. Raises BusyError."""
    return address_digest(stack_secret.drawn(table, key), protocol, address)


def load(table: Table, owner: Owner, digest: str, now: datetime) -> InvitationLedger:
    """Return what was sent, as of one moment. Raises BusyError."""
    of_day, to_address, refusal = table.get(
        _day_key(owner), _address_key(digest, owner), _refusal_key(digest)
    )
    return InvitationLedger(
        _of_day(of_day) if of_day else InvitationsOfDay(),
        _to_address(to_address) if to_address else InvitationsToAddress(),
        # One that expired DynamoDB may delete days later.
        refusal is not None and not has_expired(refusal, now),
    )


def writes(
    owner: Owner, digest: str, ledger: InvitationLedger, now: datetime
) -> list[dict[str, Any]]:
    """Return the puts that save one more invitation, unless another was saved since `load`."""
    day, to_address = ledger.of_day, ledger.to_address
    times = [timestamp(each) for each in to_address.times]
    return [
        _put(
            _day_key(owner),
            {"day": str(day.day), "number": day.number},
            now + _DAY_KEPT,
            version=day.version,
        ),
        _put(
            _address_key(digest, owner),
            {"times": times},
            now + WITHIN,
            version=to_address.version,
        ),
    ]


def refusal(digest: str, now: datetime) -> dict[str, Any]:
    """Return the put that remembers that the owner of an address wants no more invitations."""
    return {"Item": _item(_refusal_key(digest), {}, now + REFUSAL_RETENTION)}


def allow(table: Table, digest: str) -> None:
    """Forget that the owner of an address wanted no more invitations. Raises BusyError."""
    table.delete(_refusal_key(digest))


def _of_day(item: Item) -> InvitationsOfDay:
    document = json.loads(item[keys.DOCUMENT]["S"])
    day = date.fromisoformat(document["day"])
    return InvitationsOfDay(int(item[keys.VERSION]["N"]), day, document["number"])


def _to_address(item: Item) -> InvitationsToAddress:
    times = map(datetime.fromisoformat, json.loads(item[keys.DOCUMENT]["S"])["times"])
    return InvitationsToAddress(int(item[keys.VERSION]["N"]), tuple(times))


def _put(
    key: tuple[str, str], document: Document, expires_at: datetime, *, version: int
) -> dict[str, Any]:
    """Return the put of a version, which must follow the one before."""
    item = {**_item(key, document, expires_at), keys.VERSION: {"N": str(version)}}
    return {"Item": item, **still_at(version - 1 or None)}


def _item(key: tuple[str, str], document: Document, expires_at: datetime) -> dict[str, Any]:
    pk, sk = key
    return {
        keys.PARTITION: {"S": pk},
        keys.SORT: {"S": sk},
        keys.DOCUMENT: {"S": to_json(document)},
        keys.EXPIRES: {"N": str(int(expires_at.timestamp()))},
    }


def _day_key(owner: Owner) -> tuple[str, str]:
    return keys.invitations_by(str(owner)), keys.NO_SORT


def _address_key(digest: str, owner: Owner) -> tuple[str, str]:
    return keys.invitations_to(digest), str(owner)


def _refusal_key(digest: str) -> tuple[str, str]:
    return keys.invitations_to(digest), keys.NO_SORT
