"""Every quarter of an hour: a heartbeat, a snapshot of all homes, and what falls due meanwhile."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.aws.clock import SYSTEM, Clock
from shared.aws.settings import settings
from shared.aws.telemetry import AddMetric, logger, metrics
from shared.domain.demand import Span
from shared.store import table as tables
from shared.store.change_log import append_beat
from shared.store.table import Table
from snapshot_homes.draw_audit import day_to_draw, draw_audit
from snapshot_homes.end_placing_stops import end_placing_stops
from snapshot_homes.learn_from_calls import learn_from_calls
from snapshot_homes.publish_demand import publish_demand
from snapshot_homes.publish_truth import publish_truth
from snapshot_homes.read_homes import read_homes
from snapshot_homes.save_snapshot import save_snapshot


def build(
    *,
    table: Table,
    clock: Clock,
    demand_span: Span,
    council: str,
    add_metric: AddMetric = metrics.add_metric,
) -> Callable[[dict[str, Any], LambdaContext], None]:
    """Return the function, with this table; the council's slug draws the calls of its audit."""

    @logger.inject_lambda_context(clear_state=True)
    @metrics.log_metrics
    def handler(_event: dict[str, Any], context: LambdaContext) -> None:
        append_beat(table, clock)
        homes = read_homes(table, clock)
        logger.info("snapshot", parts=save_snapshot(table, homes))
        if ended := end_placing_stops(table, clock, context.aws_request_id):
            logger.info("placing stops ended", homes=ended)
        publish_demand(table, demand_span, clock.now())
        if day := day_to_draw(table, clock.now()):
            apart = learn_from_calls(table, clock, context.aws_request_id)
            add_metric("ChancesApart", MetricUnit.Count, apart)
            # Last, because what was drawn says that the day's work is done.
            draw_audit(table, council, day, homes, clock.now())
        publish_truth(table, clock.now())

    return handler


handler = build(
    table=tables.of_this_stack(),
    clock=SYSTEM,
    demand_span=settings().demand_span,
    council=settings().council,
)
