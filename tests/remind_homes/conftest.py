"""The function with a stack's homes and the queue of `deliver`."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from local.lambda_events import Context, schedule
from remind_homes.handler import build
from shared.aws import delivery_queue
from shared.aws.clock import Clock
from shared.aws.delivery_queue import DeliveryQueue
from shared.places.postcodes import Postcodes
from shared.store.table import Table
from tests.support.builders import NOON


@dataclass
class Remind:
    """The function, called as the scheduler calls it, at any time."""

    table: Table
    queue: DeliveryQueue
    metrics: dict[str, float] = field(default_factory=dict)
    """The last value of each metric."""

    def at(
        self,
        now: datetime = NOON + timedelta(days=7),
        time_of_day: str | None = "09:30",
        queue: DeliveryQueue | None = None,
        postcodes: Postcodes | None = None,
    ) -> None:
        """Call the function at this time, with another queue if it is given."""

        def load_postcodes() -> Postcodes:
            assert postcodes, "there is no published demand"
            return postcodes

        handler = build(
            table=self.table,
            queue=queue or self.queue,
            clock=Clock(lambda: now, lambda: 0.0, lambda _: None),
            add_metric=lambda name, _, value: self.metrics.update({name: value}),
            load_postcodes=load_postcodes,
        )
        handler(schedule(time_of_day), Context())

    def read(self) -> list[dict[str, Any]]:
        """Return every event that was put into the queue since the last read."""
        events = []
        while batch := self.queue.client.receive_message(
            QueueUrl=self.queue.url, MaxNumberOfMessages=10
        ).get("Messages"):
            for message in batch:
                events.append(json.loads(message["Body"]))
                self.queue.client.delete_message(
                    QueueUrl=self.queue.url, ReceiptHandle=message["ReceiptHandle"]
                )
        return events

    def reminded(self) -> Counter[str]:
        """Count the reminders of each home since the last read."""
        return Counter(event["location_id"] for event in self.read())


@pytest.fixture
def remind(table: Table) -> Remind:
    """Return the function, with a queue in moto."""
    queue = delivery_queue.of_this_stack()
    queue.client.create_queue(QueueName="deliveries")
    return Remind(table, queue)
