"""One event becomes a message to each person."""

from deliver.fan_out import messages_to_members
from shared.domain.documents import to_json
from shared.domain.member import Member, MemberState, Protocol
from tests.deliver.conftest import TEAM, alert
from tests.support.builders import NOON

MEMBER = Member(
    TEAM,
    "0b5c9a52-6a0b-4f0a-9a51-6f7a5c1f0a11",
    Protocol.EMAIL,
    "w***@example.org",
    None,
    "digest of the address",
    "digest of the token",
    MemberState.CONFIRMED,
    NOON,
    NOON,
)


def test_no_queued_message_to_a_person_names_a_need() -> None:
    event = alert()
    event["alerts"][0]["ask_about"] = ["peg"]
    (message,) = messages_to_members(event, [MEMBER], is_repeat=False)
    assert "peg" not in to_json(message)
    assert message["about"]["alerts"][0]["alert_id"] == "3f9c0d1e8a72"
