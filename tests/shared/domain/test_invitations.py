"""Nobody is invited more often than they should be, nor by someone who can guess at a digest."""

from datetime import timedelta

import pytest

from shared.domain.errors import ConflictError
from shared.domain.invitations import (
    MAX_INVITATIONS,
    MAX_INVITATIONS_A_DAY,
    WITHIN,
    InvitationLedger,
    InvitationsOfDay,
    InvitationsToAddress,
    address_digest,
)
from shared.domain.member import Protocol
from tests.support.builders import NOON

SECOND = timedelta(seconds=1)


def test_an_address_gets_so_many_invitations_within_the_time() -> None:
    sent = InvitationsToAddress()
    for number in range(MAX_INVITATIONS):
        sent = sent.with_one_more(NOON + number * SECOND)
    assert sent.version == MAX_INVITATIONS
    with pytest.raises(ConflictError, match="the most there can be in 28 days"):
        sent.with_one_more(NOON + WITHIN - SECOND)
    again = sent.with_one_more(NOON + WITHIN)
    assert len(again.times) == MAX_INVITATIONS
    with pytest.raises(ConflictError):
        again.with_one_more(NOON + WITHIN)


def test_a_new_day_in_the_united_kingdom_begins_with_none() -> None:
    full = InvitationsOfDay(7, NOON.date(), MAX_INVITATIONS_A_DAY)
    with pytest.raises(ConflictError, match="tomorrow"):
        full.with_one_more(NOON)
    assert full.with_one_more(NOON + timedelta(days=1)).number == 1
    assert full.with_one_more(NOON + timedelta(days=1)).version == 8


def test_who_refused_is_not_invited() -> None:
    ledger = InvitationLedger(InvitationsOfDay(), InvitationsToAddress(), is_refused=True)
    with pytest.raises(ConflictError, match="asked not to be"):
        ledger.with_one_more(NOON)
    counted = ledger._replace(is_refused=False).with_one_more(NOON)
    assert (counted.of_day.number, counted.to_address.times) == (1, (NOON,))


def test_a_digest_depends_on_the_secret_the_protocol_and_the_address() -> None:
    digests = {
        address_digest(secret, protocol, address)
        for secret in (b"one", b"other")
        for protocol in (Protocol.EMAIL, Protocol.SMS)
        for address in ("ward.7@example.nhs.uk", "ward.8@example.nhs.uk")
    }
    assert len(digests) == 8
    assert digests == {each for each in digests if len(each) == 64}
