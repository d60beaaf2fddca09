"""The discharge teams as their SNS topics know them: members by protocol, and their addresses."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


def read_teams(stack: Target, *, with_people: bool) -> Iterator[dict[str, Any]]:
    """Read each team with its number of members by protocol; `with_people` adds the addresses."""
    sns: SNSClient = stack.client("sns")
    prefix = stack.output("TeamTopicPrefix")
    for page in sns.get_paginator("list_topics").paginate():
        for topic in page["Topics"]:
            arn = topic["TopicArn"]
            if not arn.startswith(prefix):
                continue
            members = _members(sns, arn)
            yield {
                "team": arn.removeprefix(prefix),
                "members": Counter(member["Protocol"] for member in members),
                **({"addresses": [_address(member) for member in members]} if with_people else {}),
            }


def _members(sns: "SNSClient", topic_arn: str) -> list[Any]:
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic_arn)
    return [subscription for page in pages for subscription in page["Subscriptions"]]


def _address(member: Any) -> dict[str, str]:  # noqa: ANN401 - boto3's own type
    is_confirmed = member["SubscriptionArn"].startswith("arn:")
    return {
        "protocol": member["Protocol"],
        "address": member["Endpoint"],
        "confirmed": "yes" if is_confirmed else "no",
    }
