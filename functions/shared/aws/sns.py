"""The SNS topics of the discharge teams: their systems subscribe, and the queue of `deliver`."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.aws import clients
from shared.aws.delivery_queue import repeat_attribute
from shared.aws.settings import settings
from shared.domain.documents import Document, to_json

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


class NoTopicError(Exception):
    """The team has no topic, so no system has subscribed to it."""


class NotPublishedError(Exception):
    """SNS refused a message, for a reason that will not pass by itself."""


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one stack's teams; `prefix` is the ARN of each without the team's slug."""

    client: "SNSClient"
    prefix: str
    queue_arn: str = ""
    """The queue of `deliver`, which subscribes to every topic."""

    def arn(self, team: str) -> str:
        """Return the ARN of the team's topic."""
        return f"{self.prefix}{team}"

    @property
    def council(self) -> str:
        """The slug of the council whose topics these are."""
        name, _, _ = self.prefix.rpartition(":")[2].partition("_")
        return name.removeprefix("bedboard-")

    def publish(self, team: str, event: Document, *, is_repeat: bool = False) -> str:
        """Publish to the team's topic, and return the id that SNS gives the message.

        A repeat is sent to no phone. Raises NoTopicError, NotPublishedError, BusyError.
        """
        response = clients.call(
            "SNS",
            lambda: self.client.publish(
                TopicArn=self.arn(team),
                Message=to_json(event),
                MessageAttributes=repeat_attribute(is_repeat=is_repeat),
            ),
            lambda response: _publish_error(team, clients.error_code(response)),
        )
        return response["MessageId"]


def _publish_error(team: str, code: str) -> Exception:
    return NoTopicError(team) if code == "NotFound" else NotPublishedError(f"{team}: {code}")


@functools.cache
def team_topics() -> Topics:
    """Return the topics of this stack's teams."""
    return Topics(clients.sns(), settings().team_topic_prefix, settings().delivery_queue_arn)
