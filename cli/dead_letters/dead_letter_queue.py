"""The dead-letter queue of a stack: receives all its messages, deletes some, returns the rest."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from cli.dead_letters.message import DeadLetter, parse_message
from cli.errors import UsageError
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient

VISIBILITY_TIMEOUT_SECONDS: Final = 1800
"""How long other readers do not see a message: one import may take half of it."""

_ALREADY_VISIBLE: Final = {
    "MessageNotInflight",
    "ReceiptHandleIsInvalid",
    "InvalidParameterValue",
}


@dataclass(frozen=True, slots=True)
class Received:
    """A dead letter that is invisible to other readers for now."""

    letter: DeadLetter
    receipt_handle: str


class DeadLetterQueue:
    """The messages of one stack's dead-letter queue."""

    def __init__(self, client: "SQSClient", url: str, *, wait_seconds: int) -> None:
        self._client, self._url, self._wait_seconds = client, url, wait_seconds
        self._received: dict[str, Received] = {}

    @classmethod
    def of_stack(cls, stack: Target) -> "DeadLetterQueue":
        """Return the queue of a stack."""
        # On AWS a wait of 1 asks all of the queue's servers, where 0 asks only some.
        wait_seconds = 0 if stack.is_local else 1
        return cls(
            stack.client("sqs"), stack.output("DeadLetterQueueUrl"), wait_seconds=wait_seconds
        )

    @contextmanager
    def received(self) -> Iterator[list[Received]]:
        """Receive every message, oldest first; those not deleted become visible again at exit."""
        try:
            while messages := self._receive_some():
                count_before = len(self._received)
                for message in messages:
                    self._received[message["MessageId"]] = Received(
                        parse_message(message), message["ReceiptHandle"]
                    )
                if len(self._received) == count_before:
                    break
            yield sorted(self._received.values(), key=_age_order)
        finally:
            for each in self._received.values():
                self._make_visible(each)
            self._received.clear()

    def delete(self, received: Received) -> None:
        """Delete a message from the queue for good."""
        self._client.delete_message(QueueUrl=self._url, ReceiptHandle=received.receipt_handle)
        del self._received[received.letter.message_id]

    def _receive_some(self) -> list[Any]:
        response = self._client.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=10,
            WaitTimeSeconds=self._wait_seconds,
            VisibilityTimeout=VISIBILITY_TIMEOUT_SECONDS,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["SentTimestamp"],
        )
        return list(response.get("Messages", []))

    def _make_visible(self, received: Received) -> None:
        try:
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=received.receipt_handle, VisibilityTimeout=0
            )
        except ClientError as error:
            # Its timeout ended meanwhile. The other messages must still become visible.
            if error.response["Error"]["Code"].rpartition(".")[2] not in _ALREADY_VISIBLE:
                raise


def select(
    received: Sequence[Received], id_prefixes: Sequence[str], *, everything: bool
) -> list[Received]:
    """Select dead letters by the beginnings of their ids, or all of them.

    Raises UsageError where a beginning fits none or several.
    """
    if everything == bool(id_prefixes):
        raise UsageError("Name dead letters by their ids, or select all of them with --all.")
    if everything:
        return list(received)
    selected = []
    for prefix in id_prefixes:
        matching = [each for each in received if each.letter.message_id.startswith(prefix)]
        if len(matching) != 1:
            problem = "More than one id begins with" if matching else "No dead letter has the id"
            raise UsageError(f"{problem} {prefix}. `bedboard dead-letters list` shows the ids.")
        selected += matching
    return selected


def _age_order(received: Received) -> tuple[float, str]:
    failed_at = received.letter.failed_at
    return failed_at.timestamp() if failed_at else 0.0, received.letter.message_id
