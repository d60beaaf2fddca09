"""Publishes to the topics of the homes that are due, and keeps who was, so that none is twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit
from botocore.exceptions import BotoCoreError, ClientError

from remind_homes.ages import age
from remind_homes.message import compose
from shared.aws.sns import Topics
from shared.aws.telemetry import logger, metrics
from shared.domain.documents import HomeDocument, to_json
from shared.domain.errors import BusyError
from shared.domain.freshness import Freshness, freshness
from shared.store import keys
from shared.store.table import Table

ONCE_WITHIN: Final = timedelta(hours=12)
"""Far longer than a failed run comes again; the same time of the next day is 23 hours off, or more.

Not the date: for that the function would have to know what time it is in London.
"""


class NotRemindedError(Exception):
    """Some homes could not be reminded, and all the others were: it must run again."""

    def __init__(self, time_of_day: str, location_ids: Sequence[str]) -> None:
        super().__init__(f"{time_of_day}: could not remind {', '.join(location_ids)}")


def remind(
    table: Table,
    topics: Topics,
    time_of_day: str,
    homes: Sequence[HomeDocument],
    now: datetime,
    site_url: str,
) -> None:
    """Remind each home with old numbers that this time of day has not reminded yet.

    Raises NotRemindedError, BusyError. A home is reminded twice only if this is interrupted after
    its message was published and before that is on record.
    """
    reminded = already_reminded(table, time_of_day, now)
    failed = []
    for home in homes:
        location_id = home["location_id"]
        if freshness(age(home, now)) is Freshness.FRESH or location_id in reminded:
            continue
        try:
            if publish(topics, home, now, site_url):
                record_reminded(table, time_of_day, location_id, now)
                metrics.add_metric("HomesReminded", MetricUnit.Count, 1)
        except (ClientError, BotoCoreError, BusyError):
            logger.exception("not reminded", location_id=location_id)
            failed.append(location_id)
    if failed:
        raise NotRemindedError(time_of_day, failed)


def already_reminded(table: Table, time_of_day: str, now: datetime) -> set[str]:
    """The homes on record; what is past its time may linger for days. Raises BusyError."""
    items = table.query(
        "#pk = :pk",
        {":pk": keys.reminded(time_of_day)},
        ProjectionExpression="#sk, #expires",
        ExpressionAttributeNames={
            "#pk": keys.PARTITION,
            "#sk": keys.SORT,
            "#expires": keys.EXPIRES,
        },
    )
    return {
        item[keys.SORT]["S"] for item in items if int(item[keys.EXPIRES]["N"]) > now.timestamp()
    }


def publish(topics: Topics, home: HomeDocument, now: datetime, site_url: str) -> bool:
    """Whether there was anybody to publish to. Raises ClientError, BotoCoreError."""
    message = compose(home, age(home, now), site_url)
    try:
        topics.client.publish(
            TopicArn=topics.arn(home["location_id"]),
            Subject=message.subject,
            MessageStructure="json",
            Message=to_json(message.text_by_protocol),
        )
    except ClientError as error:
        if error.response["Error"]["Code"] == "NotFound":
            return False  # nobody of this home ever asked to be reminded
        raise
    return True


def record_reminded(table: Table, time_of_day: str, location_id: str, now: datetime) -> None:
    """Raises BusyError."""
    table.put(
        {
            keys.PARTITION: {"S": keys.reminded(time_of_day)},
            keys.SORT: {"S": location_id},
            keys.EXPIRES: {"N": str(int((now + ONCE_WITHIN).timestamp()))},
        }
    )
