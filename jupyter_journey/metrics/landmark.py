"""What comes after a milestone, counted from one day on: staying and paying (MIL-R2).

Whoever stays longer has more time to reach a milestone, so staying would seem its effect. So all
are compared from the same day after they joined, the landmark, by what they had reached until then;
those who left before are in neither group, and only what comes after counts (J. R. Anderson,
K. C. Cain and R. D. Gelber (1983), Journal of Clinical Oncology 1, 710-719). An association all the
same, no cause: those who reach a milestone may differ in other things.
"""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.metrics.early import LANDMARK_DAYS, Landmark
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import bootstrap
from jupyter_journey.metrics.revenue import latest

__all__ = ["revenue", "survival"]

_DAY = pd.Timedelta(days=1)
_STEPS = 12
"""Steps at most of a curve that is told in a table."""


def survival(inputs: Inputs, least: int = 1) -> pd.DataFrame:
    """Say what share stays how long, of those who reached each milestone early and of the others.

    E. L. Kaplan and P. Meier (1958), Journal of the American Statistical Association 53, 457-481,
    with the log-log interval, by SciPy.

    Parameters
    ----------
    inputs
        What is measured from.
    least
        Customers at least that each step of a curve, and each curve, tells of.

    Returns
    -------
    pandas.DataFrame
        ``milestone`` (name), ``early`` (whether reached by the landmark), ``n`` (customers then),
        ``day`` (after the landmark; 0 is the landmark itself), ``share`` (still customers) with its
        interval ``low`` to ``high``. Curves end where the last step does; milestones are left out
        of which one of the two groups has fewer than ``least`` customers.
    """
    curves = [
        _curve(group, inputs, least).assign(milestone=one.milestone.name, early=bool(early))
        for one in inputs.landmarks
        if one.people["early"].value_counts().min() >= least
        for early, group in one.people.groupby("early", sort=False)
    ]
    columns = ["milestone", "early", "n", "day", "share", "low", "high"]
    if not curves:
        return pd.DataFrame({name: [] for name in columns})
    return pd.concat(curves, ignore_index=True)[columns].sort_values(
        ["milestone", "early", "day"], ascending=[True, False, True], ignore_index=True
    )


def _curve(group: pd.DataFrame, inputs: Inputs, least: int) -> pd.DataFrame:
    from scipy.stats import CensoredData, ecdf  # slow to load, and few need it

    lost = group["end"].notna().to_numpy()
    since = group["start"] + LANDMARK_DAYS * _DAY
    watched = ((group["end"].fillna(inputs.until) - since) / _DAY).to_numpy(np.float64)
    days = np.append(0.0, _days(np.sort(watched[lost]), least))
    curve = ecdf(CensoredData(uncensored=watched[lost], right=watched[~lost])).sf
    share = curve.evaluate(days)
    low, high = share, share
    if lost.any():
        with warnings.catch_warnings():
            # It has none where nobody or everybody is left; these are filled in below.
            warnings.filterwarnings("ignore", "The confidence interval is undefined")
            bounds = curve.confidence_interval(inputs.level, method="log-log")
        low, high = bounds.low.evaluate(days), bounds.high.evaluate(days)
    return pd.DataFrame(
        {
            "n": len(group),
            "day": days,
            "share": share,
            # Before the first loss, and after the last customer, there is no spread to go by.
            "low": np.where(np.isnan(low), share, low),
            "high": np.where(np.isnan(high), share, high),
        }
    )


def _days(losses: npt.NDArray[np.float64], least: int) -> npt.NDArray[np.float64]:
    """Return days of losses, so many apart that no step tells of fewer than ``least``."""
    apart = max(least, -(-len(losses) // _STEPS))
    return np.unique(losses[apart - 1 :: apart])


def revenue(inputs: Inputs, least: int = 1) -> pd.DataFrame:
    """Say what a customer pays a month at the end, of those who reached each milestone early.

    Whoever left pays nothing, and counts.

    Returns
    -------
    pandas.DataFrame
        ``milestone`` (name), ``n`` and ``n_other`` (customers at the landmark who had reached it,
        and who hadn't), ``value`` and ``value_other`` (their mean monthly revenue), ``difference``
        with its bootstrap interval ``low`` to ``high``, ``unit`` (the currency). Empty without
        revenue; groups of fewer than ``least`` are left out.
    """
    found = [
        {"milestone": one.milestone.name, **told, "unit": currency}
        for paid, currency, _ in latest(inputs)
        for one in inputs.landmarks
        if (told := _compared(one, paid, inputs.level, least)) is not None
    ]
    return pd.DataFrame(found, columns=_REVENUE)


_REVENUE = [
    *("milestone", "n", "n_other", "value", "value_other", "difference", "low", "high", "unit")
]


def _compared(
    found: Landmark, paid: pd.Series[float], level: float, least: int
) -> dict[str, float] | None:
    """Compare what both groups pay on average; None where either group, or who pays, is small."""
    amounts = paid.reindex(found.people["customer"]).fillna(0.0).to_numpy()
    early = found.people["early"].to_numpy(bool)
    sides = [amounts[early], amounts[~early]]
    if min((side > 0).sum() for side in sides) < least:
        return None
    cases = np.column_stack([early * amounts, early, ~early * amounts, ~early])
    low, high = bootstrap(cases, _difference, level)
    value, other = (float(side.mean()) for side in sides)
    return {
        "n": len(sides[0]),
        "n_other": len(sides[1]),
        "value": value,
        "value_other": other,
        "difference": value - other,
        "low": low,
        "high": high,
    }


def _difference(sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(sums[:, 0] / sums[:, 1] - sums[:, 2] / sums[:, 3])
