"""Processor time of many contestants, measured side by side so that their ratios hold."""

import gc
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from statistics import fmean, median
from typing import Final, Protocol, TypeVar

SEED: Final = 5
BLOCK: Final = 25
"""Questions in a row for one contestant: caches are warm as in life, and a disturbance hits all."""

Q_contra = TypeVar("Q_contra", contravariant=True)
Q = TypeVar("Q")


class Contestant(Protocol[Q_contra]):
    """Something that answers questions, in this process or in a server."""

    @property
    def name(self) -> str: ...

    def ask(self, question: Q_contra) -> object: ...

    def server_seconds(self) -> float:
        """Return the processor time that its server has used so far; 0 where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Spread:
    """How long questions took: microseconds of processor time, client and server together."""

    mean: float
    p50: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """Summarise times in seconds."""
        ordered = sorted(each * 1e6 for each in seconds)
        return cls(fmean(ordered), percentile(ordered, 50), percentile(ordered, 99))

    def ratio_to(self, other: "Spread") -> "Spread":
        """Divide each figure by the other's."""
        return Spread(self.mean / other.mean, self.p50 / other.p50, self.p99 / other.p99)


def percentile(ordered: Sequence[float], percent: float) -> float:
    """Return the percentile by nearest rank of an ascending sequence."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def time_side_by_side(
    contestants: Sequence[Contestant[Q]], questions: Sequence[Q], *, rounds: int
) -> dict[str, Spread]:
    """Time every contestant on the same questions; of each question the median round counts.

    A server's time is read once a question, after the response: what it does later counts for the
    next question, so that nothing is lost but at the very end.
    """
    seconds: dict[str, list[list[float]]] = {
        each.name: [[] for _ in questions] for each in contestants
    }
    dice, order = Random(SEED), list(contestants)  # noqa: S311 - nothing secret
    with garbage_collection_off():
        for _ in range(rounds):
            for start in range(0, len(questions), BLOCK):
                block = range(start, min(start + BLOCK, len(questions)))
                # Shuffled, so that no contestant always follows one that leaves the caches cold.
                dice.shuffle(order)
                for contestant in order:
                    for at in block:
                        seconds[contestant.name][at].append(_time(contestant, questions[at]))
    return {
        name: Spread.of([median(rounds_of_one) for rounds_of_one in of_question])
        for name, of_question in seconds.items()
    }


def _time(contestant: Contestant[Q], question: Q) -> float:
    server = contestant.server_seconds()
    client = time.process_time()
    contestant.ask(question)
    client = time.process_time() - client
    return client + contestant.server_seconds() - server


def time_each(action: Callable[[Q], object], questions: Sequence[Q], rounds: int = 3) -> Spread:
    """Time one action without a server on each question; the median round counts."""
    seconds: list[list[float]] = [[] for _ in questions]
    with garbage_collection_off():
        for _ in range(rounds):
            for at, question in enumerate(questions):
                began = time.process_time()
                action(question)
                seconds[at].append(time.process_time() - began)
    return Spread.of([median(each) for each in seconds])


@contextmanager
def garbage_collection_off() -> Iterator[None]:
    """Keep one contestant's objects from being collected in another's time."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def exponent(cost_by_size: Mapping[int, float]) -> float:
    """Fit the b of cost = a * size^b by least squares of the logarithms."""
    xs = [math.log(size) for size in cost_by_size]
    ys = [math.log(cost) for cost in cost_by_size.values()]
    x, y = fmean(xs), fmean(ys)
    spread = sum((each - x) ** 2 for each in xs)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / spread
