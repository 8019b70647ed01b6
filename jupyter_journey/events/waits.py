"""When each customer starts something, and when they get where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from jupyter_journey.events.passages import chain
from jupyter_journey.events.question import Question, moments
from jupyter_journey.events.store import Ints, Store

__all__ = ["Waits"]


@dataclass(frozen=True)
class Waits(Question[pd.DataFrame]):
    """For each customer who started: when, and when they first arrived."""

    start: Ints
    target: Ints

    def part(self, store: Store) -> pd.DataFrame:
        """Find both moments of each customer."""
        left, entered = chain(store, [self.start, self.target])
        began = np.flatnonzero(left < len(store))
        arrived = entered[began] < len(store)
        end = np.full(len(began), np.iinfo(np.int64).min)  # NaT
        end[arrived] = store.time[entered[began][arrived]]
        return pd.DataFrame(
            {
                "customer": pd.Series(
                    store.customers.take(pa.array(began)).to_pandas(), dtype="string"
                ),
                "start": moments(store.time[left[began]]),
                "end": moments(end),
            }
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put the customers in order."""
        return pd.concat(parts).sort_values("customer", ignore_index=True)
