"""The people who get messages, in items of their own that only two functions may read.

They are not in the change log: an address that is deleted is gone, but for the table's backups. The
link in a message holds a token, and an item under its SHA-256 says whom it is for.
"""

import json
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from shared.domain.documents import to_json
from shared.domain.errors import BusyError, NotFoundError
from shared.domain.identifiers import is_uuid
from shared.domain.link_secret import Secret
from shared.domain.member import INVITATION_LIFETIME, Member, Owner, OwnerKind, Protocol
from shared.store import invitations, keys
from shared.store.conditions import still_at
from shared.store.readable import readable, sort_key
from shared.store.table import ConditionFailedError, Item, Table

TRIES: Final = 5
"""How often a change of a member is decided again because another one came first."""


def list_of_owner(
    table: Table, owner: Owner, now: datetime, report_unreadable: Callable[[str], None]
) -> list[Member]:
    """Return the people that a team or a home sees. Raises BusyError.

    One who cannot be read is left out; `report_unreadable` is called within an `except` block,
    with their id.
    """
    items = table.query(
        "#pk = :pk",
        {":pk": keys.members(str(owner))},
        ExpressionAttributeNames={"#pk": keys.PARTITION},
    )
    people = readable(items, _member, sort_key, report_unreadable)
    return [member for member in people if member.is_listed(now)]


def load(table: Table, owner: Owner, member_id: str, now: datetime) -> Member:
    """Return a person that their team or home sees. Raises NotFoundError, BusyError."""
    member = _load(table, owner, member_id, now)
    if not member.is_listed(now):
        raise not_found()
    return member


def load_by_token(table: Table, token: Secret, now: datetime) -> Member:
    """Return the person whose invitation or link to stop holds the token.

    Raises NotFoundError, BusyError.
    """
    (item,) = table.get((keys.link(token.digest), keys.NO_SORT))
    if item is None:
        raise not_found()
    named = json.loads(item[keys.DOCUMENT]["S"])
    member = _load(table, Owner.parse(named["owner"]), named["member_id"], now)
    if not (token.has_digest(member.stop_digest) or token.has_digest(member.invitation_digest)):
        raise not_found()  # of an earlier invitation
    return member


def invite(
    table: Table,
    owner: Owner,
    address_digest: str,
    now: datetime,
    report_unreadable: Callable[[str], None],
    decide: Callable[[list[Member]], Member],
) -> Member:
    """Save whom `decide` invites, new or not, counted against what may be sent, all or nothing.

    `decide` gets the people of the owner, and may run several times: whatever was added or invited
    since they were read, it decides again. One that it returns as they are is not invited. Raises
    ConflictError where no invitation may be sent, BusyError, and what `decide` raises.
    """

    def attempt() -> Member:
        # Before the people, so that whoever is added later changes what the write depends on.
        ledger = invitations.load(table, owner, address_digest, now)
        people = list_of_owner(table, owner, now, report_unreadable)
        member = decide(people)
        if any(member is each for each in people):
            return member
        loaded = next((each for each in people if each.member_id == member.member_id), None)
        counted = ledger.with_one_more(now)
        _save(table, member, loaded, invitations.writes(owner, address_digest, counted, now))
        return member

    return _until_saved(table, attempt)


def revise(
    table: Table, member: Member, now: datetime, decide: Callable[[Member], Member]
) -> Member:
    """Let `decide` change a person, and save them, unless it returns them as they are.

    `member` is how they were loaded; where someone else changed them since, they are loaded again.
    Whoever ends the messages is remembered, so that nobody invites them again. Raises
    NotFoundError, BusyError, and what `decide` raises.
    """
    loaded: Member | None = member

    def attempt() -> Member:
        nonlocal loaded
        current = loaded or _load(table, member.owner, member.member_id, now)
        loaded = None
        revised = decide(current)
        if revised is current:
            return current
        ends = revised.is_ended and not current.is_ended
        refusals = [invitations.refusal(revised.address_digest, now)] if ends else []
        _save(table, revised, current, refusals)
        return revised

    return _until_saved(table, attempt)


