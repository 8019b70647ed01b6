"""Which event follows which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.question import Question, added, named
from jupyter_journey.events.store import Store

__all__ = ["Transitions", "counted"]


@dataclass(frozen=True)
class Transitions(Question[pd.DataFrame]):
    """How often, and of how many customers, an event follows another."""

    def part(self, store: Store) -> pd.DataFrame:
        """Count each pair of events."""
        pair, start, customer, _ = store.hops
        fresh = np.ones(len(customer), bool)
        fresh[1:] = customer[1:] != customer[:-1]
        fresh[start] = True
        return pd.DataFrame(
            {
                "pair": pair,
                "n": np.diff(np.append(start, len(customer))),
                "customers": np.add.reduceat(fresh, start, dtype=np.int64) if len(customer) else [],
            },
            dtype="int64",
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:
        """Add the counts and name the events."""
        frame = counted(parts, events)
        return frame.sort_values(
            ["n", "source", "target"], ascending=[False, True, True], ignore_index=True
        )


def counted(parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:
    """Return source, target, n and customers of all parts, in label order."""
    frame = added(parts, ["pair"])
    pair, kinds = frame.pop("pair"), max(len(events), 1)
    frame.insert(0, "source", named(pair // kinds, events))
    frame.insert(1, "target", named(pair % kinds, events))
    return frame
