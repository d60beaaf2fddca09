"""The members of a topic. SNS stores their addresses, and nothing else does.

A topic belongs to a discharge team, by its slug, or to a care home, by its location_id.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final, NamedTuple, TypeVar

from shared.aws import clients
from shared.aws.sns import FIRST_MESSAGES_ONLY, Topics
from shared.domain.documents import Document
from shared.domain.errors import ConflictError, NotFoundError, Problem, RefusedError
from shared.domain.identifiers import is_uuid
from subscribe.address import Address, Protocol

MAX_MEMBERS: Final = 100
"""The most members of a topic. Members added at the same moment may exceed it by a few."""

SENDER: Final = "Bedboard"
"""The sender that emails and text messages show."""

COUNCIL_TAG: Final = "bedboard:council"
"""The tag that the council's stacks give to everything else; see `infra.council_stack`."""

PENDING_ID: Final = "pending"

_PENDING_NOTE: Final = (
    "This member has not confirmed yet. SNS sent them a message with a link to confirm. Without a"
    " confirmation the subscription ends after 48 hours."
)

_PROTOCOLS = frozenset(Protocol)

_TEXT_ATTRIBUTES: Final = {"FilterPolicy": FIRST_MESSAGES_ONLY}

R = TypeVar("R")


class Member(NamedTuple):
    """An address that is notified; SNS gives it a `member_id` when its owner confirms."""

    address: Address
    member_id: str | None

    def to_document(self) -> Document:
        """Return the member as the API shows it, with the address masked."""
        document: Document = {
            "member_id": self.member_id or PENDING_ID,
            "protocol": self.address.protocol,
            "address": self.address.masked,
            "state": "confirmed" if self.member_id else "pending",
        }
        if not self.member_id:
            document["note"] = _PENDING_NOTE
        return document


def create_topic(topics: Topics, owner: str) -> None:
    """Create the owner's topic if it does not exist. Raises BusyError."""
    name = topics.arn(owner).rsplit(":", 1)[-1]
    # SNS refuses to create a topic that exists with another display name or other tags, such as an
    # organisation's own; but then it exists.
    with suppress(RefusedError):
        _call(
            lambda: topics.client.create_topic(
                Name=name,
                Attributes={"DisplayName": SENDER},
                Tags=[{"Key": COUNCIL_TAG, "Value": topics.council}],
            )
        )


def list_members(topics: Topics, owner: str) -> list[Member]:
    """Return all members, confirmed and pending. Raises BusyError."""
    try:
        return list(_members(topics, owner))
    except NotFoundError:
        return []  # no topic yet


def add_member(topics: Topics, owner: str, address: Address, *, limit: int = MAX_MEMBERS) -> Member:
    """Subscribe an address; one that is subscribed stays as it is.

    Raises ConflictError, RefusedError, BusyError.
    """
    create_topic(topics, owner)
    members = list_members(topics, owner)
    if len(members) >= limit and all(member.address != address for member in members):
        raise ConflictError(
            f"There are {limit} members, which is the most there can be. Remove one first."
        )
    response = _call(
        lambda: topics.client.subscribe(
            TopicArn=topics.arn(owner),
            Protocol=address.protocol,
            Endpoint=address.endpoint,
            Attributes=_TEXT_ATTRIBUTES if address.protocol is Protocol.SMS else {},
        )
    )
    return Member(address, _member_id(topics.arn(owner), response["SubscriptionArn"]))


def find_member(topics: Topics, owner: str, member_id: str) -> Member:
    """Return the member who confirmed and has this id. Raises NotFoundError, BusyError."""
    members = list_members(topics, owner) if is_uuid(member_id) else []
    for member in members:
        if member.member_id == member_id:
            return member
    raise _not_found()


def remove_member(topics: Topics, owner: str, member_id: str) -> None:
    """Unsubscribe a member. Raises ConflictError, NotFoundError, BusyError."""
    if member_id == PENDING_ID:
        raise ConflictError(f"{_PENDING_NOTE} Until then this member cannot be removed.")
    find_member(topics, owner, member_id)
    arn = f"{topics.arn(owner)}:{member_id}"
    _call(lambda: topics.client.unsubscribe(SubscriptionArn=arn))


def _members(topics: Topics, owner: str) -> Iterator[Member]:
    request = {"TopicArn": topics.arn(owner)}
    while True:
        page = _call(lambda: topics.client.list_subscriptions_by_topic(**request))
        for each in page["Subscriptions"]:
            # An operator may have added other protocols; SNS lists an unsubscribed address as
            # "Deleted" for a while.
            if each["Protocol"] in _PROTOCOLS and each["SubscriptionArn"] != "Deleted":
                yield Member(
                    Address(Protocol(each["Protocol"]), each["Endpoint"]),
                    _member_id(request["TopicArn"], each["SubscriptionArn"]),
                )
        if not page.get("NextToken"):
            return
        request["NextToken"] = page["NextToken"]


def _member_id(topic_arn: str, subscription_arn: str) -> str | None:
    """Return the last part of the ARN; SNS sends "PendingConfirmation" or the like before."""
    member_id = subscription_arn.removeprefix(f"{topic_arn}:")
    return member_id if member_id != subscription_arn else None


def _call(request: Callable[[], R]) -> R:
    return clients.call("SNS", request, _domain_error, is_personal=True)


def _domain_error(response: clients.ErrorResponse) -> Exception | None:
    code = clients.error_code(response)
    if code in ("NotFound", "NotFoundException"):
        return _not_found()
    if code.startswith("InvalidParameter"):
        return RefusedError(Problem("address", "an address that SNS can deliver to"))
    return None


def _not_found() -> NotFoundError:
    return NotFoundError("member_id: there is no member with this id. Load the members again.")
