"""MET-05 and MET-06: how many new customers get to a first result, and how soon.

A customer is new on entering the stage ``decision`` (the subscription), and has a first result on
entering ``adoption``. A journey without these stages, or without events for them, has neither
figure.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from jupyter_journey.events.intervals import median_interval, wilson
from jupyter_journey.metrics.figures import Figure, Inputs

__all__ = ["activation_rate", "time_to_first_value"]

NEW, FIRST_VALUE = "decision", "adoption"
WINDOW_DAYS = 30
_DAY = 86_400.0


def activation_rate(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of new customers with a first result in time, of those whose time is over."""
    waits = _waits(inputs)
    if waits is None:
        return
    window = pd.Timedelta(days=WINDOW_DAYS)
    over = waits[waits["start"] + window <= inputs.until]
    n, hits = len(over), int((over["end"] - over["start"] <= window).sum())
    low, high = wilson(hits, n, inputs.document.settings.level)
    yield Figure(
        value=hits / n if n else np.nan,
        n=n,
        low=float(low),
        high=float(high),
        stage_id=FIRST_VALUE,
        formula=(
            f"customers who entered {FIRST_VALUE} within {WINDOW_DAYS} days after {NEW} / "
            f"customers who entered {NEW} at least {WINDOW_DAYS} days before the end"
        ),
    )


def time_to_first_value(inputs: Inputs) -> Iterator[Figure]:
    """Yield the median days from being new to the first result, of those who got there."""
    waits = _waits(inputs)
    if waits is None:
        return
    spans = (waits["end"] - waits["start"]).dropna().dt.total_seconds().to_numpy() / _DAY
    low, high = median_interval(spans, inputs.document.settings.level)
    yield Figure(
        value=float(np.median(spans)) if len(spans) else np.nan,
        n=len(spans),
        low=low,
        high=high,
        stage_id=FIRST_VALUE,
        formula=(
            f"median time from first entering {NEW} to first entering {FIRST_VALUE} after it; "
            "customers not seen to get there are left out"
        ),
    )


def _waits(inputs: Inputs) -> pd.DataFrame | None:
    entries = inputs.entries
    if NEW not in entries or FIRST_VALUE not in entries:
        return None
    return inputs.log.waits(entries[NEW], entries[FIRST_VALUE])
