"""What customers do who don't go on to the next stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from jupyter_journey.events.passages import chain
from jupyter_journey.events.question import Question, added, named, with_rate
from jupyter_journey.events.store import Ints, Store

__all__ = ["DropOff"]


@dataclass(frozen=True)
class DropOff(Question[pd.DataFrame]):
    """By step of a funnel: the next event of those who left it."""

    sets: Mapping[str, Ints]
    level: float
    within: int | None
    """Microseconds from the entry into the stage; what comes later doesn't count."""
    end: int
    """When the observation ends."""

    def part(self, store: Store) -> pd.DataFrame:
        """Count the row after the entry; code len(events) stands for none."""
        kinds, frames = len(store.events), []
        entries = chain(store, [*self.sets.values()])
        limit = np.iinfo(np.int64).max if self.within is None else self.within
        for step, (left, entered) in enumerate(pairwise(entries)):
            began = left < len(store)
            customer = np.flatnonzero(began)
            row, target = left[began], entered[began]
            start = store.time[row]
            arrived = target < len(store)
            arrived[arrived] = store.time[target[arrived]] - start[arrived] <= limit
            watched = np.ones(len(row), bool) if self.within is None else start <= self.end - limit
            gone = watched & ~arrived
            row, start, customer = row[gone], start[gone], customer[gone]
            after = np.minimum(row + 1, max(len(store) - 1, 0))
            did = (row + 1 < len(store)) & (store.customer[after] == customer)
            did &= store.time[after] - start <= limit
            code = np.where(did, store.event[after], kinds)
            counts = np.bincount(code, minlength=kinds + 1)
            frames.append(
                pd.DataFrame({"step": step, "event": np.arange(kinds + 1), "customers": counts})
            )
        return pd.concat([_NOTHING, *frames])

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:
        """Add the counts, and say the share of all who left the stage."""
        names = [*self.sets]
        frame = added(parts, ["step", "event"])
        frame["n"] = frame.groupby("step")["customers"].transform("sum")
        frame = frame[frame["customers"] > 0].sort_values(
            ["step", "customers", "event"], ascending=[True, False, True], ignore_index=True
        )
        step, event = frame.pop("step"), frame.pop("event")
        frame.insert(0, "from", named(step, names))
        frame.insert(1, "to", named(step + 1, names))
        frame.insert(2, "instead", named(event, events))
        return with_rate(frame, "customers", "n", self.level, "share")


_NOTHING = pd.DataFrame({"step": [], "event": [], "customers": []}, dtype="int64")
