"""A stack's stream and its teams' inboxes, around the real handler."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest

from notify import handler as notify_handler
from notify.alert_index import AlertIndex
from shared.aws import sns
from shared.aws.sns import Topics
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.log_follower import LogFollower
from shared.store.table import Table
from tests.notify.records import log, record
from tests.support.api_events import Context


@dataclass
class Inboxes:
    """A queue on each team's topic."""

    topics: Topics
    sqs: Any = field(default_factory=lambda: boto3.client("sqs"))
    urls: dict[str, str] = field(default_factory=dict)

    def open(self, *teams: str) -> None:
        for team in teams:
            topic = self.topics.client.create_topic(Name=self.topics.arn(team).rsplit(":", 1)[-1])
            url = self.sqs.create_queue(QueueName=f"inbox-{team}")["QueueUrl"]
            arn = f"arn:aws:sqs:eu-west-2:123456789012:inbox-{team}"
            self.topics.client.subscribe(TopicArn=topic["TopicArn"], Protocol="sqs", Endpoint=arn)
            self.urls[team] = url

    def read(self, team: str) -> list[dict[str, Any]]:
        """Every message for machines that came since the last look."""
        found = []
        while batch := self.sqs.receive_message(
            QueueUrl=self.urls[team], MaxNumberOfMessages=10
        ).get("Messages"):
            for message in batch:
                found.append(json.loads(json.loads(message["Body"])["Message"]))
                self.sqs.delete_message(
                    QueueUrl=self.urls[team], ReceiptHandle=message["ReceiptHandle"]
                )
        return found

    def told(self) -> Counter[tuple[str, str]]:
        """How often each team was told of each change, since the last look."""
        return Counter(
            (team, message["change_id"]) for team in self.urls for message in self.read(team)
        )


@dataclass
class Notify:
    """The function, as the stream calls it."""

    table: Table
    topics: Topics
    patch: pytest.MonkeyPatch
    seen: set[str] = field(default_factory=set)

    def start(self, table: Table | None = None, topics: Topics | None = None) -> None:
        """A fresh process: nothing in memory, other clients if need be."""
        book = AlertIndex()
        table = table or self.table
        self.patch.setattr(notify_handler, "book", book)
        self.patch.setattr(notify_handler, "stack_table", table)
        self.patch.setattr(notify_handler, "stack_topics", topics or self.topics)
        self.patch.setattr(notify_handler, "follower", LogFollower(table, ChangeKind.ALERT, book))

    def run(self, *records: dict[str, Any]) -> list[str]:
        """The sequence numbers that it reports as failed."""
        answer = notify_handler.handler({"Records": list(records)}, Context())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def new(self) -> list[dict[str, Any]]:
        """The records of all that was done to homes since this was last asked."""
        new = [item for item in log(self.table) if item[keys.SORT]["S"] not in self.seen]
        self.seen |= {item[keys.SORT]["S"] for item in new}
        return [record(item) for item in new if item["kind"]["S"] == ChangeKind.HOME]

    def run_new(self) -> list[str]:
        return self.run(*self.new())


@pytest.fixture
def inboxes(table: Table) -> Inboxes:
    return Inboxes(sns.of_this_stack())


@pytest.fixture
def notify(table: Table, inboxes: Inboxes, monkeypatch: pytest.MonkeyPatch) -> Notify:
    notify = Notify(table, inboxes.topics, monkeypatch)
    notify.start()
    return notify


@pytest.fixture
def requests(table: Table) -> Iterator[Counter[str]]:
    """How often each operation of the table was asked for."""
    counted: Counter[str] = Counter()

    def count(model: Any, **_: Any) -> None:
        counted[model.name] += 1

    events = table.client.meta.events
    events.register("before-call.dynamodb", count)
    yield counted
    events.unregister("before-call.dynamodb", count)
