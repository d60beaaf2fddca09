"""The SNS topics of the discharge teams and of the homes: the client, and each by its owner."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.aws import clients
from shared.aws.settings import settings

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one kind in one stack; `prefix` is the ARN of each but for its owner."""

    client: "SNSClient"
    prefix: str

    def arn(self, owner: str) -> str:
        return f"{self.prefix}{owner}"


@functools.cache
def of_this_stack() -> Topics:
    """The teams' topics; a team's slug is its topic's owner."""
    return Topics(_client(), settings().team_topic_prefix)


@functools.cache
def of_homes() -> Topics:
    """The homes' topics; a home's location_id is its topic's owner."""
    return Topics(_client(), settings().home_topic_prefix)


@functools.cache
def _client() -> "SNSClient":
    return clients.sns()
