"""A topic and its members: SNS keeps them, with their addresses, and nothing else.

Its owner is a team, by its slug, or a home, by its location_id.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from shared.aws import clients
from shared.aws.sns import Topics
from shared.domain.documents import Document
from shared.domain.errors import ConflictError, NotFoundError, Problem, RefusedError
from subscribe.address import Address, Protocol

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

MOST_MEMBERS: Final = 100
"""Of one topic, give or take those added at the same moment."""

SENDER: Final = "Bedboard"
"""Who an e-mail and a text message come from."""

PENDING_ID: Final = "pending"
_MEMBER_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

_LAPSES: Final = (
    "not confirmed yet: SNS has sent a message with a link to confirm; without that it lapses by"
    " itself after 48 hours"
)


_NO_SUCH: Final = "there is no such member"


class Member(NamedTuple):
    """An address that is told; `member_id` is None until it is confirmed, SNS has none before."""

    address: Address
    member_id: str | None

    def to_document(self) -> Document:
        document: Document = {
            "member_id": self.member_id or PENDING_ID,
            "protocol": self.address.protocol,
            "address": self.address.masked,
            "state": "confirmed" if self.member_id else "pending",
        }
        if not self.member_id:
            document["note"] = _LAPSES
        return document


def ensure(topics: Topics, owner: str) -> None:
    """Have the owner's topic be there. Raises BusyError."""
    name = topics.arn(owner).rsplit(":", 1)[-1]
    # SNS refuses to make one that is there under another sender's name; but there it is.
    with suppress(RefusedError):
        _call(lambda: topics.client.create_topic(Name=name, Attributes={"DisplayName": SENDER}))


def members(topics: Topics, owner: str) -> list[Member]:
    """Everybody who is told, or will be once they confirm. Raises BusyError."""
    try:
        return list(_members(topics, owner))
    except NotFoundError:
        return []  # no topic yet


def add(topics: Topics, owner: str, address: Address) -> Member:
    """Have this address told; once it is, this changes nothing.

    Raises ConflictError, RefusedError, BusyError.
    """
    ensure(topics, owner)
    known = members(topics, owner)
    if len(known) >= MOST_MEMBERS and all(member.address != address for member in known):
        raise ConflictError(f"at most {MOST_MEMBERS} members can be told; remove one first")
    answer = _call(
        lambda: topics.client.subscribe(
            TopicArn=topics.arn(owner), Protocol=address.protocol, Endpoint=address.endpoint
        )
    )
    return Member(address, _member_id(topics.arn(owner), answer["SubscriptionArn"]))


def remove(topics: Topics, owner: str, member_id: str) -> None:
    """Have a member told no more. Raises ConflictError, NotFoundError, BusyError."""
    if member_id == PENDING_ID:
        raise ConflictError(f"this member cannot be removed, being {_LAPSES}")
    known = _MEMBER_ID.fullmatch(member_id) and any(
        member.member_id == member_id for member in members(topics, owner)
    )
    if not known:
        raise NotFoundError(_NO_SUCH)
    arn = f"{topics.arn(owner)}:{member_id}"
    _call(lambda: topics.client.unsubscribe(SubscriptionArn=arn))


def _members(topics: Topics, owner: str) -> Iterator[Member]:
    asked = {"TopicArn": topics.arn(owner)}
    while True:
        page = _call(lambda: topics.client.list_subscriptions_by_topic(**asked))
        for each in page["Subscriptions"]:
            # What else there is, an operator added, and an unsubscribed one lingers as "Deleted".
            if each["Protocol"] in _PROTOCOLS and each["SubscriptionArn"] != "Deleted":
                yield Member(
                    Address(Protocol(each["Protocol"]), each["Endpoint"]),
                    _member_id(asked["TopicArn"], each["SubscriptionArn"]),
                )
        if not page.get("NextToken"):
            return
        asked["NextToken"] = page["NextToken"]


_PROTOCOLS = frozenset(Protocol)


def _member_id(topic_arn: str, subscription_arn: str) -> str | None:
    """SNS says "PendingConfirmation", or the like, where the ARN will be."""
    found = subscription_arn.removeprefix(f"{topic_arn}:")
    return found if found != subscription_arn else None


R = TypeVar("R")


def _call(request: Callable[[], R]) -> R:
    return clients.call("SNS", request, _domain_error)


def _domain_error(error: "ClientError") -> Exception | None:
    code = clients.error_code(error)
    if code in ("NotFound", "NotFoundException"):
        return NotFoundError(_NO_SUCH)
    if code.startswith("InvalidParameter"):
        return RefusedError(Problem("address", "one that SNS can deliver to"))
    return None
