"""A stack's homes and their topics, around the real handler."""

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest

from remind_homes import handler as remind_handler
from shared.aws import sns
from shared.aws.clock import Clock
from shared.aws.sns import Topics
from shared.store.table import Table
from tests.support.api_events import Context
from tests.support.builders import NOON


@dataclass
class Remind:
    """The function, as the scheduler calls it, at a time of one's choosing."""

    table: Table
    topics: Topics
    patch: pytest.MonkeyPatch
    sqs: Any = field(default_factory=lambda: boto3.client("sqs"))
    inboxes: dict[str, str] = field(default_factory=dict)

    def open(self, *location_ids: str) -> None:
        """Have somebody of each home be reminded."""
        for each in location_ids:
            topic = self.topics.client.create_topic(Name=self.topics.arn(each).rsplit(":", 1)[-1])
            url = self.sqs.create_queue(QueueName=f"inbox-{each}")["QueueUrl"]
            arn = f"arn:aws:sqs:eu-west-2:123456789012:inbox-{each}"
            self.topics.client.subscribe(TopicArn=topic["TopicArn"], Protocol="sqs", Endpoint=arn)
            self.inboxes[each] = url

    def at(
        self,
        now: datetime = NOON + timedelta(days=2),
        time_of_day: str | None = "09:30",
        topics: Topics | None = None,
        table: Table | None = None,
    ) -> None:
        clock = Clock(lambda: now, lambda: 0.0, lambda _: None)
        self.patch.setattr(remind_handler, "stack_table", replace(table or self.table, clock=clock))
        self.patch.setattr(remind_handler, "stack_topics", topics or self.topics)
        remind_handler.handler({"remind_at": time_of_day} if time_of_day else {}, Context())

    def read(self) -> list[dict[str, Any]]:
        """Every message for machines since the last look."""
        found = []
        for url in self.inboxes.values():
            while batch := self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get(
                "Messages"
            ):
                for message in batch:
                    found.append(json.loads(json.loads(message["Body"])["Message"]))
                    self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def reminded(self) -> Counter[str]:
        """How often each home was reminded since the last look."""
        return Counter(message["location_id"] for message in self.read())


@pytest.fixture
def remind(table: Table, monkeypatch: pytest.MonkeyPatch) -> Remind:
    return Remind(table, sns.of_homes(), monkeypatch)
