"""Publish the alert of one change to each team, and record it, so that no team gets it twice."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit

from notify.alert_event import alert_event
from notify.opening import Opening
from notify.repeated_texts import (
    FIT_QUIET,
    QUIET,
    BedsByCategory,
    beds_to_tell,
    is_repeat,
    with_more,
)
from notify.streamed_change import StreamedChange
from shared.aws.clock import Clock
from shared.aws.delivery_queue import PUBLISH_ALERT, DeliveryQueue
from shared.aws.sns import NoTopicError, NotPublishedError, Topics
from shared.aws.telemetry import AddMetric, logger
from shared.domain.alert import Alert
from shared.domain.documents import Document
from shared.domain.errors import BusyError
from shared.store import keys, sent_messages
from shared.store.table import Table

RECORD_RETENTION: Final = timedelta(days=28)
"""Twice as long as a dead letter is kept, so that redriving one alerts no team twice."""


@dataclass(frozen=True, slots=True)
class AlertDelivery:
    """The delivery of alerts to the topics of one stack's teams."""

    table: Table
    topics: Topics
    queue: DeliveryQueue
    clock: Clock
    add_metric: AddMetric

    def deliver(
        self,
        streamed: StreamedChange,
        alerts_by_team: Mapping[str, list[Alert]],
        wrong: float,
    ) -> None:
        """Publish to each team what the change opened for these alerts, unless it was published.

        `wrong` is the share of posts that list one bed more than there is. Nobody waits for a team
        whose topic fails: its event goes to the queue, where it is tried again by itself. A team's
        systems get it twice only if this is interrupted between publishing and recording. The
        AlertDelay metric counts from the change's stamp. Raises BusyError where the table or the
        queue fails.
        """
        change, stamped = streamed.change, streamed.stamped
        opening = Opening(change.previous, change.document)
        partition = keys.sent(streamed.change_id)
        delivered = sent_messages.recipients(self.table, partition, self.clock.now())
        texted = keys.texted(change.subject_id)
        told_by_team = sent_messages.beds_told(self.table, texted, self.clock.now())
        news = self._news(change.subject_id, opening, alerts_by_team)
        for team, alerts in sorted(news.items()):
            if team in delivered:
                continue
            told, beds = told_by_team.get(team, {}), beds_to_tell(alerts, opening)
            repeat = is_repeat(beds, told)
            event = alert_event(streamed, opening, alerts, wrong)
            message_id = self._publish(team, event, repeat=repeat)
            expires_at = self.clock.now() + RECORD_RETENTION
            sent_messages.record(self.table, partition, team, message_id, expires_at)
            if not repeat:
                self._record_beds(texted, team, with_more(told, beds), QUIET)
            for alert in alerts:
                if not opening.has_more_beds_for(alert):
                    fitted = keys.alert(team, alert.alert_id)
                    told_of = beds_to_tell([alert], opening)
                    self._record_beds(keys.fitted(change.subject_id), fitted, told_of, FIT_QUIET)
            delay = (self.clock.now() - stamped) / timedelta(milliseconds=1)
            self.add_metric("AlertDelay", MetricUnit.Milliseconds, delay)

    def _news(
        self, location_id: str, opening: Opening, alerts_by_team: Mapping[str, list[Alert]]
    ) -> dict[str, list[Alert]]:
        """Leave out alerts that were just told that the home fits, with no fewer beds.

        Each alert counts for itself: a team's next one may be about another person.
        """
        fitting = [
            alert
            for alerts in alerts_by_team.values()
            for alert in alerts
            if not opening.has_more_beds_for(alert)
        ]
        if not fitting:
            return dict(alerts_by_team)
        told = sent_messages.beds_told(self.table, keys.fitted(location_id), self.clock.now())
        repeated = {
            alert_key
            for alert in fitting
            if (alert_key := keys.alert(alert.team, alert.alert_id)) in told
            and is_repeat(beds_to_tell([alert], opening), told[alert_key])
        }
        news = {
            team: [each for each in alerts if keys.alert(team, each.alert_id) not in repeated]
            for team, alerts in alerts_by_team.items()
        }
        return {team: alerts for team, alerts in news.items() if alerts}

    def _publish(self, team: str, event: Document, *, repeat: bool) -> str:
        """Publish to the team's topic, or queue the event; return what to record. Raises BusyError.

        A team without a topic has no systems: only its people are told.
        """
        change_id = event["change_id"]
        try:
            message_id = self.topics.publish(team, event, is_repeat=repeat)
        except NoTopicError:
            logger.exception("team has no topic", change_id=change_id, team=team)
            self.queue.send([event], is_repeat=repeat)
            message_id = _QUEUED
        except (NotPublishedError, BusyError):
            logger.exception("alert not published", change_id=change_id, team=team)
            self.queue.send([{"event": PUBLISH_ALERT, "is_repeat": repeat, "about": event}])
            message_id = _QUEUED
        else:
            logger.info("alert published", change_id=change_id, team=team, message_id=message_id)
            self.add_metric("AlertPublished", MetricUnit.Count, 1)
            return message_id
        self.add_metric("AlertFailed", MetricUnit.Count, 1)
        return message_id

    def _record_beds(
        self, partition: str, recipient: str, told: BedsByCategory, lasts: timedelta
    ) -> None:
        # Without the record, the team gets one message more.
        with suppress(BusyError):
            expires_at = self.clock.now() + lasts
            sent_messages.record_beds(self.table, partition, recipient, told, expires_at)


_QUEUED: Final = "queued"
