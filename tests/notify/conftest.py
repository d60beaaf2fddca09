"""A stack's stream and its teams' inboxes, around the real handler."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aws_lambda_powertools.metrics import MetricUnit

from local.lambda_events import Context, stream_batch, stream_record
from notify.handler import build
from shared.aws import delivery_queue, sns
from shared.aws.clock import SYSTEM, Clock
from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.sns import Topics
from shared.aws.telemetry import metrics
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.table import Table
from tests.notify.change_log import log
from tests.support.inboxes import TopicInboxes


class Inboxes(TopicInboxes):
    """A queue on each team's topic."""

    def delivered(self) -> Counter[tuple[str, str]]:
        """Count the messages of each team about each change since the last look."""
        return Counter((team, message["change_id"]) for team, message in self.read_all())


@dataclass
class Notify:
    """The function, as the stream calls it."""

    table: Table
    topics: Topics
    queue: DeliveryQueue
    seen: set[str] = field(default_factory=set)
    metrics: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.start()

    def start(
        self,
        table: Table | None = None,
        topics: Topics | None = None,
        queue: DeliveryQueue | None = None,
        clock: Clock = SYSTEM,
    ) -> None:
        """Start a new process, with nothing in memory, and with other clients if given."""
        self.handler = build(
            table=table or self.table,
            topics=topics or self.topics,
            queue=queue or self.queue,
            clock=clock,
            add_metric=self._add_metric,
        )

    def run(self, *records: dict[str, Any]) -> list[str]:
        """Return the sequence numbers that the function reports as failed."""
        response = self.handler(stream_batch(*records), Context())
        return [failure["itemIdentifier"] for failure in response["batchItemFailures"]]

    def new(self) -> list[dict[str, Any]]:
        """Return the records of all changes of homes and their marks since the last call."""
        new = [item for item in log(self.table) if item[keys.SORT]["S"] not in self.seen]
        self.seen |= {item[keys.SORT]["S"] for item in new}
        kinds = {ChangeKind.HOME, ChangeKind.PLACING_STOP}
        return [stream_record(item) for item in new if item["kind"]["S"] in kinds]

    def run_new(self) -> list[str]:
        """Run with the records of all changes of homes since the last call."""
        return self.run(*self.new())

    def queued(self) -> list[dict[str, Any]]:
        """Return and delete what was put into the queue of `deliver`."""
        bodies = []
        while batch := self.queue.client.receive_message(
            QueueUrl=self.queue.url, MaxNumberOfMessages=10
        ).get("Messages"):
            for message in batch:
                bodies.append(json.loads(message["Body"]))
                self.queue.client.delete_message(
                    QueueUrl=self.queue.url, ReceiptHandle=message["ReceiptHandle"]
                )
        return bodies

    def _add_metric(self, name: str, unit: MetricUnit, value: float) -> None:
        self.metrics[name] = self.metrics.get(name, 0) + value
        metrics.add_metric(name, unit, value)


@pytest.fixture
def inboxes(table: Table) -> Inboxes:
    return Inboxes(sns.team_topics())


@pytest.fixture
def notify(table: Table, inboxes: Inboxes) -> Notify:
    queue = delivery_queue.of_this_stack()
    queue.client.create_queue(QueueName="deliveries")
    return Notify(table, inboxes.topics, queue)


@pytest.fixture
def requests(table: Table) -> Iterator[Counter[str]]:
    """Count the requests of each operation of the table."""
    counted: Counter[str] = Counter()

    def count(model: Any, **_: Any) -> None:
        counted[model.name] += 1

    events = table.client.meta.events
    events.register("before-call.dynamodb", count)
    yield counted
    events.unregister("before-call.dynamodb", count)
