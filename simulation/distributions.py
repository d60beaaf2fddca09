"""Draw the random numbers that the standard library has no function for."""

from collections.abc import Sequence
from math import exp
from random import Random
from typing import Final

from simulation.parameters import Stays

_DRAWN_TO_CHOOSE_FROM: Final = 20_000


def poisson(rng: Random, mean: float) -> int:
    """Draw how often something happens that happens `mean` times on average (Knuth's method)."""
    least, product, count = exp(-mean), rng.random(), 0
    while product > least:
        product *= rng.random()
        count += 1
    return count


def whole_number(rng: Random, mean: float) -> int:
    """Round down or up at random, so that the mean stays."""
    return int(mean + rng.random())


def length_of_stay(rng: Random, stays: Stays) -> int:
    """Draw for how many days someone stays who comes today: at least one."""
    if rng.random() < stays.short_share:
        days = rng.expovariate(1 / stays.short_days)
    else:
        days = rng.weibullvariate(stays.weibull_scale_days, stays.weibull_shape)
    return max(1, round(days))


def remaining_stays(rng: Random, stays: Stays, count: int) -> Sequence[int]:
    """Draw for how many more days people stay who are there already.

    Of those whom one finds in a home, more are on a long stay than of those who come.
    """
    lengths = [length_of_stay(rng, stays) for _ in range(_DRAWN_TO_CHOOSE_FROM)]
    return [1 + int(rng.random() * days) for days in rng.choices(lengths, lengths, k=count)]
