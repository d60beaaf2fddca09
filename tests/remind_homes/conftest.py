"""The function with a stack's homes and their topics."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from local.lambda_events import Context, schedule
from remind_homes.handler import build
from shared.aws import sns
from shared.aws.clock import Clock
from shared.aws.sns import Topics
from shared.store.table import Table
from tests.support.builders import NOON
from tests.support.inboxes import TopicInboxes


@dataclass
class Remind:
    """The function, called as the scheduler calls it, at any time."""

    table: Table
    topics: Topics
    inboxes: TopicInboxes
    metrics: dict[str, float] = field(default_factory=dict)
    """The last value of each metric."""

    def open(self, *location_ids: str) -> None:
        """Have someone at each home ask for reminders."""
        self.inboxes.open(*location_ids)

    def at(
        self,
        now: datetime = NOON + timedelta(days=2),
        time_of_day: str | None = "09:30",
        topics: Topics | None = None,
        table: Table | None = None,
    ) -> None:
        """Call the function at this time, with other parts if they are given."""
        handler = build(
            table=table or self.table,
            topics=topics or self.topics,
            clock=Clock(lambda: now, lambda: 0.0, lambda _: None),
            site_url="https://beds.example.org/",
            add_metric=lambda name, _, value: self.metrics.update({name: value}),
        )
        handler(schedule(time_of_day), Context())

    def read(self) -> list[dict[str, Any]]:
        """Return every message for machines since the last read."""
        return [message for _, message in self.inboxes.read_all()]

    def reminded(self) -> Counter[str]:
        """Count the reminders of each home since the last read."""
        return Counter(message["location_id"] for message in self.read())


@pytest.fixture
def remind(table: Table) -> Remind:
    """Return the function, with topics in moto."""
    topics = sns.home_topics()
    return Remind(table, topics, TopicInboxes(topics))
