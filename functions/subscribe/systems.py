"""The systems that get a discharge team's messages: subscribers of the team's SNS topic.

One more subscriber is the stack's own queue, from which `deliver` tells the people.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final, NamedTuple, TypeVar

from shared.aws import clients
from shared.aws.sns import Topics
from shared.domain.documents import Document, to_json
from shared.domain.errors import ConflictError, NotFoundError, Problem, RefusedError
from shared.domain.identifiers import is_uuid
from shared.domain.member import Protocol
from shared.store.members import not_found
from subscribe.address import Address

MAX_SYSTEMS: Final = 20
"""The most systems of a team. Those added at the same moment may exceed it by a few."""

COUNCIL_TAG: Final = "bedboard:council"
"""The tag that the council's stacks give to everything else; see `infra.council_stack`."""

PENDING_ID: Final = "pending"

_PENDING: Final = (
    "This system has not confirmed yet. Amazon SNS sent it a message with the address to confirm."
    " Without that it is forgotten after 48 hours. Until then it cannot be removed."
)

_RAW: Final = {"RawMessageDelivery": "true"}

_PROTOCOLS = frozenset({Protocol.HTTPS, Protocol.SQS})

R = TypeVar("R")


class System(NamedTuple):
    """A system that is notified; SNS gives it a `member_id` when it confirms."""

    address: Address
    member_id: str | None

    def to_document(self) -> Document:
        """Return the system as the API shows it, as a member."""
        return {
            "member_id": self.member_id or PENDING_ID,
            "protocol": self.address.protocol,
            "address": self.address.masked,
            "state": "confirmed" if self.member_id else "pending",
        }


def create_topic(topics: Topics, team: str) -> None:
    """Create the team's topic if it does not exist, and have it tell people too.

    Raises BusyError.
    """
    arn = topics.arn(team)
    # SNS refuses to create a topic that exists with another policy or other tags, such as an
    # organisation's own; but then it exists.
    with suppress(RefusedError):
        _call(
            lambda: topics.client.create_topic(
                Name=arn.rsplit(":", 1)[-1],
                Attributes={"Policy": _encrypted_only(arn)},
                Tags=[{"Key": COUNCIL_TAG, "Value": topics.council}],
            )
        )
    # Systems verify what they get; the first version's signature is of SHA-1.
    _call(
        lambda: topics.client.set_topic_attributes(
            TopicArn=arn, AttributeName="SignatureVersion", AttributeValue="2"
        )
    )
    _subscribe(topics, team, Address(Protocol.SQS, topics.queue_arn), _RAW)


def list_systems(topics: Topics, team: str) -> list[System]:
    """Return all systems, confirmed and pending. Raises BusyError."""
    try:
        return list(_systems(topics, team))
    except NotFoundError:
        return []  # no topic yet


def add_system(topics: Topics, team: str, address: Address, *, limit: int = MAX_SYSTEMS) -> System:
    """Subscribe a system; one that is subscribed stays as it is.

    Raises ConflictError, RefusedError, BusyError.
    """
    if address.endpoint == topics.queue_arn:
        raise RefusedError(Problem("address", "a queue of your team's own"))
    create_topic(topics, team)
    systems = list_systems(topics, team)
    if len(systems) >= limit and all(each.address != address for each in systems):
        raise ConflictError(
            f"There are {limit} systems, which is the most there can be. Remove one first."
        )
    subscription_arn = _subscribe(topics, team, address, {})
    return System(address, _member_id(topics.arn(team), subscription_arn))


def remove_system(topics: Topics, team: str, member_id: str) -> None:
    """Unsubscribe a system. Raises ConflictError, NotFoundError, BusyError."""
    if member_id == PENDING_ID:
        raise ConflictError(_PENDING)
    exists = is_uuid(member_id) and any(
        each.member_id == member_id for each in list_systems(topics, team)
    )
    if not exists:
        raise not_found()
    arn = f"{topics.arn(team)}:{member_id}"
    _call(lambda: topics.client.unsubscribe(SubscriptionArn=arn))


def _encrypted_only(topic_arn: str) -> str:
    """Return a policy that refuses what is published without TLS; roles allow the rest."""
    return to_json(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "OnlyWithTls",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "sns:Publish",
                    "Resource": topic_arn,
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                }
            ],
        }
    )


def _subscribe(topics: Topics, team: str, address: Address, attributes: dict[str, str]) -> str:
    """Return the subscription's ARN, or what SNS writes until it is confirmed."""
    response = _call(
        lambda: topics.client.subscribe(
            TopicArn=topics.arn(team),
            Protocol=address.protocol,
            Endpoint=address.endpoint,
            Attributes=attributes,
        )
    )
    return response["SubscriptionArn"]


def _systems(topics: Topics, team: str) -> Iterator[System]:
    request = {"TopicArn": topics.arn(team)}
    while True:
        page = _call(lambda: topics.client.list_subscriptions_by_topic(**request))
        for each in page["Subscriptions"]:
            # An operator may have added other protocols; SNS lists an unsubscribed address as
            # "Deleted" for a while. Our own queue is how people are told.
            is_system = each["Protocol"] in _PROTOCOLS and each["Endpoint"] != topics.queue_arn
            if is_system and each["SubscriptionArn"] != "Deleted":
                yield System(
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
        return not_found()
    if code.startswith("InvalidParameter"):
        return RefusedError(Problem("address", "an address that SNS can deliver to"))
    return None
