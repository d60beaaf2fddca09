"""Requests that add people at the same moment add each of them once, and no more than there can be.

The threads are real; each call to moto is made alone, because moto is not safe across threads. So
the calls of the requests mix in any order, as they do on AWS, where each is made whole or not.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from shared.aws.address_key import AddressKey
from shared.domain.errors import BusyError, ConflictError
from shared.domain.member import Member, Owner, Protocol
from shared.store import invitations
from subscribe.address import Address
from subscribe.membership import Membership
from tests.support.fakes import during_each_write
from tests.support.outbox import Outbox

ROUNDS = 8
WARD = Address(Protocol.EMAIL, "ward.7@example.nhs.uk")
OTHER = Address(Protocol.EMAIL, "ward.8@example.nhs.uk")


class OneCallAtATime:
    """A client that several threads may use."""

    def __init__(self, client: Any, lock: threading.RLock) -> None:
        self._client, self._lock = client, lock

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._client, name)

        def called(**arguments: Any) -> Any:
            with self._lock:
                return method(**arguments)

        return called


@pytest.fixture
def shared_membership(membership: Membership) -> Membership:
    """Return the membership of processes that run at once."""
    lock = threading.RLock()

    def alone(client: Any) -> Any:
        return OneCallAtATime(client, lock)

    return replace(
        membership,
        table=replace(membership.table, client=alone(membership.table.client)),
        key=AddressKey(alone(membership.key.client), membership.key.key_id),
        emails=replace(membership.emails, client=alone(membership.emails.client)),
    )


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def at_once(
    threads: ThreadPoolExecutor,
    membership: Membership,
    owner: Owner,
    *addresses: Address,
    limit: int,
) -> None:
    """Add these people at the same moment, each until it is answered."""
    start = threading.Barrier(len(addresses))

    def add(address: Address) -> None:
        start.wait()
        with suppress(BusyError, ConflictError):
            membership.add(owner, address, limit=limit)

    for each in [threads.submit(add, address) for address in addresses]:
        each.result()


def test_one_address_that_is_added_twice_at_once_is_one_member_with_one_invitation(
    shared_membership: Membership, threads: ThreadPoolExecutor, outbox: Outbox
) -> None:
    for number in range(ROUNDS):
        owner = Owner.team(f"team-{number}")
        outbox.clear()
        at_once(threads, shared_membership, owner, WARD, WARD, limit=100)
        assert len(shared_membership.list_of(owner)) == 1
        assert len(outbox.emails_sent) == 1


def test_people_who_are_added_at_once_are_never_more_than_there_can_be(
    shared_membership: Membership, threads: ThreadPoolExecutor
) -> None:
    people = [Address(Protocol.EMAIL, f"ward.{number}@example.nhs.uk") for number in range(4)]
    for number in range(ROUNDS // 2):
        owner = Owner.team(f"team-{number}")
        at_once(threads, shared_membership, owner, *people, limit=2)
        assert len(shared_membership.list_of(owner)) == 2


@pytest.mark.parametrize(("meanwhile", "limit"), [(WARD, 100), (OTHER, 1)])
def test_someone_added_between_the_reading_and_the_writing_counts(
    membership: Membership, outbox: Outbox, meanwhile: Address, limit: int
) -> None:
    owner = Owner.team("exeter-discharge")
    invitations.digest_of(membership.table, membership.key, WARD.protocol, WARD.endpoint)
    steps: list[Member] = []

    def add_first() -> None:
        if not steps:
            steps.append(membership.add(owner, meanwhile))

    late = replace(membership, table=during_each_write(membership.table, add_first))
    with suppress(ConflictError):
        assert late.add(owner, WARD, limit=limit).member_id == steps[0].member_id
    assert [each.member_id for each in membership.list_of(owner)] == [steps[0].member_id]
    assert len(outbox.emails_sent) == 1
