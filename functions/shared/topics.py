"""The SNS topics of the discharge teams: the client, and a team's topic by name."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from shared.settings import settings

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one stack; `prefix` is the ARN of each but for the team."""

    client: "SNSClient"
    prefix: str

    def arn(self, team: str) -> str:
        return f"{self.prefix}{team}"


@functools.cache
def of_this_stack() -> Topics:
    """The topics this function was deployed to use."""
    config = Config(
        retries={"mode": "standard", "total_max_attempts": 3},
        connect_timeout=1,
        # A publish that is given up on too early and sent again arrives twice.
        read_timeout=10,
        tcp_keepalive=True,
    )
    return Topics(boto3.client("sns", config=config), settings().team_topic_prefix)
