"""Wherever `deliver` is interrupted, everyone is told, and twice only where it must be.

A person gets a message twice only if the function died between the provider's answer and the record
of it, once for each such death.
"""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from shared.domain.member import Protocol
from shared.store import sent_messages
from tests.deliver.conftest import Deliver, alert
from tests.support.crashes import WHENS, Crash, CrashError, When
from tests.support.examples import seeds, steps


def repeats_one(crash: Crash) -> bool:
    """Tell whether it died after the provider's answer and before the record."""
    name = crash.calls[crash.dies_at]
    if crash.when == "after":
        return name == "send"
    return name == "put_item" and crash.calls[crash.dies_at - 1] == "send"


def run_with(deliver: Deliver, crash: Crash) -> None:
    """Invoke until the queue is empty; after its death a new process takes over.

    The message comes again when its time in the queue is over, which is long after a claim.
    """
    deliver.outbox.before = lambda _: crash.step("send", "before")
    deliver.outbox.after = lambda _: crash.step("send", "after")
    deliver.start(crash.around)
    for _ in range(100):
        batch = deliver.receive()
        if batch is None:
            return
        try:
            deliver.invoke(batch)
        except CrashError:
            deliver.outbox.before = deliver.outbox.after = lambda _: None
            deliver.start()
            handle = batch["Records"][0]["receiptHandle"]
            deliver.queue.client.change_message_visibility(
                QueueUrl=deliver.queue.url, ReceiptHandle=handle, VisibilityTimeout=0
            )
    raise AssertionError("the queue never becomes empty")


FAN_OUT = ["query", "send_message_batch"]
TELL = ["get_item", "transact_write_items", "send", "put_item"]
STEPS = [*FAN_OUT, *TELL * 3]


def add_three(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.add(2)
    deliver.add(3, protocol=Protocol.SMS)


def test_the_steps_are_the_calls_of_one_run(deliver: Deliver) -> None:
    add_three(deliver)
    deliver.send(alert())
    no_crash = Crash(-1, "before")
    run_with(deliver, no_crash)
    assert no_crash.calls == STEPS


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("step", steps(len(STEPS)))
def test_a_crash_at_any_step_loses_nobody_and_repeats_only_what_was_not_recorded(
    deliver: Deliver, step: int, when: When
) -> None:
    add_three(deliver)
    deliver.send(alert())
    crash = Crash(step, when)
    run_with(deliver, crash)
    assert crash.died
    told = Counter(deliver.outbox.recipients)
    assert len(told) == 3
    assert told.total() == 3 + repeats_one(crash)


@pytest.mark.parametrize("seed", seeds(10))
def test_random_crashes_lose_nobody(deliver: Deliver, seed: int) -> None:
    dice = Random(seed)
    add_three(deliver)
    repeats = 0
    for number in range(4):
        deliver.send(alert(f"1-9000000001#{number}"))
        crash = Crash(dice.randrange(len(STEPS)), dice.choice(WHENS))
        run_with(deliver, crash)
        repeats += crash.died and repeats_one(crash)
    told = Counter(deliver.outbox.recipients)
    assert told.total() == 3 * 4 + repeats


def test_two_invocations_at_once_tell_someone_once(deliver: Deliver) -> None:
    """SQS may hand out a message twice, and a fan-out that was repeated makes two of it."""
    deliver.add(1)
    deliver.send(alert(), alert())
    assert deliver.run(most_invocations=2) == 0
    one, other = deliver.receive(), deliver.receive()
    assert one
    assert other
    outcomes: list[bool] = []
    another_process = replace(deliver)

    def meanwhile(_: str) -> None:
        deliver.outbox.before = lambda _: None
        outcomes.append(another_process.invoke(other))

    deliver.outbox.before = meanwhile
    assert deliver.invoke(one)
    assert outcomes == [False]  # it comes again, and finds that they were told
    assert deliver.run() == 0
    assert len(deliver.outbox.recipients) == 1


def test_a_claim_whose_process_died_ends_by_itself(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.send(alert(), alert())
    deliver.run(most_invocations=2)
    first, second = deliver.receive(), deliver.receive()
    assert first
    assert second
    deliver.start(Crash(2, "before").around)  # after the claim, before the provider
    deliver.outbox.before = lambda _: (_ for _ in ()).throw(CrashError())
    with pytest.raises(CrashError):
        deliver.invoke(first)
    deliver.outbox.before = lambda _: None
    deliver.start()
    assert not deliver.invoke(second)
    deliver.time.advance(sent_messages.CLAIM_LIFETIME)
    assert deliver.run() == 0
    assert len(deliver.outbox.recipients) == 1
