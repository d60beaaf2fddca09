"""Measure how certain the vacancies are, remind homes, and tell teams of alerts that end soon."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from remind_homes.alerts_ending import tell_of_endings
from remind_homes.metrics import certainty_metrics
from remind_homes.reminders import readable_homes, send_reminders
from shared.aws import delivery_queue
from shared.aws.clock import SYSTEM, Clock
from shared.aws.delivery_queue import DeliveryQueue
from shared.aws.telemetry import AddMetric, logger, metrics, report_unreadable
from shared.domain.vocabulary import ChangeKind
from shared.places import postcodes
from shared.places.postcodes import Postcodes
from shared.store import table as tables
from shared.store import wrong_posts
from shared.store.scan import all_documents
from shared.store.table import Table


def build(
    *,
    table: Table,
    queue: DeliveryQueue,
    clock: Clock,
    add_metric: AddMetric = metrics.add_metric,
    load_postcodes: Callable[[], Postcodes] = postcodes.installed,
) -> Callable[[dict[str, Any], LambdaContext], None]:
    """Return the function, with these parts."""

    @logger.inject_lambda_context(clear_state=True)
    @metrics.log_metrics
    def handler(event: dict[str, Any], _context: LambdaContext) -> None:
        now = clock.now()
        homes = list(readable_homes(all_documents(table, ChangeKind.HOME, report_unreadable), now))
        wrong = wrong_posts.load(table, report_unreadable).share
        for metric in certainty_metrics(homes, now, wrong):
            add_metric(metric.name, metric.unit, metric.value)
        if event.get("remind_at"):
            send_reminders(table, queue, load_postcodes, homes, now, wrong)
        tell_of_endings(table, queue, now)

    return handler


handler = build(table=tables.of_this_stack(), queue=delivery_queue.of_this_stack(), clock=SYSTEM)
