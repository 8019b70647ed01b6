"""When each customer starts something, and when they get where it leads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from jupyter_journey.events.passages import chain, codes_of
from jupyter_journey.events.store import Store

__all__ = ["waits"]


def waits(store: Store, start: str | Sequence[str], target: str | Sequence[str]) -> pd.DataFrame:
    """Answer :meth:`EventLog.waits`."""
    left, entered = chain(store, [codes_of(store, start), codes_of(store, target)])
    began = np.flatnonzero(left < len(store))
    arrived = entered[began] < len(store)
    end = np.full(len(began), np.iinfo(np.int64).min)  # NaT
    end[arrived] = store.time[entered[began][arrived]]
    return pd.DataFrame(
        {
            "customer": pd.Series(store.customers[began], dtype="string"),
            "start": _moments(store.time[left[began]]),
            "end": _moments(end),
        }
    )


def _moments(microseconds: np.ndarray) -> pd.Series:
    return pd.Series(microseconds.view("M8[us]")).dt.tz_localize("UTC")
