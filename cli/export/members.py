"""The people who can sign in, and the discharge teams with the systems on their SNS topics."""

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


def read_teams(stack: Target) -> Iterator[dict[str, Any]]:
    """Read each team with its number of systems by protocol.

    The addresses of people are sealed, and leave the stack in no export.
    """
    sns: SNSClient = stack.client("sns")
    prefix = stack.output("TeamTopicPrefix")
    own_queue = ":" + stack.output("DeliveryQueueUrl").rpartition("/")[2]
    for page in sns.get_paginator("list_topics").paginate():
        for topic in page["Topics"]:
            arn = topic["TopicArn"]
            if arn.startswith(prefix):
                protocols = (each["Protocol"] for each in _systems(sns, arn, own_queue))
                yield {"team": arn.removeprefix(prefix), "systems": Counter(protocols)}


def _systems(sns: "SNSClient", topic_arn: str, own_queue: str) -> Iterator[Any]:
    """Yield the subscriptions but that of the stack's own queue, which gets raw messages."""
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic_arn)
    for page in pages:
        for subscription in page["Subscriptions"]:
            if not subscription["Endpoint"].endswith(own_queue):
                yield subscription
