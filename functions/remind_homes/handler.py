"""Looks how old the homes' numbers are; at the council's times, reminds the homes that are due."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from remind_homes.ages import gauges
from remind_homes.reminders import remind
from shared.aws import sns
from shared.aws.clock import SYSTEM
from shared.aws.settings import settings
from shared.aws.telemetry import logger, metrics
from shared.domain.availability import is_registered
from shared.domain.vocabulary import ChangeKind
from shared.store import table
from shared.store.scan import all_documents

stack_table = table.of_this_stack()
stack_topics = sns.of_homes()


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], _: LambdaContext) -> None:
    homes = [each for each in all_documents(stack_table, ChangeKind.HOME) if is_registered(each)]
    now = SYSTEM.now()
    for gauge in gauges(homes, now):
        metrics.add_metric(gauge.name, gauge.unit, gauge.value)
    if time_of_day := event.get("remind_at"):
        remind(stack_table, stack_topics, time_of_day, homes, now, settings().site_url)
