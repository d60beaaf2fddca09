"""Turn one event for a team or a home into a message to each of its people.

Each is a message of the queue by itself, so that what fails for one delays no other.
"""

from shared.aws.delivery_queue import TELL_MEMBER
from shared.domain.documents import Document
from shared.domain.member import Member, MemberState, Owner, Protocol

VACANCY_OPENED = "vacancy_opened"


def owner_of(event: Document) -> Owner:
    """Return whose people an event is for."""
    return Owner.team(event["team"]) if "team" in event else Owner.home(event["location_id"])


def messages_to_members(
    event: Document, members: list[Member], *, is_repeat: bool
) -> list[Document]:
    """Return a message for each person who has agreed; phones get no repeats."""
    return [
        {
            "event": TELL_MEMBER,
            "owner": str(member.owner),
            "member_id": member.member_id,
            "about": event,
        }
        for member in members
        if member.state is MemberState.CONFIRMED
        and not (is_repeat and member.protocol is Protocol.SMS)
    ]
