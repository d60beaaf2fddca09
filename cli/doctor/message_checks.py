"""Checks of the way of a message: from the table's stream to people, and what failed on it."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from cli import stream_mapping
from cli.doctor.finding import Finding, broken, ok, warning
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_sns import SNSClient


def alert_path(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that the table's stream invokes notify."""
    stream = stream_mapping.stream_arn(stack, stack.output("TableName"))
    mapping = stream_mapping.find_mapping(stack, stream) if stream else None
    state = mapping.get("State", "unknown") if mapping else "missing"
    if state == "Enabled":
        yield ok("alerts: the table's stream invokes notify")
    else:
        yield broken(
            "alerts: no alert is sent, because the event source mapping from the table's stream"
            f" to notify is {state}",
            "enable it in the Lambda console" if mapping else "bedboard restore settings",
        )


def delivery_path(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that the delivery queue invokes deliver."""
    mappings = stack.client("lambda").list_event_source_mappings(
        FunctionName=stack.output("DeliverFunction")
    )["EventSourceMappings"]
    states = [each.get("State", "unknown") for each in mappings]
    if states == ["Enabled"]:
        yield ok("messages: the delivery queue invokes deliver")
    else:
        yield broken(
            "messages: no email or text is sent, because the trigger of deliver is"
            f" {states[0] if states else 'missing'}",
            "enable it in the Lambda console" if states else "deploy again",
        )


def team_topics(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that what is published to each team reaches the delivery queue."""
    sns: SNSClient = stack.client("sns")
    prefix = stack.output("TeamTopicPrefix")
    queue = ":" + stack.output("DeliveryQueueUrl").rpartition("/")[2]
    topics = (
        topic["TopicArn"]
        for page in sns.get_paginator("list_topics").paginate()
        for topic in page["Topics"]
        if topic["TopicArn"].startswith(prefix)
    )
    deaf = [arn.removeprefix(prefix) for arn in topics if not _reaches(sns, arn, queue)]
    if deaf:
        yield broken(
            f"messages: the people of {', '.join(deaf)} are not told, because the team's topic does"
            " not lead to the delivery queue",
            "ask a member of each team to save an alert again, which mends it",
        )
    else:
        yield ok("messages: every team's topic leads to the delivery queue")


def _reaches(sns: "SNSClient", topic_arn: str, queue: str) -> bool:
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic_arn)
    return any(each["Endpoint"].endswith(queue) for page in pages for each in page["Subscriptions"])


def dead_letters(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that the dead-letter queue is empty."""
    attributes = stack.client("sqs").get_queue_attributes(
        QueueUrl=stack.output("DeadLetterQueueUrl"),
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    count = sum(int(number) for number in attributes.values())
    if count:
        yield warning(f"dead letters: {count}", "bedboard dead-letters list")
    else:
        yield ok("dead letters: none")
