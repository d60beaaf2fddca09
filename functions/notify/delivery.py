"""Publishes to the teams' topics, and keeps who was told of what, so that nobody is told twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit
from botocore.exceptions import BotoCoreError, ClientError

from notify.message import Message
from shared.aws.clock import SYSTEM
from shared.aws.sns import Topics
from shared.aws.telemetry import logger, metrics
from shared.domain.documents import to_json
from shared.domain.errors import BusyError
from shared.store import keys
from shared.store.table import Table

KEPT: Final = timedelta(days=28)
"""Twice as long as a dead letter is kept: what is sent again from one tells nobody twice."""


class NotToldError(Exception):
    """Some teams could not be told of a change, and all the others were: it must come again."""

    def __init__(self, change_id: str, teams: list[str]) -> None:
        super().__init__(f"{change_id}: could not tell {', '.join(teams)}")


def tell(
    table: Table,
    topics: Topics,
    change_id: str,
    stamped: datetime,
    messages: Mapping[str, Message],
) -> None:
    """Publish to each team that was not told of this change yet. Raises NotToldError, BusyError.

    A team is told twice only if this is interrupted after its message was published and before
    that is on record.
    """
    told = already_told(table, change_id)
    failed = []
    for team, message in sorted(messages.items()):
        if team in told:
            continue
        try:
            message_id = publish(topics, team, message)
            record_told(table, change_id, team, message_id)
        except (ClientError, BotoCoreError, BusyError) as error:
            logger.exception("not told", change_id=change_id, team=team)
            if _has_no_topic(error):
                # Nobody can be subscribed to it, and the other teams must not wait for it.
                metrics.add_metric("AlertFailed", MetricUnit.Count, 1)
            else:
                failed.append(team)
            continue
        logger.info("told", change_id=change_id, team=team, message_id=message_id)
        metrics.add_metric("AlertPublished", MetricUnit.Count, 1)
        delay = SYSTEM.now() - stamped
        metrics.add_metric("AlertDelay", MetricUnit.Milliseconds, delay / timedelta(milliseconds=1))
    if failed:
        raise NotToldError(change_id, failed)


def _has_no_topic(error: Exception) -> bool:
    return isinstance(error, ClientError) and error.response["Error"]["Code"] == "NotFound"


def already_told(table: Table, change_id: str) -> set[str]:
    """The teams on record. Raises BusyError."""
    items = table.query(
        "#pk = :pk",
        {":pk": keys.sent(change_id)},
        ProjectionExpression="#sk",
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
    )
    return {item[keys.SORT]["S"] for item in items}


def publish(topics: Topics, team: str, message: Message) -> str:
    """The id that SNS gives the message. Raises ClientError, BotoCoreError."""
    answer = topics.client.publish(
        TopicArn=topics.arn(team),
        Subject=message.subject,
        MessageStructure="json",
        Message=to_json(message.text_by_protocol),
    )
    return answer["MessageId"]


def record_told(table: Table, change_id: str, team: str, message_id: str) -> None:
    """Raises BusyError."""
    table.put(
        {
            keys.PARTITION: {"S": keys.sent(change_id)},
            keys.SORT: {"S": team},
            "message_id": {"S": message_id},
            keys.EXPIRES: {"N": str(int((SYSTEM.now() + KEPT).timestamp()))},
        }
    )
