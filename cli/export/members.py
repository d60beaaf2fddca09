"""The people who can sign in, and the discharge teams with the members of their SNS topics."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cli.target import Target
from shared.aws.user_pool import UserPool
from shared.domain.documents import Document

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


def read_people(pool: UserPool) -> Iterator[Document]:
    """Read everyone who can sign in, with their groups and the id in the change log."""
    groups = pool.groups_by_person()
    for person in pool.everyone():
        yield {**person.to_document(), "groups": groups.get(person.person_id, [])}


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
