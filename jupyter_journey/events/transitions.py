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
        order = np.argsort(store.pairs, kind="stable")  # small codes: by radix, in linear time
        pair = store.pairs[order]
        # Stable, so that within a pair each customer's rows stay together.
        customer = store.customer[1:][store.follows][order]
        begins = np.ones(len(pair), bool)
        begins[1:] = pair[1:] != pair[:-1]
        fresh = begins.copy()
        fresh[1:] |= customer[1:] != customer[:-1]
        start = np.flatnonzero(begins)
        return pd.DataFrame(
            {
                "pair": pair[start].astype(np.int64),
                "n": np.diff(np.append(start, len(pair))),
                "customers": np.diff(np.append(np.cumsum(fresh)[start], fresh.sum() + 1)),
            }
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
