"""How long customers take from one stage to the next."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from jupyter_journey.events.intervals import Floats, median_interval
from jupyter_journey.events.passages import Stages, chain, sets_of
from jupyter_journey.events.store import Ints, Store

__all__ = ["seconds_between", "stage_times", "summary"]


def stage_times(store: Store, stages: Stages, level: float) -> pd.DataFrame:
    """Answer :meth:`EventLog.stage_times`."""
    sets = sets_of(store, stages)
    entries = chain(store, [*sets.values()])
    rows = []
    for (source, left), (target, entered) in pairwise(zip(sets, entries, strict=True)):
        waiting = int((left < len(store)).sum() - (entered < len(store)).sum())
        times = summary(seconds_between(store, left, entered), level)
        rows.append({"from": source, "to": target, "waiting": waiting, **times})
    columns = ["from", "to", "n", "median", "p90", "low", "high", "waiting"]
    frame = pd.DataFrame(rows, columns=columns)
    whole = dict.fromkeys(["n", "waiting"], "int64")
    spans = dict.fromkeys(["median", "p90", "low", "high"], "float64")
    return frame.astype({"from": "string", "to": "string", **whole, **spans})


def seconds_between(store: Store, left: Ints, entered: Ints) -> Floats:
    """Return the seconds from one entry to the other, of the customers who made both."""
    both = (left < len(store)) & (entered < len(store))
    return (store.time[entered[both]] - store.time[left[both]]) / 1e6


def summary(seconds: Floats, level: float) -> dict[str, Any]:
    """Return n, median, 90th percentile and the interval of the median, NaN without any."""
    median, p90 = np.quantile(seconds, [0.5, 0.9]) if len(seconds) else (np.nan, np.nan)
    low, high = median_interval(seconds, level)
    return {"n": len(seconds), "median": median, "p90": p90, "low": low, "high": high}
