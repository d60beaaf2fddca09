"""Send the reminders that are due, each home once at each of the council's reminder times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aws_lambda_powertools.metrics import MetricUnit
from botocore.exceptions import ClientError

from remind_homes.ages import AddMetric, age
from remind_homes.message import compose
from shared.aws import clients
from shared.aws.sns import Topics
from shared.aws.telemetry import logger
from shared.domain.documents import HomeDocument, to_json
from shared.domain.errors import BusyError
from shared.domain.freshness import Freshness, freshness
from shared.store import keys
from shared.store.table import Table

ONCE_WITHIN: Final = timedelta(hours=12)
"""How long the record of a reminder counts: far longer than a failed run is retried, and shorter
than the 23 hours or more until the same time on the next day. The date would not do, because the
function does not know what day it is in London."""


class NotRemindedError(Exception):
    """Some homes could not be reminded, so the run must be retried; all the others were."""

    def __init__(self, time_of_day: str, location_ids: Sequence[str]) -> None:
        """Name the time of day and the homes."""
        super().__init__(f"{time_of_day}: could not remind {', '.join(location_ids)}")


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders of one stack."""

    table: Table
    topics: Topics
    site_url: str
    add_metric: AddMetric

    def send(self, time_of_day: str, homes: Sequence[HomeDocument], now: datetime) -> None:
        """Remind each home whose vacancies are old.

        A home is reminded twice at one time of day only if the run is interrupted between the
        message and its record. Raises NotRemindedError, BusyError.
        """
        reminded = self._reminded(time_of_day, now)
        failed = []
        for home in homes:
            location_id = home["location_id"]
            if freshness(age(home, now)) is Freshness.FRESH or location_id in reminded:
                continue
            try:
                if self._publish(home, now):
                    self._record(time_of_day, location_id, now)
                    self.add_metric("HomesReminded", MetricUnit.Count, 1)
            except (ClientError, BusyError):
                logger.exception("not reminded", location_id=location_id)
                failed.append(location_id)
        if failed:
            raise NotRemindedError(time_of_day, failed)

    def _reminded(self, time_of_day: str, now: datetime) -> set[str]:
        """Return the homes on record. DynamoDB may delete expired records days later."""
        items = self.table.query(
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

    def _publish(self, home: HomeDocument, now: datetime) -> bool:
        """Return whether the home has a topic. Raises ClientError, BusyError."""
        message = compose(home, age(home, now), self.site_url)
        try:
            clients.call(
                "SNS",
                lambda: self.topics.client.publish(
                    TopicArn=self.topics.arn(home["location_id"]),
                    Subject=message.subject,
                    MessageStructure="json",
                    Message=to_json(message.text_by_protocol),
                ),
            )
        except ClientError as error:
            if clients.error_code(error) == "NotFound":
                return False  # no one at this home has asked for reminders
            raise
        return True

    def _record(self, time_of_day: str, location_id: str, now: datetime) -> None:
        self.table.put(
            {
                keys.PARTITION: {"S": keys.reminded(time_of_day)},
                keys.SORT: {"S": location_id},
                keys.EXPIRES: {"N": str(int((now + ONCE_WITHIN).timestamp()))},
            }
        )
