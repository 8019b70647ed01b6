"""Which event follows which."""

from __future__ import annotations

import numpy as np
import pandas as pd

from jupyter_journey.events.store import Store

__all__ = ["transitions"]


def transitions(store: Store) -> pd.DataFrame:
    """Answer :meth:`EventLog.transitions`."""
    follows, kinds = store.follows, len(store.events)
    pair = (store.event[:-1].astype(np.int64) * kinds + store.event[1:])[follows]
    customer = store.customer[1:][follows]
    if kinds**2 <= np.iinfo(np.uint16).max:
        pair = pair.astype(np.uint16)  # sorted by radix, in linear time
    order = np.argsort(pair, kind="stable")  # stable: within a pair, customers stay together
    pair, customer = pair[order], customer[order]
    begins = np.ones(len(pair), bool)
    begins[1:] = pair[1:] != pair[:-1]
    fresh = begins.copy()
    fresh[1:] |= customer[1:] != customer[:-1]
    start = np.flatnonzero(begins)
    found = pair[start].astype(np.int64)
    names = np.array(store.events, dtype=object)
    frame = pd.DataFrame(
        {
            "source": pd.Series(names[found // kinds] if kinds else [], dtype="string"),
            "target": pd.Series(names[found % kinds] if kinds else [], dtype="string"),
            "n": np.diff(np.append(start, len(pair))),
            "customers": np.add.reduceat(fresh.astype(np.int64), start) if len(start) else start,
        }
    )
    return frame.sort_values(
        ["n", "source", "target"], ascending=[False, True, True], ignore_index=True
    )
