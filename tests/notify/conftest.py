"""A stack's stream and its teams' inboxes, around the real handler."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from local.lambda_events import Context, stream_batch, stream_record
from notify import handler as notify_handler
from notify.alert_index import AlertIndex
from shared.aws import sns
from shared.aws.clock import SYSTEM
from shared.aws.sns import Topics
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.log_follower import LogFollower
from shared.store.table import Table
from tests.notify.change_log import log
from tests.support.inboxes import TopicInboxes


class Inboxes(TopicInboxes):
    """A queue on each team's topic."""

    def told(self) -> Counter[tuple[str, str]]:
        """Count the messages of each team about each change since the last look."""
        return Counter((team, message["change_id"]) for team, message in self.read_all())


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
        self.patch.setattr(
            notify_handler, "follower", LogFollower(table, SYSTEM, ChangeKind.ALERT, book)
        )

    def run(self, *records: dict[str, Any]) -> list[str]:
        """The sequence numbers that it reports as failed."""
        answer = notify_handler.handler(stream_batch(*records), Context())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def new(self) -> list[dict[str, Any]]:
        """The records of all that was done to homes since this was last asked."""
        new = [item for item in log(self.table) if item[keys.SORT]["S"] not in self.seen]
        self.seen |= {item[keys.SORT]["S"] for item in new}
        return [stream_record(item) for item in new if item["kind"]["S"] == ChangeKind.HOME]

    def run_new(self) -> list[str]:
        return self.run(*self.new())


@pytest.fixture
def inboxes(table: Table) -> Inboxes:
    return Inboxes(sns.team_topics())


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
