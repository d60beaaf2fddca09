"""Deliver the alert of one change to each team, and record it, so that no team gets it twice."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit

from notify.repeated_texts import QUIET, BedsByCategory, is_repeat, with_more
from shared.aws.clock import Clock
from shared.aws.sns import NoTopicError, NotPublishedError, Topics
from shared.aws.telemetry import AddMetric, logger
from shared.domain.errors import BusyError
from shared.messages.sns import SnsMessage
from shared.store import keys, sent_messages
from shared.store.table import Table

RECORD_RETENTION: Final = timedelta(days=28)
"""Twice as long as a dead letter is kept, so that redriving one alerts no team twice."""


class UndeliveredError(Exception):
    """Some teams did not get the alert, so the record must be retried; all other teams did."""

    def __init__(self, change_id: str, teams: list[str]) -> None:
        """Name the change and the teams."""
        super().__init__(f"{change_id}: not delivered to {', '.join(teams)}")


@dataclass(frozen=True, slots=True)
class AlertDelivery:
    """The delivery of alerts to the topics of one stack's teams."""

    table: Table
    topics: Topics
    clock: Clock
    add_metric: AddMetric

    def deliver(
        self,
        change_id: str,
        stamped: datetime,
        messages: Mapping[str, SnsMessage],
        beds: Mapping[str, BedsByCategory],
    ) -> None:
        """Publish each team's message, unless the team already got one about this change.

        `beds` are those that the message tells of, by team: see `repeated_texts`. A team gets it
        twice only if this is interrupted between publishing and recording. The AlertDelay metric
        counts from `stamped`. Raises UndeliveredError, BusyError.
        """
        partition = keys.sent(change_id)
        delivered = sent_messages.recipients(self.table, partition, self.clock.now())
        texted = keys.texted(change_id.partition("#")[0])
        told_by_team = sent_messages.beds_told(self.table, texted, self.clock.now())
        undelivered = []
        for team, message in sorted(messages.items()):
            if team in delivered:
                continue
            told = told_by_team.get(team, {})
            repeat = is_repeat(beds[team], told)
            try:
                message_id = self.topics.publish(team, message, is_repeat=repeat)
                expires_at = self.clock.now() + RECORD_RETENTION
                sent_messages.record(self.table, partition, team, message_id, expires_at)
            except NoTopicError:
                # No one can have subscribed to it, and the other teams must not wait for it.
                logger.exception("alert not delivered", change_id=change_id, team=team)
                self.add_metric("AlertFailed", MetricUnit.Count, 1)
            except (NotPublishedError, BusyError):
                logger.exception("alert not delivered", change_id=change_id, team=team)
                undelivered.append(team)
            else:
                if not repeat:
                    self._record_text(texted, team, with_more(told, beds[team]))
                logger.info(
                    "alert delivered", change_id=change_id, team=team, message_id=message_id
                )
                self.add_metric("AlertPublished", MetricUnit.Count, 1)
                delay = (self.clock.now() - stamped) / timedelta(milliseconds=1)
                self.add_metric("AlertDelay", MetricUnit.Milliseconds, delay)
        if undelivered:
            raise UndeliveredError(change_id, undelivered)

    def _record_text(self, texted: str, team: str, told: BedsByCategory) -> None:
        # Without the record, the team's phones get one text more.
        with suppress(BusyError):
            sent_messages.record_beds(self.table, texted, team, told, self.clock.now() + QUIET)
