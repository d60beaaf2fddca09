"""The dead-letter queue: look without taking, take, put back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.exceptions import ClientError

from cli.dead_letters.message import Letter, letter
from cli.errors import UsageError
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

HELD_SECONDS: Final = 1800
"""How long others do not see what is being looked at: an import may take half of it."""


_BACK_ALREADY: Final = {"MessageNotInflight", "ReceiptHandleIsInvalid", "InvalidParameterValue"}


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that nobody else sees for now."""

    letter: Letter
    receipt: str


class Queue:
    """The dead-letter queue of one stack."""

    def __init__(self, stack: Target) -> None:
        self._sqs: SQSClient = boto3.client("sqs", **stack.connection)
        self._url = stack.output("DeadLetterQueueUrl")
        # On AWS 1 asks all of the queue's servers, where 0 would ask some.
        self._wait_seconds = 0 if stack.is_local else 1
        self._held: dict[str, Held] = {}

    @contextmanager
    def held(self) -> Iterator[list[Held]]:
        """Every letter, oldest first; those that are not dropped are put back at the end."""
        try:
            while messages := self._some():
                before = len(self._held)
                for each in messages:
                    self._held[each["MessageId"]] = Held(letter(each), each["ReceiptHandle"])
                if len(self._held) == before:
                    break
            yield sorted(self._held.values(), key=_oldest_first)
        finally:
            for held in self._held.values():
                self._put_back(held)
            self._held.clear()

    def drop(self, held: Held) -> None:
        """Take a letter out of the queue for good."""
        self._sqs.delete_message(QueueUrl=self._url, ReceiptHandle=held.receipt)
        del self._held[held.letter.letter_id]

    def _some(self) -> list[Any]:
        answer = self._sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=self._wait_seconds,
            VisibilityTimeout=HELD_SECONDS,
            MessageAttributeNames=["All"],
        )
        return list(answer.get("Messages", []))

    def _put_back(self, held: Held) -> None:
        try:
            self._sqs.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=held.receipt, VisibilityTimeout=0
            )
        except ClientError as error:
            # Held too long, it is back already: the others must still be put back.
            if error.response["Error"]["Code"].rpartition(".")[2] not in _BACK_ALREADY:
                raise


def named(held: list[Held], ids: list[str], *, everything: bool) -> list[Held]:
    """The letters whose ids begin so, or all of them. Raises UsageError."""
    if everything == bool(ids):
        raise UsageError("name letters by their ids, or all of them with --all, and not both")
    if everything:
        return held
    found = []
    for wanted in ids:
        matching = [each for each in held if each.letter.letter_id.startswith(wanted)]
        if len(matching) != 1:
            many = "several letters begin so" if matching else "there is no such letter"
            raise UsageError(f"{wanted}: {many}; `bedboard alerts dead-letters list` shows them")
        found += matching
    return found


def _oldest_first(held: Held) -> tuple[float, str]:
    when = held.letter.when
    return when.timestamp() if when else 0.0, held.letter.letter_id
