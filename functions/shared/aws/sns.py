"""The SNS topics of the discharge teams and of the care homes."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shared.aws import clients
from shared.aws.settings import settings
from shared.domain.documents import to_json
from shared.messages.sns import SnsMessage

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


_REPEAT: Final = "repeat"
FIRST_MESSAGES_ONLY: Final = to_json({_REPEAT: ["no"]})
"""The filter policy of a subscription that gets no repeats. Every message says if it is one."""


class NoTopicError(Exception):
    """The owner has no topic, so no one has subscribed to it."""


class NotPublishedError(Exception):
    """SNS refused a message, for a reason that will not pass by itself."""


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one kind in one stack; `prefix` is the ARN of each without its owner."""

    client: "SNSClient"
    prefix: str

    def arn(self, owner: str) -> str:
        """Return the ARN of the owner's topic."""
        return f"{self.prefix}{owner}"

    @property
    def council(self) -> str:
        """The slug of the council whose topics these are."""
        name, _, _ = self.prefix.rpartition(":")[2].partition("_")
        return name.removeprefix("bedboard-")

    def publish(self, owner: str, message: SnsMessage, *, is_repeat: bool = False) -> str:
        """Publish to the owner's topic, and return the id that SNS gives the message.

        A repeat is sent to no phone: see `FIRST_MESSAGES_ONLY`. Raises
        NoTopicError, NotPublishedError, BusyError.
        """
        response = clients.call(
            "SNS",
            lambda: self.client.publish(
                TopicArn=self.arn(owner),
                Subject=message.subject,
                MessageStructure="json",
                Message=to_json(message.text_by_protocol),
                MessageAttributes={
                    _REPEAT: {"DataType": "String", "StringValue": "yes" if is_repeat else "no"}
                },
            ),
            lambda response: _publish_error(owner, clients.error_code(response)),
        )
        return response["MessageId"]


def _publish_error(owner: str, code: str) -> Exception:
    return NoTopicError(owner) if code == "NotFound" else NotPublishedError(f"{owner}: {code}")


@functools.cache
def team_topics() -> Topics:
    """Return the topics of the discharge teams, each owned by a team's slug."""
    return Topics(_client(), settings().team_topic_prefix)


@functools.cache
def home_topics() -> Topics:
    """Return the topics of the care homes, each owned by a location_id."""
    return Topics(_client(), settings().home_topic_prefix)


@functools.cache
def _client() -> "SNSClient":
    return clients.sns()
