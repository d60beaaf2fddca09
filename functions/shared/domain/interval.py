"""How far the share that was seen in a few trials may be from the true one: Jeffreys' interval.

It is the middle part of the beta distribution that the trials give to the true share, where before
them every share counts as Jeffreys' prior says. Over the shares and numbers of calls that occur
here it holds the true share about as often as it promises, and never leaves 0 to 1: Brown, Cai and
DasGupta, Interval Estimation for a Binomial Proportion, Statistical Science 16 (2001).
"""

from math import exp, lgamma, log, log1p
from typing import Final, NamedTuple

CONFIDENCE: Final = 0.9
"""How often an interval holds the true share."""

_PRIOR: Final = 0.5
_EXACT: Final = 1e-14
_CLOSE: Final = 1e-10
"""A step of Newton's method so small leaves an error of its square."""
_TINY: Final = 1e-300
_MOST_STEPS: Final = 200
_MOST_TERMS: Final = 10_000


class Interval(NamedTuple):
    """Shares from `low` to `high`, both from 0 to 1."""

    low: float
    high: float


def jeffreys_interval(count: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Return where the true share lies after `count` of `n` trials met what is counted.

    Where none did it begins at 0, and where all did it ends at 1, as is usual; without a trial it
    is everything. Raises ValueError where more are counted than tried, or less than nothing.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no share")
    if n == 0:
        return Interval(0.0, 1.0)
    tail, a, b = (1 - confidence) / 2, count + _PRIOR, n - count + _PRIOR
    return Interval(
        beta_quantile(tail, a, b) if count else 0.0,
        beta_quantile(1 - tail, a, b) if count < n else 1.0,
    )


def beta_quantile(share: float, a: float, b: float) -> float:
    """Return the value below which this share of the beta distribution lies, to 1e-9.

    Newton's method, which halves what is left between the bounds where a step would leave them.
    """
    low, high, value = 0.0, 1.0, a / (a + b)
    for _ in range(_MOST_STEPS):
        off = beta_below(value, a, b) - share
        low, high = (value, high) if off < 0 else (low, value)
        density = exp(_log_power(value, a, b) - log(value) - log1p(-value))
        following = value - off / density if density > _TINY else low
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - value) <= _CLOSE * value:
            return following
        value = following
    return value


def beta_below(value: float, a: float, b: float) -> float:
    """Return which share of the beta distribution lies below a value: I(value; a, b)."""
    if value <= 0 or value >= 1:
        return float(value >= 1)
    # On the side of the mean on which the fraction converges fast.
    if value > (a + 1) / (a + b + 2):
        return 1 - _lower_part(1 - value, b, a)
    return _lower_part(value, a, b)


def _lower_part(value: float, a: float, b: float) -> float:
    """Calculate the share below a value by its continued fraction: NIST, DLMF 8.17.22.

    Lentz's method: `upper` and `lower` are the quotients of successive numerators and denominators.
    """
    upper, lower = 1.0, 1 / _not_zero(1 - (a + b) * value / (a + 1))
    fraction = lower
    for term in range(1, _MOST_TERMS):
        even = term * (b - term) * value / ((a + 2 * term - 1) * (a + 2 * term))
        odd = -(a + term) * (a + b + term) * value / ((a + 2 * term) * (a + 2 * term + 1))
        change = 1.0
        for each in (even, odd):
            upper, lower = _not_zero(1 + each / upper), 1 / _not_zero(1 + each * lower)
            change = upper * lower
            fraction *= change
        if abs(change - 1) < _EXACT:
            break
    return exp(_log_power(value, a, b)) * fraction / a


def _log_power(value: float, a: float, b: float) -> float:
    """Return the logarithm of value^a (1 - value)^b / B(a, b)."""
    return lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(value) + b * log1p(-value)


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
