"""The dead-letter queue is read whole, and what is not deleted becomes visible again."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from cli.dead_letters.dead_letter_queue import DeadLetterQueue, Received, select
from cli.dead_letters.message import parse_message
from cli.errors import UsageError
from tests.support.dead_letters import UPLOADED, message

FIRST = Received(parse_message(message(UPLOADED)), "receipt-1")
SECOND = Received(
    parse_message({**message(UPLOADED), "MessageId": "3fffffff-0000"}),
    "receipt-2",
)


def test_dead_letters_are_selected_by_the_beginning_of_their_id() -> None:
    assert select([FIRST, SECOND], ["3f9"], everything=False) == [FIRST]
    assert select([FIRST, SECOND], [], everything=True) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("prefixes", "everything", "problem"),
    [
        (["3f"], False, "More than one id begins with 3f"),
        (["9"], False, "No dead letter has the id 9"),
        ([], False, "Name dead letters by their ids"),
        (["3f9"], True, "Name dead letters by their ids"),
    ],
)
def test_an_unclear_selection_is_refused(
    prefixes: list[str], everything: bool, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        select([FIRST, SECOND], prefixes, everything=everything)


class Queue:
    """A queue of two messages; the first has become visible again by itself."""

    def __init__(self) -> None:
        self.waiting = [{**message("a"), "MessageId": name, "ReceiptHandle": name} for name in "12"]
        self.made_visible: list[str] = []
        self.deleted: list[str] = []

    def receive_message(self, **_: Any) -> dict[str, Any]:
        messages, self.waiting = self.waiting, []
        return {"Messages": messages}

    def delete_message(self, *, ReceiptHandle: str, **_: Any) -> None:  # noqa: N803 - boto3's name
        self.deleted.append(ReceiptHandle)

    def change_message_visibility(self, *, ReceiptHandle: str, **_: Any) -> None:  # noqa: N803 - boto3's name
        self.made_visible.append(ReceiptHandle)
        if ReceiptHandle == "1":
            code = "AWS.SimpleQueueService.MessageNotInflight"
            raise ClientError({"Error": {"Code": code}}, "ChangeMessageVisibility")


def test_a_message_that_is_visible_already_does_not_keep_the_others_invisible() -> None:
    sqs: Any = Queue()
    with DeadLetterQueue(sqs, "url", wait_seconds=0).received() as received:
        assert [each.letter.message_id for each in received] == ["1", "2"]
    assert sqs.made_visible == ["1", "2"]


def test_a_deleted_message_stays_deleted() -> None:
    sqs: Any = Queue()
    queue = DeadLetterQueue(sqs, "url", wait_seconds=0)
    with queue.received() as received:
        queue.delete(received[0])
    assert (sqs.deleted, sqs.made_visible) == (["1"], ["2"])
