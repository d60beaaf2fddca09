"""A queue on a local stack that subscribes to a team's topic, as a team's own system has one."""

import boto3

from claims import inbox
from local.emulator.stack import LocalStack


class Inbox(inbox.Inbox):
    """A queue that the stack's topics may send to."""

    def __init__(self, stack: LocalStack, name: str) -> None:
        """Create the queue, or use the one of this name."""
        topics = stack.team_topic_prefix.removesuffix("team_")
        super().__init__(boto3.client("sqs", **stack.connection), name, f"{topics}*")
