"""Alert discharge teams when a vacancy opens that fits one of their alerts."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import process_partial_response
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from notify.alert_delivery import AlertDelivery
from notify.alert_index import AlertIndex
from notify.followed_kinds import follow
from notify.placing_stops import alerts_to_tell, opened_by
from notify.still_free import ask_home
from notify.streamed_change import StreamBatch, is_beat, read_change
from shared.aws import delivery_queue, sns
from shared.aws.clock import SYSTEM, Clock
from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.sns import Topics
from shared.aws.telemetry import AddMetric, logger, metrics
from shared.store import table as tables
from shared.store.change_log import republish
from shared.store.table import Table


def build(
    *,
    table: Table,
    topics: Topics,
    queue: DeliveryQueue,
    clock: Clock,
    add_metric: AddMetric = metrics.add_metric,
) -> Callable[[dict[str, Any], LambdaContext], Any]:
    """Return the function, with these parts."""
    alerts, batch = AlertIndex(), StreamBatch(add_metric)
    follower, learned = follow(table, clock, alerts)
    delivery = AlertDelivery(table, topics, queue, clock, add_metric)

    def notify_teams(record: DynamoDBRecord) -> None:
        if is_beat(record):
            add_metric("Beat", MetricUnit.Count, 1)
            return
        streamed = read_change(record)
        if streamed is None or streamed.is_republished:
            return
        if streamed.may_be_missed:
            republish(table, clock, streamed.change)
        ask_home(streamed.change, queue, clock.now())
        opened = opened_by(streamed)
        if opened and (by_team := alerts_to_tell(alerts, opened, table, learned.share)):
            delivery.deliver(opened, by_team, learned.share)

    @logger.inject_lambda_context(clear_state=True)
    @metrics.log_metrics
    def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Lambda's own type
        follower.catch_up()
        alerts.forget_gone(clock.now())
        return process_partial_response(event, notify_teams, batch, context)

    return handler


handler = build(
    table=tables.of_this_stack(),
    topics=sns.team_topics(),
    queue=delivery_queue.of_this_stack(),
    clock=SYSTEM,
)
