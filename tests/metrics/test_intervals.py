"""Intervals against SciPy and their own meaning."""

import numpy as np
import pytest
from scipy import stats

from jupyter_journey.errors import ParameterError
from jupyter_journey.metrics.intervals import bootstrap, compound, kaplan_meier_median, poisson


@pytest.mark.parametrize("count", [0, 1, 7, 1013])
def test_a_count_lies_at_the_tails_of_its_bounds(count: int) -> None:
    low, high = poisson(count, 0.95)
    np.testing.assert_allclose(stats.poisson.cdf(count, high), 0.025, rtol=1e-9)
    if count:
        np.testing.assert_allclose(stats.poisson.sf(count - 1, low), 0.025, rtol=1e-9)
    else:
        assert low == 0.0


@pytest.mark.parametrize("n", [40, 5_000])
def test_the_bootstrap_of_a_mean_agrees_with_scipys(n: int) -> None:
    """Over levels that make up for the expansion: theirs are plain percentiles."""
    values = np.random.default_rng(1).exponential(size=n)
    cases = np.column_stack([values, np.ones(n)])
    found = bootstrap(cases, lambda sums: sums[:, 0] / sums[:, 1], 0.9)
    theirs = stats.bootstrap(
        (values,),
        np.mean,
        confidence_level=1 - 2 * stats.norm.cdf(np.sqrt(n / (n - 1)) * stats.t.ppf(0.05, n - 1)),
        n_resamples=2000,
        batch=100,
        method="percentile",
        rng=2,
    ).confidence_interval
    np.testing.assert_allclose(found, theirs, atol=0.1 * (theirs.high - theirs.low))


def test_a_sum_over_a_number_by_chance_spreads_as_a_compound_poisson_sum() -> None:
    """Its variance is the sum of the squares."""
    values = np.random.default_rng(1).exponential(size=5_000)
    spread = stats.norm.ppf(0.975) * np.sqrt((values**2).sum())
    edges = [values.sum() - spread, values.sum() + spread]
    np.testing.assert_allclose(compound(values), edges, atol=0.1 * spread)
    assert np.isnan(compound([5.0])).all()


def test_the_bootstrap_knows_no_order_of_the_cases() -> None:
    values = np.random.default_rng(1).normal(size=(3_000, 2))
    mixed = np.random.default_rng(2).permutation(values)
    first, second = (bootstrap(cases, lambda sums: sums[:, 0]) for cases in (values, mixed))
    np.testing.assert_allclose(first, second, rtol=1e-9)


def test_what_some_draws_leave_undefined_has_no_interval() -> None:
    one_of_three = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    assert np.isnan(bootstrap(one_of_three, lambda sums: sums[:, 0] / sums[:, 1])).all()
    assert np.isnan(bootstrap(np.ones((1, 1)), lambda sums: sums[:, 0])).all()


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined:RuntimeWarning")
@pytest.mark.parametrize("seed", range(4))
def test_the_median_of_censored_times_is_that_of_scipy(seed: int) -> None:
    draw = np.random.default_rng(seed)
    true, watched = draw.exponential(30, 200).round(), draw.uniform(5, 90, 200).round()
    spans, seen = np.minimum(true, watched), true <= watched
    left = stats.ecdf(stats.CensoredData.right_censored(spans, ~seen)).sf
    ends = left.confidence_interval(0.95, method="log-log")
    theirs = [
        curve.quantiles[curve.probabilities <= 0.5][0] for curve in (left, ends.low, ends.high)
    ]
    np.testing.assert_allclose(kaplan_meier_median(spans, seen), theirs)


def test_a_level_is_a_share() -> None:
    asked = [
        lambda: poisson(3, 95),
        lambda: bootstrap(np.eye(3), lambda sums: sums[:, 0], 95),
        lambda: kaplan_meier_median([1, 2], [True, True], 95),
    ]
    for ask in asked:
        with pytest.raises(ParameterError, match=r"'level' is 95\. Give a share between 0 and 1"):
            ask()


def test_half_who_never_arrive_have_no_median() -> None:
    assert np.isnan(kaplan_meier_median([5, 9, 9, 9], [True, False, False, False])[0])
