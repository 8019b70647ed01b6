"""Confidence intervals of shares and medians."""

from __future__ import annotations

from math import lgamma, log, nan, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from jupyter_journey.errors import ParameterError

__all__ = [
    "difference_interval",
    "median_interval",
    "median_ranks",
    "tail",
    "wilson",
]

Floats = npt.NDArray[np.float64]


def tail(level: float) -> float:
    """Return the share that an interval of a level leaves out at each end.

    Raises
    ------
    ParameterError
        If the level doesn't lie between 0 and 1.

    Examples
    --------
    >>> tail(0.5)
    0.25
    """
    if not 0 < level < 1:
        reason = f"is {level!r}. Give a share between 0 and 1, such as 0.95."
        raise ParameterError(template_name="intervals", parameter="level", reason=reason)
    return (1 - level) / 2


def wilson(hits: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the Wilson score interval of shares ``hits / n``; NaN where ``n`` is 0.

    E. B. Wilson (1927), Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> low, high = wilson(8, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (0.49, 0.943)
    """
    k = np.asarray(hits, dtype=np.float64)
    count = np.asarray(n, dtype=np.float64)
    cases = np.where(count > 0, count, nan)
    z = NormalDist().inv_cdf(1 - tail(level))
    share, bend = k / cases, z**2 / cases
    centre = (share + bend / 2) / (1 + bend)
    half = z * np.sqrt(share * (1 - share) / cases + bend / (4 * cases)) / (1 + bend)
    # Rounding must not push the bound of a share of 0 or 1 past that share.
    return np.clip(np.minimum(centre - half, share), 0, 1), np.clip(
        np.maximum(centre + half, share), 0, 1
    )


def median_interval(values: npt.ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Return two of the values that hold the median at the level, whatever their distribution.

    The exact sign-test interval by order statistics (W. J. Conover, Practical Nonparametric
    Statistics, 3rd edition, section 3.2). Too few values to reach the level (five at 95 %): NaN.

    Examples
    --------
    >>> median_interval(range(1, 11))
    (2.0, 9.0)
    >>> median_interval([1, 2, 3])
    (nan, nan)
    """
    ordered = np.sort(np.asarray(list(values) if isinstance(values, range) else values, float))
    rank = _rank(len(ordered), level)
    if rank == 0:
        return nan, nan
    return float(ordered[rank - 1]), float(ordered[-rank])


def median_ranks(n: npt.ArrayLike, level: float = 0.95) -> npt.NDArray[np.int64]:
    """Return which order statistics hold a median of n values: rank r, and the r-th from above.

    0 where n values are too few to reach the level.

    Examples
    --------
    >>> median_ranks([3, 10, 100]).tolist()
    [0, 2, 40]
    """
    counts, place = np.unique(np.asarray(n, np.int64), return_inverse=True)
    return np.array([_rank(int(count), level) for count in counts], np.int64)[place]


def difference_interval(
    one: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    other: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
) -> tuple[Floats, Floats]:
    """Return the interval of ``other - one`` from two estimates, each with its own low and high.

    The method of variance estimates recovery: G. Y. Zou and A. Donner (2008), Statistics in
    Medicine 27, 1693-1702. Of two shares with Wilson intervals it is R. G. Newcombe's (1998),
    Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> one, other = (0.5, *wilson(5, 10)), (0.8, *wilson(8, 10))
    >>> low, high = difference_interval(one, other)
    >>> round(float(low), 3), round(float(high), 3)
    (-0.107, 0.6)
    """
    a, a_low, a_high = (np.asarray(value, np.float64) for value in one)
    b, b_low, b_high = (np.asarray(value, np.float64) for value in other)
    low = (b - a) - np.sqrt((b - b_low) ** 2 + (a_high - a) ** 2)
    high = (b - a) + np.sqrt((b_high - b) ** 2 + (a - a_low) ** 2)
    return np.asarray(low), np.asarray(high)


def _rank(n: int, level: float) -> int:
    """Return the greatest r for which fewer than r of n coins fall heads in the tail."""
    # Only the last 12 standard deviations below the middle hold any weight worth adding.
    lowest = max(0, int(n / 2 - 6 * sqrt(n)) - 1)
    heads = np.arange(lowest + 1, n // 2 + 1)
    first = lgamma(n + 1) - lgamma(lowest + 1) - lgamma(n - lowest + 1) - n * log(2)
    logs = first + np.concatenate([[0.0], np.cumsum(np.log((n - heads + 1) / heads))])
    below = np.cumsum(np.exp(logs))
    found = int(np.searchsorted(below, tail(level), side="right"))
    return lowest + found if found else 0
