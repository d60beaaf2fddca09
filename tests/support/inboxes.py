"""SQS queues that subscribe to SNS topics in moto, so that a test reads what was published."""

import json
from dataclasses import dataclass, field
from typing import Any

import boto3

from shared.aws.sns import Topics


@dataclass
class TopicInboxes:
    """A queue on the topic of each team."""

    topics: Topics
    _sqs: Any = field(default_factory=lambda: boto3.client("sqs"))
    _urls: dict[str, str] = field(default_factory=dict)

    def open(self, *names: str) -> None:
        """Create each topic and a queue that subscribes to it."""
        for name in names:
            topic = self.topics.client.create_topic(Name=self.topics.arn(name).rsplit(":", 1)[-1])
            self._urls[name] = self._sqs.create_queue(QueueName=f"inbox-{name}")["QueueUrl"]
            arn = f"arn:aws:sqs:eu-west-2:123456789012:inbox-{name}"
            self.topics.client.subscribe(
                TopicArn=topic["TopicArn"],
                Protocol="sqs",
                Endpoint=arn,
            )

    def read(self, name: str) -> list[dict[str, Any]]:
        """Return and delete every message for machines in one queue."""
        contents = []
        while batch := self._sqs.receive_message(
            QueueUrl=self._urls[name], MaxNumberOfMessages=10
        ).get("Messages"):
            for message in batch:
                contents.append(json.loads(json.loads(message["Body"])["Message"]))
                self._sqs.delete_message(
                    QueueUrl=self._urls[name], ReceiptHandle=message["ReceiptHandle"]
                )
        return contents

    def read_all(self) -> list[tuple[str, dict[str, Any]]]:
        """Return and delete every message in every queue, each with the name of its topic."""
        return [(name, message) for name in self._urls for message in self.read(name)]
