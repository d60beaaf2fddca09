"""The discharge teams as their SNS topics know them: how many members, by which way."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import boto3

from cli.target import Target


def teams(stack: Target, *, with_people: bool) -> Iterator[dict[str, Any]]:
    """Each team with a topic; its members' addresses only where they are asked for."""
    sns = boto3.client("sns", **stack.connection)
    prefix = stack.output("TeamTopicPrefix")
    for page in sns.get_paginator("list_topics").paginate():
        for topic in page["Topics"]:
            arn = topic["TopicArn"]
            if not arn.startswith(prefix):
                continue
            members = [
                each
                for part in sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=arn)
                for each in part["Subscriptions"]
            ]
            yield {
                "team": arn.removeprefix(prefix),
                "members": Counter(each["Protocol"] for each in members),
                **({"addresses": [_address(each) for each in members]} if with_people else {}),
            }


def _address(member: Any) -> dict[str, str]:  # noqa: ANN401 - boto3's own type
    waiting = not member["SubscriptionArn"].startswith("arn:")
    return {
        "protocol": member["Protocol"],
        "address": member["Endpoint"],
        "confirmed": "no" if waiting else "yes",
    }