def remove(table: Table, member: Member, now: datetime) -> None:
    """Delete a person, with the tokens that lead to them. Raises NotFoundError, BusyError.

    Their link that posts for a home ends at once. Whoever ended the messages is hidden: the link in
    their messages still says so, and can allow invitations.
    """
    posting = (
        [(keys.newest_links(member.owner.owner_id), member.member_id)]
        if member.owner.kind is OwnerKind.HOME
        else []
    )
    if member.is_ended:
        revise(table, member, now, Member.hide)
        if posting:
            table.delete(*posting)
        return
    table.delete(
        (keys.members(str(member.owner)), member.member_id),
        *posting,
        *((keys.link(digest), keys.NO_SORT) for digest in _tokens(member)),
    )


def not_found() -> NotFoundError:
    """Return the error that says that there is no such member."""
    return NotFoundError("member_id: there is no member with this id. Load the members again.")


def _load(table: Table, owner: Owner, member_id: str, now: datetime) -> Member:
    """Return a person, also one that is hidden. Raises NotFoundError, BusyError."""
    if not is_uuid(member_id):
        raise not_found()
    (item,) = table.get((keys.members(str(owner)), member_id))
    member = _member(item) if item else None
    if member is None or member.is_over(now):
        raise not_found()
    return member


def _until_saved(table: Table, attempt: Callable[[], Member]) -> Member:
    """Decide again as long as another change comes first. Raises BusyError."""
    for number in range(TRIES):
        try:
            return attempt()
        except ConditionFailedError:
            table.pause(random.uniform(0, 0.01 * 2**number))  # noqa: S311 - no secret: it spreads retries
    raise BusyError("Other requests keep changing these members. Send the same request again.")


def _save(
    table: Table, member: Member, loaded: Member | None, more_writes: list[dict[str, Any]]
) -> None:
    """Put a person, their tokens, which expire together, and what belongs to it.

    `loaded` is how they were. Raises ConditionFailedError.
    """
    item: dict[str, Any] = {
        keys.PARTITION: {"S": keys.members(str(member.owner))},
        keys.SORT: {"S": member.member_id},
        keys.VERSION: {"N": str(member.version)},
        keys.DOCUMENT: {"S": to_json(member.to_document())},
        **({keys.SEALED: {"B": member.sealed}} if member.sealed else {}),
        **_expiry(member.expires_at),
    }
    write = {"Item": item, **still_at(loaded.version if loaded else None)}
    leads_to = to_json({"owner": str(member.owner), "member_id": member.member_id})
    tokens = [
        {
            "Item": {
                keys.PARTITION: {"S": keys.link(digest)},
                keys.SORT: {"S": keys.NO_SORT},
                keys.DOCUMENT: {"S": leads_to},
                **_expiry(moment),
            }
        }
        for digest, moment in _tokens(member).items()
    ]
    table.transact([write, *tokens, *more_writes])


def _tokens(member: Member) -> dict[str, datetime | None]:
    """Return when the token in each link expires, by its digest; the code of a text is in none."""
    tokens = {member.stop_digest: member.expires_at}
    if member.protocol is Protocol.EMAIL and member.invitation_digest and member.invited_at:
        tokens[member.invitation_digest] = member.invited_at + INVITATION_LIFETIME
    return tokens


def _expiry(moment: datetime | None) -> dict[str, Any]:
    return {keys.EXPIRES: {"N": str(int(moment.timestamp()))}} if moment else {}


def _member(item: Item) -> Member:
    sealed = item.get(keys.SEALED)
    return Member.from_document(
        Owner.parse(item[keys.PARTITION]["S"].removeprefix(keys.ADDRESS_PREFIX)),
        item[keys.SORT]["S"],
        int(item[keys.VERSION]["N"]),
        json.loads(item[keys.DOCUMENT]["S"]),
        bytes(sealed["B"]) if sealed else None,
    )
