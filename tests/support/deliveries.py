"""What waits to be told, held in a local stack's delivery queue for a test to look at."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3

from local.emulator.stack import LocalStack
from tests.support import traces
from tests.support.deployed import configuration
from tests.support.patience import eventually

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The messages about one home in the delivery queue of a stack."""

    stack: LocalStack
    location_id: str

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep messages in the queue while the block runs."""
        lambdas = boto3.client("lambda", **self.stack.connection)
        name = configuration(self.stack, "deliver")["FunctionName"]
        (mapping,) = lambdas.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        lambdas.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        try:
            yield
        finally:
            lambdas.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)

    def waiting(self, event: str, count: int) -> list[Json]:
        """Wait for so many messages with this event, and return them."""
        found: list[Json] = []

        def are_there() -> bool:
            found[:] = [
                each
                for each in traces.waiting(self.stack, self.stack.delivery_queue_url)
                if self.location_id in each["Body"] and json.loads(each["Body"])["event"] == event
            ]
            return len(found) == count

        assert eventually(are_there), found
        return found

    def take(self, message: Json) -> None:
        """Delete a message of the queue."""
        boto3.client("sqs", **self.stack.connection).delete_message(
            QueueUrl=self.stack.delivery_queue_url, ReceiptHandle=message["ReceiptHandle"]
        )

    def die(self, count: int) -> list[Json]:
        """Have so many messages become dead letters, bring them back, and return the letters."""
        sqs = boto3.client("sqs", **self.stack.connection)
        dead, alive = self.stack.dead_letter_queue_url, self.stack.delivery_queue_url
        letters: list[Json] = []

        def are_dead() -> bool:
            traces.waiting(self.stack, alive)
            letters[:] = [
                each
                for each in traces.waiting(self.stack, dead)
                if self.location_id in each["Body"]
            ]
            return len(letters) == count

        assert eventually(are_dead), letters
        for each in letters:
            attributes = each.get("MessageAttributes", {})
            sqs.send_message(QueueUrl=alive, MessageBody=each["Body"], MessageAttributes=attributes)
            sqs.delete_message(QueueUrl=dead, ReceiptHandle=each["ReceiptHandle"])
        return letters
