"""Times of contestants are separated, summarised and fitted."""

from dataclasses import astuple, dataclass, field

import pytest

from benchmarks.meter.timing import Spread, exponent, percentile, time_side_by_side


@dataclass
class Server:
    """A server that reports so many seconds for each question."""

    name: str
    seconds: float
    used: float = 0.0
    questions: list[int] = field(default_factory=list)

    def ask(self, question: int) -> None:
        self.questions.append(question)
        self.used += self.seconds

    def server_seconds(self) -> float:
        return self.used


def test_server_time_counts_and_contestants_get_the_same_questions() -> None:
    slow, slower = Server("slow", 1.0), Server("slower", 3.0)
    spreads = time_side_by_side([slow, slower], range(60), rounds=3)
    assert sorted(slow.questions) == sorted(slower.questions) == sorted([*range(60)] * 3)
    ratio = spreads["slower"].ratio_to(spreads["slow"])
    assert (ratio.mean, ratio.p50, ratio.p99) == pytest.approx((3, 3, 3), rel=0.01)


def test_percentiles_are_by_nearest_rank() -> None:
    assert percentile(range(1, 101), 50) == 50
    assert percentile(range(1, 101), 99) == 99
    assert percentile([7], 99) == 7


def test_a_spread_is_in_microseconds() -> None:
    assert astuple(Spread.of([1e-6, 3e-6])) == pytest.approx((2, 1, 3))


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0])
def test_the_exponent_of_a_power_law_is_fitted(power: float) -> None:
    costs = {size: 7 * size**power for size in (1_000, 15_000, 500_000)}
    assert exponent(costs) == pytest.approx(power)
