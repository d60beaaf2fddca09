"""A person gets messages only while they want them, and their address goes when they do not."""

from datetime import timedelta

import pytest

from shared.domain.errors import BusyError, ConflictError
from shared.domain.link_secret import Secret
from shared.domain.member import (
    CODE_LIFETIME,
    CODE_TRIES,
    ENDED_RETENTION,
    INVITATION_LIFETIME,
    REFUSAL_RETENTION,
    SENDING_TIME,
    Member,
    MemberState,
    Owner,
    Protocol,
    Sending,
)
from shared.domain.sealed_address import SealedAddress
from tests.support.builders import NOON

TEAM = Owner.team("exeter-discharge")
CODE, OTHER = Secret("123456"), Secret("654321")
SECOND = timedelta(seconds=1)


def member(state: MemberState = MemberState.PENDING, protocol: Protocol = Protocol.SMS) -> Member:
    return Member(
        owner=TEAM,
        member_id="00000000-0000-4000-8000-000000000001",
        protocol=protocol,
        masked="+44*******123",
        sealed=b"sealed",
        address_digest="digest",
        stop_digest=Secret("stop").digest,
        state=state,
        state_at=NOON,
        added_at=NOON,
    )


def invited() -> Member:
    return member().invite(CODE, NOON)


def test_a_code_confirms_and_a_wrong_one_costs_a_try() -> None:
    assert invited().confirm_by_code(CODE, NOON).state is MemberState.CONFIRMED
    wrong = invited().confirm_by_code(OTHER, NOON)
    assert (wrong.state, wrong.tries_left) == (MemberState.PENDING, CODE_TRIES - 1)
    assert wrong.version == invited().version + 1


def test_a_code_works_until_its_hour_is_over() -> None:
    last_moment = NOON + CODE_LIFETIME - SECOND
    assert invited().confirm_by_code(CODE, last_moment).state is MemberState.CONFIRMED
    with pytest.raises(ConflictError):
        invited().confirm_by_code(CODE, NOON + CODE_LIFETIME)


def test_no_code_confirms_an_email_or_someone_who_stopped() -> None:
    for other in (member(protocol=Protocol.EMAIL), member(MemberState.UNSUBSCRIBED)):
        with pytest.raises(ConflictError):
            other.confirm_by_code(CODE, NOON)


def test_a_link_confirms_only_who_is_pending() -> None:
    assert member().confirm_by_link(NOON).state is MemberState.CONFIRMED
    for state in set(MemberState) - {MemberState.PENDING}:
        unchanged = member(state)
        assert unchanged.confirm_by_link(NOON) is unchanged


@pytest.mark.parametrize("state", [MemberState.UNSUBSCRIBED, MemberState.COMPLAINED])
def test_who_ended_it_has_no_address_any_more_and_must_allow_invitations(
    state: MemberState,
) -> None:
    ended = member(MemberState.CONFIRMED).stop(state, NOON)
    assert (ended.state, ended.sealed) == (state, None)
    assert ended.expires_at == NOON + REFUSAL_RETENTION
    assert ended.is_listed(NOON + ENDED_RETENTION - SECOND)
    assert not ended.is_listed(NOON + ENDED_RETENTION)
    assert not ended.hide().is_listed(NOON)
    assert ended.stop(MemberState.BOUNCED, NOON) is ended
    with pytest.raises(ConflictError, match="only after they allow invitations"):
        ended.invite(CODE, NOON)


@pytest.mark.parametrize("state", [MemberState.BOUNCED, MemberState.OPTED_OUT])
def test_who_cannot_be_reached_stays_and_can_be_invited_again(state: MemberState) -> None:
    stopped = member(MemberState.CONFIRMED).stop(state, NOON)
    assert stopped.sealed
    assert stopped.expires_at is None
    later = NOON + timedelta(days=1)
    again = stopped.invite(CODE, later)
    assert (again.state, again.state_at) == (MemberState.PENDING, later)
    assert again.expires_at == later + INVITATION_LIFETIME


def test_nobody_is_invited_while_an_invitation_is_being_sent() -> None:
    with pytest.raises(BusyError):
        invited().invite(OTHER, NOON + SENDING_TIME - SECOND)
    assert invited().invite(OTHER, NOON + SENDING_TIME).invitation_digest == OTHER.digest
    for known in (Sending.SENT, Sending.FAILED):
        assert invited().with_sending(CODE, known).invite(OTHER, NOON)


def test_an_invitation_is_lacking_until_it_is_known_to_be_sent() -> None:
    assert invited().lacks_invitation
    assert invited().with_sending(CODE, Sending.FAILED).lacks_invitation
    assert not invited().with_sending(CODE, Sending.SENT).lacks_invitation
    assert invited().with_sending(OTHER, Sending.SENT) == invited()  # an earlier one
    assert not invited().confirm_by_code(CODE, NOON).lacks_invitation


def test_a_member_is_read_as_it_was_written() -> None:
    for each in (invited(), member(MemberState.CONFIRMED), member(protocol=Protocol.EMAIL)):
        written = each.to_document()
        read = Member.from_document(TEAM, each.member_id, each.version, written, each.sealed)
        assert read == each


def test_an_owner_is_read_as_it_was_written() -> None:
    for owner in (TEAM, Owner.home("1-9000000001")):
        assert Owner.parse(str(owner)) == owner


def test_codes_and_tokens_are_drawn_and_recognised_by_their_hash() -> None:
    assert len({Secret.code().text for _ in range(50)}) > 40
    assert all(len(Secret.code().text) == 6 for _ in range(50))
    token = Secret.token()
    assert len(token.text) == 22
    assert token.has_digest(token.digest)
    assert not token.has_digest(Secret.token().digest)
    assert not token.has_digest(None)


def test_a_sealed_address_is_read_as_it_was_written() -> None:
    address = SealedAddress("ward.7@example.nhs.uk", Secret.token())
    assert SealedAddress.from_text(address.to_text()) == address
