import numpy as np
import pytest
from scipy import stats

from jupyter_journey.errors import ParameterError
from jupyter_journey.events.intervals import median_interval, wilson


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 12), (3, 12), (12, 12), (470, 1000)])
def test_wilson_equals_scipy(hits: int, n: int, level: float) -> None:
    expected = stats.binomtest(hits, n).proportion_ci(level, method="wilson")
    np.testing.assert_allclose(wilson(hits, n, level), expected, atol=1e-12)


@pytest.mark.parametrize("level", [95, 1, 0, -0.5, np.nan])
def test_a_level_is_a_share(level: float) -> None:
    asked = [
        lambda: wilson(8, 10, level),
        lambda: median_interval([1, 2, 3], level),
    ]
    for ask in asked:
        with pytest.raises(ParameterError, match=r"'level' is .* between 0 and 1"):
            ask()


def test_wilson_of_nobody_is_unknown() -> None:
    assert np.isnan(wilson(0, 0)).all()


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("n", [1, 2, 5, 6, 7, 8, 9, 20, 101, 5000])
def test_the_median_interval_is_the_narrowest_that_holds_its_level(n: int, level: float) -> None:
    low, high = median_interval(np.arange(1, n + 1), level)
    # The rank r has the median above it unless fewer than r of n coins fall heads.
    ranks = [r for r in range(1, n // 2 + 1) if 2 * stats.binom.cdf(r - 1, n, 0.5) <= 1 - level]
    if ranks:
        assert (low, high) == (ranks[-1], n + 1 - ranks[-1])
    else:
        assert np.isnan([low, high]).all()
