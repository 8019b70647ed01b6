"""How many customers enter each stage, in order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from jupyter_journey.events.intervals import Floats, wilson
from jupyter_journey.events.passages import Stages, chain, sets_of
from jupyter_journey.events.store import Ints, Store

__all__ = ["funnel"]


def funnel(store: Store, stages: Stages, level: float) -> pd.DataFrame:
    """Answer :meth:`EventLog.funnel`."""
    sets = sets_of(store, stages)
    entries = chain(store, [*sets.values()])
    entered = np.array([(rows < len(store)).sum() for rows in entries], np.int64)
    before = np.concatenate([[len(store.customers)], entered[:-1]])[: len(entered)]
    low, high = wilson(entered, before, level)
    return pd.DataFrame(
        {
            "stage": pd.Series([*sets], dtype="string"),
            "customers": entered,
            "n": before,
            "rate": _ratio(entered, before),
            "low": low,
            "high": high,
            "share": _ratio(entered, entered[:1]),
        }
    )


def _ratio(part: Ints, whole: Ints) -> Floats:
    return np.asarray(part / np.where(whole > 0, whole, np.nan), np.float64)
