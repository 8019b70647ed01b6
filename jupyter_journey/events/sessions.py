"""Visits: events with no long silence between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from jupyter_journey.events.question import Question, moments
from jupyter_journey.events.store import Store

__all__ = ["Sessions"]


@dataclass(frozen=True)
class Sessions(Question[pd.DataFrame]):
    """Each session of each customer; a longer silence than ``gap`` (microseconds) ends one."""

    gap: int

    def part(self, store: Store) -> pd.DataFrame:
        """Cut each customer's events at the silences."""
        new = np.ones(len(store), bool)
        new[1:] = ~store.follows | (np.diff(store.time) > self.gap)
        start = np.flatnonzero(new)
        end = np.append(start[1:], len(store))[: len(start)]
        customer = store.customer[start]
        first = np.flatnonzero(np.append(True, customer[1:] != customer[:-1])[: len(customer)])
        return pd.DataFrame(
            {
                "customer": pd.Categorical.from_codes(
                    customer, pd.Index(store.customers.to_pandas(), dtype="str")
                ),
                "session": np.arange(len(start)) - first[customer] + 1,
                "start": moments(store.time[start]),
                "end": moments(store.time[end - 1]),
                "events": end - start,
            }
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put the customers in order."""
        if len(parts) == 1:
            return parts[0]
        customer = union_categoricals([part["customer"] for part in parts], sort_categories=True)
        frame = pd.concat(parts, ignore_index=True).assign(customer=customer)
        return frame.sort_values(["customer", "session"], ignore_index=True)
