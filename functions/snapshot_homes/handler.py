"""Append a heartbeat to the log and save a snapshot of every home, every quarter of an hour."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.aws.clock import SYSTEM, Clock
from shared.aws.telemetry import logger
from shared.store import table as tables
from shared.store.change_log import append_beat
from shared.store.table import Table
from snapshot_homes.save_snapshot import save_snapshot


def build(*, table: Table, clock: Clock) -> Callable[[dict[str, Any], LambdaContext], None]:
    """Return the function, with this table."""

    @logger.inject_lambda_context(clear_state=True)
    def handler(_event: dict[str, Any], _context: LambdaContext) -> None:
        append_beat(table, clock)
        logger.info("snapshot", parts=save_snapshot(table, clock))

    return handler


handler = build(table=tables.of_this_stack(), clock=SYSTEM)
