"""A stack's queue and its people, around the real handler."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from aws_lambda_powertools.metrics import MetricUnit

from deliver.handler import build
from deliver.tell_member import MemberTelling
from local.lambda_events import Context, queue_batch, queue_record
from shared.aws import delivery_queue, sns
from shared.aws.address_key import AddressKey
from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.sns import Topics
from shared.domain.link_secret import Secret
from shared.domain.member import Member, MemberState, Owner, Protocol
from shared.domain.sealed_address import SealedAddress
from shared.store import members, stack_secret
from shared.store.table import Table
from tests.support.fakes import ManualTime
from tests.support.outbox import Outbox, new_key

SITE = "https://beds.example.org/"
TEAM = Owner.team("exeter-discharge")
HOME = Owner.home("1-9000000001")

Event = dict[str, Any]


def alert(change_id: str = "1-9000000001#7", team: str = TEAM.owner_id) -> Event:
    """Return what `notify` publishes."""
    return {
        "event": "vacancy_opened",
        "change_id": change_id,
        "changed_at": "2026-01-05T11:59:58.000Z",
        "as_of": "2026-01-05T11:59:00.000Z",
        "team": team,
        "home": {
            "location_id": "1-9000000001",
            "name": "Larkrise House",
            "address": "1 Example Lane, Exeter",
            "postcode": "EX2 5DW",
            "latitude": 50.7167,
            "longitude": -3.5062,
            "phone": "01632960001",
        },
        "opened": [{"category": "general_nursing", "before": 0, "accepting": 1}],
        "alerts": [
            {
                "alert_id": "3f9c0d1e8a72",
                "near": "EX4 4QJ",
                "radius_miles": 10,
                "distance_miles": 1.8,
                "categories": ["general_nursing"],
                "asks_for": {"categories": [], "beds": 1},
            }
        ],
    }


def reminder(day: str = "2026-01-05", sent_at: str = "2026-01-05T12:00:00.000Z") -> Event:
    """Return what `remind_homes` sends."""
    return {
        "event": "check_vacancies",
        "location_id": HOME.owner_id,
        "name": "Larkrise House",
        "confirmed_at": "2026-01-03T12:00:00.000Z",
        "day": day,
        "sent_at": sent_at,
    }


def raise_unreadable(member_id: str) -> None:
    raise AssertionError(member_id)


def email_of(number: int) -> str:
    return f"ward.{number}@example.nhs.uk"


@dataclass
class Deliver:
    """The function, and a queue that invokes it as Lambda's event source mapping does."""

    table: Table
    outbox: Outbox
    key: AddressKey
    queue: DeliveryQueue
    topics: Topics
    time: ManualTime
    metrics: dict[str, float] = field(default_factory=dict)
    postponed: list[int] = field(default_factory=list)
    """The seconds by which messages that failed were postponed."""
    comes_again: bool = True
    """Whether a message that failed comes again at once, and not after the test."""
    attempts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.start()

    def start(self, wrap: Callable[[Any], Any] = lambda client: client) -> None:
        """Start a new process; `wrap` is put around the clients of table and queue."""
        table = replace(self.table, client=wrap(self.table.client))
        telling = MemberTelling(
            table,
            self.time.clock(),
            self.key,
            self.outbox.emails,
            self.outbox.texts,
            SITE,
            self._add_metric,
        )
        client: Any = _Postponing(wrap(self.queue.client), self)
        queue = DeliveryQueue(client, self.queue.url)
        self.handler = build(telling=telling, queue=queue, topics=self.topics)

    def add(
        self,
        number: int,
        owner: Owner = TEAM,
        protocol: Protocol = Protocol.EMAIL,
        state: MemberState = MemberState.CONFIRMED,
    ) -> Member:
        """Add a person who has agreed, or is in another state."""
        stack_secret.drawn(self.table, self.key)  # as whoever adds people does
        text = email_of(number) if protocol is Protocol.EMAIL else f"+4477009{number:05d}"
        member_id, stop = f"00000000-0000-4000-8000-{number:012d}", Secret.token()
        sealed = SealedAddress(text, stop).to_text()
        member = Member(
            owner=owner,
            member_id=member_id,
            protocol=protocol,
            masked="masked",
            sealed=self.key.seal(sealed, str(owner), member_id),
            address_digest=f"{number:064x}",
            stop_digest=stop.digest,
            state=state,
            state_at=self.time.now,
            added_at=self.time.now,
        )
        # Each on a day of their own, as only so many are invited in one.
        day = self.time.now + timedelta(days=number)
        members.invite(
            self.table, owner, member.address_digest, day, raise_unreadable, lambda _: member
        )
        return member

    def send(self, *events: Event, is_repeat: bool = False) -> None:
        """Put events into the queue, as SNS and the other functions do."""
        self.queue.send(events, is_repeat=is_repeat)

    def receive(self) -> Event | None:
        """Return the batch of the next message, as Lambda gets it; None if there is none."""
        received = self.queue.client.receive_message(
            QueueUrl=self.queue.url, MaxNumberOfMessages=1, MessageAttributeNames=["All"]
        ).get("Messages", [])
        if not received:
            return None
        message: Any = received[0]
        count = self.attempts[message["MessageId"]] = self.attempts.get(message["MessageId"], 0) + 1
        message["Attributes"] = {"ApproximateReceiveCount": str(count)}
        return queue_batch(queue_record(message, self.topics.queue_arn))

    def invoke(self, batch: Event) -> bool:
        """Invoke the function; delete the message if it succeeds. Return whether it did."""
        (record,) = batch["Records"]
        if self.handler(batch, Context())["batchItemFailures"]:
            return False
        self.queue.client.delete_message(
            QueueUrl=self.queue.url, ReceiptHandle=record["receiptHandle"]
        )
        return True

    def run(self, most_invocations: int = 1000) -> int:
        """Invoke until the queue is empty; return how many invocations failed."""
        failed = 0
        for _ in range(most_invocations):
            batch = self.receive()
            if batch is None:
                return failed
            failed += not self.invoke(batch)
        return failed

    def left(self) -> list[Event]:
        """Return what is in the queue, which stays there."""
        received = self.queue.client.receive_message(
            QueueUrl=self.queue.url, MaxNumberOfMessages=10, VisibilityTimeout=0
        ).get("Messages", [])
        return [json.loads(each["Body"]) for each in received]

    def _add_metric(self, name: str, _: MetricUnit, value: float) -> None:
        self.metrics[name] = self.metrics.get(name, 0) + value


class _Postponing:
    """A queue whose messages come again as the test wants, whatever they are postponed by."""

    def __init__(self, client: Any, deliver: Deliver) -> None:
        self._client, self._deliver = client, deliver

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def change_message_visibility(self, **request: Any) -> Any:
        self._deliver.postponed.append(request["VisibilityTimeout"])
        seconds = 0 if self._deliver.comes_again else 3600
        return self._client.change_message_visibility(**{**request, "VisibilityTimeout": seconds})


@pytest.fixture
def deliver(table: Table) -> Deliver:
    queue, topics = delivery_queue.of_this_stack(), sns.team_topics()
    queue.client.create_queue(QueueName="deliveries")
    return Deliver(table, Outbox(), new_key(), queue, topics, ManualTime())
