"""How many new customers get to a first result, and how soon; how long buyers take to buy.

A customer is new on entering the stage ``decision`` (the subscription), and has a first result on
entering ``adoption``. A journey without these stages, or without events for them, has no such
figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.events.intervals import median_interval
from jupyter_journey.metrics.figures import Figure, share
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import kaplan_meier_median

__all__ = [
    "activation_rate",
    "time_to_first_value",
    "time_until_half_have_value",
    "time_with_the_brand",
]

LEAD, NEW, FIRST_VALUE = "consideration", "decision", "adoption"
WINDOW_DAYS = 30
_DAY = 86_400.0
_SAID = {"start": NEW, "stage": FIRST_VALUE, "days": WINDOW_DAYS}


def activation_rate(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of new customers with a first result in time, of those whose time is over."""
    for waits in _waits(inputs, NEW, FIRST_VALUE):
        window = pd.Timedelta(days=WINDOW_DAYS)
        over = waits[waits["start"] + window <= inputs.until]
        hits = int((over["end"] - over["start"] <= window).sum())
        yield share(hits, len(over), inputs.level, stage_id=FIRST_VALUE, said=_SAID)


def time_to_first_value(inputs: Inputs) -> Iterator[Figure]:
    """Yield the median days from being new to the first result, of those who got there."""
    for waits in _waits(inputs, NEW, FIRST_VALUE):
        yield _median(waits, inputs, FIRST_VALUE, _SAID)


def time_with_the_brand(inputs: Inputs) -> Iterator[Figure]:
    """Yield the median days from considering to subscribing, of those who subscribed (MET-41)."""
    for waits in _waits(inputs, LEAD, NEW):
        yield _median(waits, inputs, LEAD, {"start": LEAD, "stage": NEW})


def time_until_half_have_value(inputs: Inputs) -> Iterator[Figure]:
    """Yield the days by which half of all new customers have a first result, if half ever do."""
    for waits in _waits(inputs, NEW, FIRST_VALUE):
        seen = waits["end"].notna()
        spans = _days(waits["end"].fillna(inputs.until) - waits["start"])
        value, low, high = kaplan_meier_median(spans, seen, inputs.level)
        counts = ((int(seen.sum()), len(seen)),)
        yield Figure(value=value, n=len(seen), low=low, high=high, counts=counts, said=_SAID)


def _median(waits: pd.DataFrame, inputs: Inputs, stage: str, said: Mapping[str, Any]) -> Figure:
    spans = _days((waits["end"] - waits["start"]).dropna())
    low, high = median_interval(spans, inputs.level)
    value = float(np.median(spans)) if len(spans) else np.nan
    return Figure(value=value, n=len(spans), low=low, high=high, stage_id=stage, said=said)


def _days(spans: pd.Series[pd.Timedelta]) -> npt.NDArray[np.float64]:
    return np.asarray(spans.dt.total_seconds(), np.float64) / _DAY


def _waits(inputs: Inputs, start: str, stage: str) -> Iterator[pd.DataFrame]:
    """Yield when each customer entered both stages, if the journey tells their events."""
    entries = inputs.entries
    if start in entries and stage in entries:
        yield inputs.waits(entries[start], entries[stage])
