"""A queue on a local stack that subscribes to a team's topic, as a team's own system has one."""

import json
import time
from typing import Any

import boto3

from local.emulator.stack import LocalStack

Message = dict[str, Any]


class Inbox:
    """A queue that the stack's topics may send to."""

    def __init__(self, stack: LocalStack, name: str) -> None:
        """Create the queue, or use the one of this name."""
        self._sqs = boto3.client("sqs", **stack.connection)
        self._url = self._sqs.create_queue(QueueName=name)["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])
        self.arn = attributes["Attributes"]["QueueArn"]
        topics = stack.team_topic_prefix.removesuffix("team_")
        policy = {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "sns.amazonaws.com"},
                    "Action": "sqs:SendMessage",
                    "Resource": self.arn,
                    "Condition": {"ArnLike": {"aws:SourceArn": f"{topics}*"}},
                }
            ],
        }
        self._sqs.set_queue_attributes(
            QueueUrl=self._url, Attributes={"Policy": json.dumps(policy)}
        )

    def next(self, within_seconds: float) -> Message | None:
        """Return the content of the next message and delete it; None if none comes in time."""
        deadline = time.monotonic() + within_seconds
        while (left := deadline - time.monotonic()) > 0:
            received = self._sqs.receive_message(
                QueueUrl=self._url, WaitTimeSeconds=max(1, min(20, int(left)))
            )
            for message in received.get("Messages", []):
                self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=message["ReceiptHandle"])
                content: Message = json.loads(json.loads(message["Body"])["Message"])
                return content
        return None
