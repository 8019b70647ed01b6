"""Intervals of counts, of anything computed from sums over customers, and of survival times."""

from __future__ import annotations

from collections.abc import Callable
from math import nan, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.events.intervals import tail, wilson

__all__ = ["Ends", "bootstrap", "compound", "kaplan_meier_median", "of_mean", "poisson"]

Ends = tuple[float, float]
"""The least and the most a value can be."""
Floats = npt.NDArray[np.float64]
_SEED, _DRAWS, _GROUPS = 20_260_101, 2_000, 1_000


def poisson(count: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a Poisson count.

    F. Garwood (1936), Biometrika 28, 437-442.

    Examples
    --------
    >>> low, high = poisson(10)
    >>> round(low, 2), round(high, 2)
    (4.8, 18.39)
    """
    from scipy.special import gammaincinv  # slow to load, and few need it

    beyond = tail(level)
    low = float(gammaincinv(count, beyond)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - beyond))


def bootstrap(
    cases: npt.ArrayLike, statistic: Callable[[Floats], Floats], level: float = 0.95
) -> tuple[float, float]:
    """Return the expanded percentile interval of a statistic of sums, with a fixed seed.

    B. Efron (1979), Annals of Statistics 7, 1-26, expanded for few cases as Student's interval is:
    T. C. Hesterberg (2015), The American Statistician 69, 371-386. More than 1,000 cases are dealt
    by chance to 1,000 groups, which are drawn instead; the order of the cases doesn't matter.

    Parameters
    ----------
    cases
        A row per independent case (customer), a column per quantity.
    statistic
        Takes sums of the columns, a row per draw, and gives a value per draw.

    Returns
    -------
    tuple of float
        NaN for fewer than two cases, or where a draw leaves the statistic undefined.

    Examples
    --------
    >>> import numpy as np
    >>> cases = np.column_stack([[1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10], np.ones(10)])
    >>> low, high = bootstrap(cases, lambda sums: sums[:, 0] / sums[:, 1])
    >>> 3.2 < low < 3.9, 7.1 < high < 7.8
    (True, True)
    """
    rows = np.asarray(cases, dtype=np.float64)
    if len(rows) < 2:
        return nan, nan
    with np.errstate(divide="ignore", invalid="ignore"):
        values = statistic(_sums(rows, np.random.default_rng(_SEED)))
    return _bounds(values, len(rows), level)


def compound(amounts: npt.ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a sum over cases whose number is chance, too.

    As :func:`bootstrap`, with a Poisson number of cases in each draw: else a price that all pay
    would be certain, however few they are.

    Parameters
    ----------
    amounts
        What comes of each case; those of which nothing comes needn't be among them.

    Returns
    -------
    tuple of float
        NaN for fewer than two cases.

    Examples
    --------
    >>> low, high = compound([10.0] * 100)
    >>> 780 < low < 820, 1180 < high < 1220
    (True, True)
    """
    rows = np.asarray(amounts, dtype=np.float64)[:, np.newaxis]
    if len(rows) < 2:
        return nan, nan
    draw = np.random.default_rng(_SEED)
    sums = _sums(rows, draw)[:, 0]
    return _bounds(sums * draw.poisson(len(rows), _DRAWS) / len(rows), len(rows), level)


def _sums(rows: Floats, draw: np.random.Generator) -> Floats:
    """Return the sums of the columns, a row per draw with replacement."""
    rows = rows[np.lexsort(rows.T[::-1])]
    if len(rows) > _GROUPS:
        groups = draw.permutation(len(rows)) % _GROUPS
        rows = np.column_stack([np.bincount(groups, column, _GROUPS) for column in rows.T])
    picks = draw.integers(0, len(rows), size=(_DRAWS, len(rows)))
    return np.column_stack([column[picks].sum(axis=1) for column in rows.T])


def _bounds(values: Floats, n: int, level: float) -> tuple[float, float]:
    if not np.isfinite(values).all():
        return nan, nan
    beyond = _expanded(tail(level), min(n, _GROUPS))
    low, high = np.quantile(values, [beyond, 1 - beyond])
    return float(low), float(high)


def _expanded(beyond: float, n: int) -> float:
    """Return the share to leave out at each end, so that few cases don't seem too sure."""
    from scipy.special import ndtr, stdtrit  # slow to load, and few need it

    return float(ndtr(sqrt(n / (n - 1)) * stdtrit(n - 1, beyond)))


def of_mean(cases: npt.ArrayLike, ends: Ends, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a mean of values between two ends, several of them of one person.

    A share has Wilson's interval where each person has one value. Else people are drawn with all
    their values, and with them one who is at each end: then no interval is too sure of what nobody
    happened to say, and even people who all agree leave a doubt, the less the more they are. So do
    A. Agresti and B. Caffo (2000), The American Statistician 54, 280-288, for shares, and D. G.
    Bonett and R. M. Price (2012), Journal of Educational and Behavioral Statistics 37, 479-488, for
    differences of shares of the same people, such as net promoters.

    Parameters
    ----------
    cases
        A row per person: sum and number of their values.
    ends
        The least and the most a value can be; of a share 0 and 1.

    Examples
    --------
    >>> low, high = of_mean([[1, 1]] * 8 + [[0, 1]] * 2, (0.0, 1.0))  # as of Wilson
    >>> round(low, 3), round(high, 3)
    (0.49, 0.943)
    >>> low, high = of_mean([[2, 2]] * 4 + [[0, 2]], (0.0, 1.0))  # ten values of five people
    >>> round(low, 2), round(high, 2)
    (0.29, 1.0)
    """
    rows = np.asarray(cases, dtype=np.float64)
    total, n = rows.sum(axis=0).tolist()
    if ends == (0.0, 1.0) and n == len(rows):
        low, high = wilson(total, n, level)
        return float(low), float(high)
    each, value = n / len(rows), total / n
    unheard = [[end * each, each] for end in ends]
    drawn = bootstrap([*rows.tolist(), *unheard], lambda sums: sums[:, 0] / sums[:, 1], level)
    return min(drawn[0], value), max(drawn[1], value)


def kaplan_meier_median(
    spans: npt.ArrayLike, seen: npt.ArrayLike, level: float = 0.95
) -> tuple[float, float, float]:
    """Return the time by which half of all have arrived, and its interval; NaN where never.

    E. L. Kaplan and P. Meier (1958), Journal of the American Statistical Association 53, 457-481;
    the interval is that of R. Brookmeyer and J. Crowley (1982), Biometrics 38, 29-41, with the
    log-log transformation.

    Parameters
    ----------
    spans
        How long each was watched: until arrival, or until the end.
    seen
        Whether each was seen to arrive.

    Examples
    --------
    >>> kaplan_meier_median([1, 2, 3, 4], [True, True, False, True])[0]
    2.0
    """
    table = pd.DataFrame({"time": np.asarray(spans, float), "seen": np.asarray(seen, bool)})
    steps = table.groupby("time")["seen"].agg(["sum", "size"])
    arrived, size = steps["sum"].to_numpy(float), steps["size"].to_numpy(float)
    watched = size[::-1].cumsum()[::-1]
    left = np.cumprod(1 - arrived / watched)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.cumsum(arrived / (watched * (watched - arrived)))) / np.log(left)
        z = NormalDist().inv_cdf(1 - tail(level))
        low, high = left ** np.exp(-z * error), left ** np.exp(z * error)
    times = steps.index.to_numpy(float)
    low, high = np.where(np.isnan(low), left, low), np.where(np.isnan(high), left, high)
    return (
        _first(times, left),
        _first(times, np.minimum(low, high)),
        _first(times, np.maximum(low, high)),
    )


def _first(times: Floats, left: Floats) -> float:
    """Return when at most half are left."""
    below = np.flatnonzero(left <= 0.5)
    return float(times[below[0]]) if len(below) else nan
