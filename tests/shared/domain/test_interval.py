"""How far a share that was seen may be from the true one."""

from itertools import pairwise
from math import comb

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.interval import beta_below, beta_quantile, jeffreys_interval

SEEN = st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("n", [1, 2, 10, 30, 500, 2000])
@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_the_ends_are_quantiles_of_the_beta_distribution(n: int, share: float) -> None:
    """Compare with mpmath: an end moved by 1e-9 lies below the quantile, or above it."""
    count = max(1, min(n - 1, round(n * share)))
    a, b = count + 0.5, n - count + 0.5
    for tail in (0.05, 0.95):
        end = beta_quantile(tail, a, b)
        for moved, is_below in ((end - 1e-9, True), (min(1.0, end + 1e-9), False)):
            below = mpmath.betainc(a, b, 0, moved, regularized=True)
            assert (below < tail) is is_below


@given(st.floats(0.5, 500), st.floats(0.5, 500), st.floats(0, 1))
def test_the_beta_distribution_is_that_of_mpmath(a: float, b: float, value: float) -> None:
    exact = mpmath.betainc(a, b, 0, value, regularized=True)
    assert beta_below(value, a, b) == pytest.approx(float(exact), abs=1e-10)


def test_where_none_or_all_met_it_the_interval_begins_at_0_or_ends_at_1() -> None:
    assert jeffreys_interval(0, 10).low == 0
    assert jeffreys_interval(10, 10).high == 1
    assert jeffreys_interval(0, 10).high == pytest.approx(beta_quantile(0.95, 0.5, 10.5))
    assert jeffreys_interval(1, 10).low > 0
    assert jeffreys_interval(9, 10).high < 1


def test_without_a_trial_nothing_is_known() -> None:
    assert jeffreys_interval(0, 0) == (0, 1)


@pytest.mark.parametrize(("count", "n"), [(-1, 3), (4, 3), (0, -1)])
def test_what_is_no_share_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        jeffreys_interval(count, n)


@given(SEEN)
def test_an_interval_holds_what_was_seen_and_mirrors_what_was_not(seen: tuple[int, int]) -> None:
    count, n = seen
    low, high = jeffreys_interval(count, n)
    assert 0 <= low <= count / n <= high <= 1
    mirrored = jeffreys_interval(n - count, n)
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((low, high), abs=1e-9)


@given(st.integers(1, 300))
def test_both_ends_rise_with_what_was_seen(n: int) -> None:
    ends = [jeffreys_interval(count, n) for count in range(0, n + 1, max(1, n // 7))]
    assert all(one.low < other.low and one.high < other.high for one, other in pairwise(ends))


@given(SEEN, st.integers(2, 20))
def test_more_trials_make_it_narrower(seen: tuple[int, int], times: int) -> None:
    count, n = seen
    one, other = jeffreys_interval(count, n), jeffreys_interval(count * times, n * times)
    assert other.high - other.low < one.high - one.low


def test_it_holds_the_true_rate_about_as_often_as_it_promises() -> None:
    """Averaged over rates of 80 to 99 % and 30 to 500 calls, by the exact binomial sums."""
    rates = [0.80 + 0.005 * step for step in range(39)]
    coverages = []
    for n in (30, 45, 70, 110, 180, 300, 500):
        # Fewer than these do not come up even at a rate of .80.
        counts = range(int(0.8 * n - 4.5 * (0.16 * n) ** 0.5), n + 1)
        ends = {count: jeffreys_interval(count, n) for count in counts}
        coverages += [
            sum(
                comb(n, count) * rate**count * (1 - rate) ** (n - count)
                for count, (low, high) in ends.items()
                if low <= rate <= high
            )
            for rate in rates
        ]
    assert 0.88 <= sum(coverages) / len(coverages) <= 0.93
