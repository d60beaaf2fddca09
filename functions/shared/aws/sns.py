"""The SNS topics of the discharge teams and of the care homes."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.aws import clients
from shared.aws.settings import settings

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one kind in one stack; `prefix` is the ARN of each without its owner."""

    client: "SNSClient"
    prefix: str

    def arn(self, owner: str) -> str:
        """Return the ARN of the owner's topic."""
        return f"{self.prefix}{owner}"


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
