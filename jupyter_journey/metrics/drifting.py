"""What has changed from one measuring of a map to the next, and what of it is more than chance."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import erfc, nan, sqrt
from typing import Protocol

import pandas as pd

from jupyter_journey.model.figures import selection_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Measurement

__all__ = ["DTYPES", "Reading", "drift", "moved", "verdict"]

_SHARE = "share"
DTYPES = {
    "metric": "string",
    "name": "string",
    "stage": "string",
    "unit": "string",
    "before": "Float64",
    "after": "Float64",
    "change": "Float64",
    "n_before": "Int64",
    "n_after": "Int64",
    "test": "string",
    "moved": "boolean",
    "verdict": "string",
}
"""By column of what :func:`drift` returns."""


class Reading(Protocol):
    """What of a figure tells whether it moved."""

    @property
    def value(self) -> float | None:
        """None where it is missing or hidden."""

    @property
    def unit(self) -> str:
        """As the metric has it; ``share`` for a proportion."""

    @property
    def n(self) -> int | None:
        """How many cases it rests on."""

    @property
    def low(self) -> float | None:
        """The lower end of its interval."""

    @property
    def high(self) -> float | None:
        """The upper end of its interval."""

    @property
    def level(self) -> float:
        """Confidence level of the interval."""


def drift(a: Journey, b: Journey) -> pd.DataFrame:
    """Compare the figures of two measurings of the same map: ``a`` before, ``b`` after.

    Figures of the same metric, stage, milestone, touchpoint, segment and conditions are compared,
    whatever their periods; of several on one side, those computed last. Both sides are taken for
    independent: of periods that overlap, or of customers counted twice, chance explains less than
    the tests allow for.

    Returns
    -------
    pandas.DataFrame
        ``metric`` (id), ``name``, ``stage`` (name), ``unit``, ``before``, ``after``,
        ``change`` = after − before, ``n_before``, ``n_after``;
        ``test``: ``two proportions`` (shares: the z test of equal proportions, at the figures'
        level) or ``intervals`` (all else: moved where the two intervals don't overlap, which is
        stricter); ``moved``: whether by more than chance, missing where a side is missing, hidden,
        without interval and no share, or in another unit; ``verdict``: ``good`` or ``bad`` where it
        moved and the metric has a direction. In the order of the file.

    Examples
    --------
    >>> figures = dict(name="Churn", metric="MET-01", unit="share", direction="down", n=400)
    >>> before = Journey.new("Shop").add("measurements", value=0.10, **figures)
    >>> after = Journey.new("Shop").add("measurements", value=0.16, **figures)
    >>> drift(before, after)[["before", "after", "moved", "verdict"]].values.tolist()
    [[0.1, 0.16, True, 'bad']]
    """
    earlier, later = _latest(a), _latest(b)
    stages = {stage.id: stage.name for one in (a, b) for stage in one.document.stages}
    rows = [
        _compared(earlier.get(key), later.get(key), figure, stages)
        for key, figure in {**later, **earlier, **later}.items()
    ]
    return pd.DataFrame(rows, columns=list(DTYPES)).astype(DTYPES)


def _latest(journey: Journey) -> dict[Hashable, Measurement]:
    latest: dict[Hashable, Measurement] = {}
    for figure in journey.document.measurements:
        key = (
            *(figure.metric, figure.stage_id, figure.milestone_id, figure.touchpoint_id),
            *(_told_by(figure), figure.persona_id, selection_of(figure)),
        )
        before = latest.get(key)
        times = [one.computed_at for one in (before, figure) if one and one.computed_at]
        if before is None or len(times) < 2 or times[0] <= times[1]:
            latest[key] = figure
    return latest


def _told_by(figure: Measurement) -> str:
    """Return the name that tells figures of one place apart; a milestone's may have changed."""
    is_named_by_place = figure.fingerprint and (figure.milestone_id or figure.touchpoint_id)
    return "" if is_named_by_place else figure.name


def _compared(
    before: Measurement | None,
    after: Measurement | None,
    figure: Measurement,
    stages: Mapping[str, str],
) -> dict[str, object]:
    values = [one.value if one and one.value is not None else nan for one in (before, after)]
    by_more = moved(before, after) if before and after else None
    change = values[1] - values[0]
    return {
        "metric": figure.metric,
        "name": figure.name,
        "stage": stages.get(figure.stage_id or ""),
        "unit": figure.unit,
        "before": values[0],
        "after": values[1],
        "change": change,
        "n_before": before.n if before else None,
        "n_after": after.n if after else None,
        "test": "two proportions" if figure.unit == _SHARE else "intervals",
        "moved": by_more,
        "verdict": verdict(change, figure.direction) if by_more else None,
    }


def moved(before: Reading, after: Reading) -> bool | None:
    """Tell whether a figure moved by more than chance, as :func:`drift` says; None: can't tell."""
    if before.value is None or after.value is None or before.unit != after.unit:
        return None
    if before.unit == _SHARE:
        shares = (before.value, after.value)
        if not before.n or not after.n or not all(0 <= share <= 1 for share in shares):
            return None
        return _p_of_equal(before.value, before.n, after.value, after.n) < 1 - after.level
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return None
    return after.low > before.high or after.high < before.low


def verdict(change: float, direction: str | None) -> str | None:
    """Return ``good`` or ``bad`` for a move, or None where the metric has no direction.

    Examples
    --------
    >>> verdict(-0.1, "down"), verdict(-0.1, None)
    ('good', None)
    """
    if not direction:
        return None
    return "good" if (change > 0) == (direction == "up") else "bad"


def _p_of_equal(one: float, n: int, other: float, m: int) -> float:
    """Return the two-sided p value of the z test that two proportions are equal."""
    pooled = (one * n + other * m) / (n + m)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return erfc(abs(other - one) / error / sqrt(2)) if error else 1.0
