"""How often each event occurs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from jupyter_journey.events.question import Question, added, named
from jupyter_journey.events.store import Ints, Store

__all__ = ["Counts"]

_BITS = 64


class Counts(Question[pd.DataFrame]):
    """How often, and by how many, each event is done."""

    def part(self, store: Store) -> pd.DataFrame:
        """Count rows, and who has any of a kind."""
        kinds = len(store.events)
        return pd.DataFrame(
            {
                "event": np.arange(kinds),
                "n": np.bincount(store.event, minlength=kinds),
                "customers": _customers(store),
            }
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:
        """Add the counts."""
        counts = added(parts, ["event"])
        counts = counts.assign(event=named(counts["event"], events)).astype({"event": "string"})
        return counts.sort_values(["n", "event"], ascending=[False, True], ignore_index=True)


def _customers(store: Store) -> Ints:
    """Count by event: what a customer did is one bit per kind of event, 64 kinds at a time."""
    found: list[int] = []
    for first in range(0, len(store.events) if len(store) else 0, _BITS):
        place = store.event.astype(np.int64) - first
        bit = np.left_shift(np.uint64(1), np.clip(place, 0, _BITS - 1).astype(np.uint64))
        bit[(place < 0) | (place >= _BITS)] = 0
        done = np.bitwise_or.reduceat(bit, store.starts)
        kinds = min(_BITS, len(store.events) - first)
        found += [int(np.count_nonzero(done & np.uint64(1 << kind))) for kind in range(kinds)]
    return np.array(found or [0] * len(store.events), np.int64)
