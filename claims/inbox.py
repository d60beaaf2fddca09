"""A queue that subscribes to a team's topic, as a team's own system has one."""

import json
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

Message = dict[str, Any]


class Inbox:
    """A queue that topics of one council may send to."""

    def __init__(self, sqs: "SQSClient", name: str, topics: str) -> None:
        """Create the queue, or use the one of this name.

        `topics` is a pattern of the ARNs of those that may send to it.
        """
        self._sqs = sqs
        self.url = sqs.create_queue(QueueName=name)["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])
        self.arn = attributes["Attributes"]["QueueArn"]
        policy = {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "sns.amazonaws.com"},
                    "Action": "sqs:SendMessage",
                    "Resource": self.arn,
                    "Condition": {"ArnLike": {"aws:SourceArn": topics}},
                }
            ],
        }
        sqs.set_queue_attributes(QueueUrl=self.url, Attributes={"Policy": json.dumps(policy)})

    def next(self, within_seconds: float) -> Message | None:
        """Return the content of the next message and delete it; None if none comes in time."""
        deadline = time.monotonic() + within_seconds
        while (left := deadline - time.monotonic()) > 0:
            received = self._sqs.receive_message(
                QueueUrl=self.url, WaitTimeSeconds=max(1, min(20, int(left)))
            )
            for message in received.get("Messages", []):
                self._sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
                envelope: Message = json.loads(message["Body"])
                if envelope.get("Type") == "SubscriptionConfirmation":
                    continue  # SNS asks nobody about a queue of the same account.
                content: Message = json.loads(envelope["Message"])
                return content
        return None
