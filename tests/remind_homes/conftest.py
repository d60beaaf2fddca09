"""A stack's homes and their topics, around the real handler."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from local.lambda_events import Context, schedule
from remind_homes import handler as remind_handler
from shared.aws import sns
from shared.aws.clock import Clock
from shared.aws.sns import Topics
from shared.store.table import Table
from tests.support.builders import NOON
from tests.support.inboxes import TopicInboxes


@dataclass
class Remind:
    """The function, as the scheduler calls it, at a time of one's choosing."""

    table: Table
    topics: Topics
    patch: pytest.MonkeyPatch
    inboxes: TopicInboxes

    def open(self, *location_ids: str) -> None:
        """Have somebody of each home be reminded."""
        self.inboxes.open(*location_ids)

    def at(
        self,
        now: datetime = NOON + timedelta(days=2),
        time_of_day: str | None = "09:30",
        topics: Topics | None = None,
        table: Table | None = None,
    ) -> None:
        clock = Clock(lambda: now, lambda: 0.0, lambda _: None)
        self.patch.setattr(remind_handler, "stack_table", table or self.table)
        self.patch.setattr(remind_handler, "SYSTEM", clock)
        self.patch.setattr(remind_handler, "stack_topics", topics or self.topics)
        remind_handler.handler(schedule(time_of_day), Context())

    def read(self) -> list[dict[str, Any]]:
        """Every message for machines since the last look."""
        return [message for _, message in self.inboxes.read_all()]

    def reminded(self) -> Counter[str]:
        """How often each home was reminded since the last look."""
        return Counter(message["location_id"] for message in self.read())


@pytest.fixture
def remind(table: Table, monkeypatch: pytest.MonkeyPatch) -> Remind:
    topics = sns.of_homes()
    return Remind(table, topics, monkeypatch, TopicInboxes(topics))
