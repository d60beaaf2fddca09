"""Every quarter of an hour: all homes as they stand, kept as a snapshot for cold starts."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.aws.clock import SYSTEM
from shared.aws.telemetry import logger
from shared.store import table
from snapshot_homes.save_snapshot import keep

stack_table = table.of_this_stack()


@logger.inject_lambda_context(clear_state=True)
def handler(_event: dict[str, Any], _: LambdaContext) -> None:
    parts = keep(stack_table, SYSTEM)
    logger.info("snapshot", parts=parts)
