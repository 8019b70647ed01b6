"""How much a log in partitions holds, from when until when, and of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.question import Question, moments
from jupyter_journey.events.store import Store

__all__ = ["Customers", "Extent"]


@dataclass(frozen=True)
class Extent(Question[pd.DataFrame]):
    """Number of events, those that tie, and the first and last time."""

    def part(self, store: Store) -> pd.DataFrame:
        """Count."""
        if not len(store):
            return pd.DataFrame({"n": [0], "tied": [0], "first": [2**62], "last": [-(2**62)]})
        first, last = int(store.time.min()), int(store.time.max())
        tied = round(store.ties * len(store))
        return pd.DataFrame({"n": [len(store)], "tied": [tied], "first": [first], "last": [last]})

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add up, and take the extremes."""
        rows = pd.concat(parts)
        extremes = moments(np.array([rows["first"].min(), rows["last"].max()], np.int64))
        sums = rows[["n", "tied"]].sum()
        return pd.DataFrame(
            {"n": [sums["n"]], "tied": [sums["tied"]], "first": extremes[:1], "last": [extremes[1]]}
        )


@dataclass(frozen=True)
class Customers(Question[pd.DataFrame]):
    """Ids of all customers."""

    def part(self, store: Store) -> pd.DataFrame:
        """Take the ids."""
        return pd.DataFrame({"customer": pd.Series(store.customers.to_pandas(), dtype="string")})

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put them in order."""
        return pd.concat(parts).sort_values("customer", ignore_index=True)
