"""From which stage to which customers go, forward, over some, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.question import Question, added, named
from jupyter_journey.events.store import Ints, Store

__all__ = ["Flow"]


@dataclass(frozen=True)
class Flow(Question[pd.DataFrame]):
    """How often, and of how many customers, a stage follows another."""

    sets: Mapping[str, Ints]

    def part(self, store: Store) -> pd.DataFrame:
        """Count each pair of stages."""
        kinds = len(self.sets)
        stage_of = np.full(len(store.events), kinds)
        for place, codes in reversed([*enumerate(self.sets.values())]):
            stage_of[codes] = place  # the earlier stage is written last
        stages = stage_of[store.event]
        rows = np.flatnonzero(stages < kinds)
        stages, customer = stages[rows], store.customer[rows]
        moved = (customer[1:] == customer[:-1]) & (stages[1:] != stages[:-1])
        pair = (stages[:-1] * kinds + stages[1:])[moved]
        people = np.unique(np.column_stack([pair, customer[1:][moved]]), axis=0)[:, 0]
        n, customers = (np.bincount(one, minlength=kinds**2) for one in (pair, people))
        occurs = np.flatnonzero(n)
        return pd.DataFrame({"pair": occurs, "n": n[occurs], "customers": customers[occurs]})

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add the counts and name the stages."""
        frame, kinds = added(parts, ["pair"]), max(len(self.sets), 1)
        pair = frame.pop("pair")
        frame.insert(0, "source", named(pair // kinds, [*self.sets]))
        frame.insert(1, "target", named(pair % kinds, [*self.sets]))
        return frame
