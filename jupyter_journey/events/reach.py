"""How many customers reach a milestone, and how soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from jupyter_journey.events.intervals import wilson
from jupyter_journey.events.passages import Stages, codes_of, first_after, sets_of
from jupyter_journey.events.stage_times import seconds_between, summary
from jupyter_journey.events.store import Ints, Store

__all__ = ["reach"]

_COLUMNS = ["milestone", "n", "customers", "rate", "low", "high", "waiting"]
_TIMES = ["median", "p90", "median_low", "median_high"]


def reach(
    store: Store,
    milestones: Stages,
    since: Mapping[str, str | Sequence[str]] | None,
    level: float,
) -> pd.DataFrame:
    """Answer :meth:`EventLog.reach`."""
    rows = []
    for name, codes in sets_of(store, milestones).items():
        start, after = _start(store, (since or {}).get(name))
        entered = first_after(store, codes, after)
        began, arrived = int((start < len(store)).sum()), int((entered < len(store)).sum())
        low, high = wilson(arrived, began, level)
        times = summary(seconds_between(store, start, entered), level)
        rows.append(
            {
                "milestone": name,
                "n": began,
                "customers": arrived,
                "rate": arrived / began if began else np.nan,
                "low": float(low),
                "high": float(high),
                "waiting": began - arrived,
                "median": times["median"],
                "p90": times["p90"],
                "median_low": times["low"],
                "median_high": times["high"],
            }
        )
    frame = pd.DataFrame(rows, columns=[*_COLUMNS, *_TIMES])
    whole = dict.fromkeys(["n", "customers", "waiting"], "int64")
    spans = dict.fromkeys(["rate", "low", "high", *_TIMES], "float64")
    return frame.astype({"milestone": "string", **whole, **spans})


def _start(store: Store, events: str | Sequence[str] | None) -> tuple[Ints, Ints]:
    """Return the row time is counted from, and the row the milestone has to come after."""
    if not events:
        return store.starts, store.starts - 1  # the customer's first event may be the milestone
    begun = first_after(store, codes_of(store, events), store.starts - 1)
    return begun, begun
