"""Tells each discharge team of the vacancies that its alerts wait for."""

from typing import Any

from aws_lambda_powertools.utilities.batch import process_partial_response
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from notify import delivery, stream
from notify.alert_index import AlertIndex, openings
from notify.message import compose
from shared.aws import sns
from shared.aws.clock import SYSTEM
from shared.aws.telemetry import logger, metrics
from shared.domain.alert import Alert
from shared.domain.vocabulary import ChangeKind
from shared.store import table
from shared.store.change_log import republish
from shared.store.log_follower import LogFollower

stack_table = table.of_this_stack()
stack_topics = sns.team_topics()
book = AlertIndex()
follower = LogFollower(stack_table, SYSTEM, ChangeKind.ALERT, book)
batch = stream.Batch()


def tell(record: DynamoDBRecord) -> None:
    """Tell the teams of what a log entry opens; show the entry again if readers may have missed
    it."""
    entry = stream.entry(record)
    if entry is None or entry.is_again:
        return
    change = entry.change
    if entry.may_be_unseen:
        republish(stack_table, SYSTEM, change)
    if change.kind is not ChangeKind.HOME:
        return
    fired = before(entry, book.matches(change.previous, change.document))
    if fired:
        opened = openings(change.previous, change.document)
        delivery.tell(
            stack_table,
            stack_topics,
            change.change_id,
            entry.stamped,
            {team: compose(change, entry.stamped, opened, fired[team]) for team in fired},
        )


def before(entry: stream.Entry, fired: dict[str, list[Alert]]) -> dict[str, list[Alert]]:
    """The alerts that were there before the entry, by team. Whoever saved a later one saw the bed
    in their own search; a dead letter that is sent days afterwards would tell them of it."""
    there = {
        team: [alert for alert in alerts if not entry.was_seen_at(alert.created_at)]
        for team, alerts in fired.items()
    }
    return {team: alerts for team, alerts in there.items() if alerts}


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401
    follower.catch_up()
    return process_partial_response(event, tell, batch, context)
