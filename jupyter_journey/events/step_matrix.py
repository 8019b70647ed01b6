"""What customers do first, second, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.question import Question, added, named, with_rate
from jupyter_journey.events.store import Ints, Store

__all__ = ["Around", "StepMatrix"]


@dataclass(frozen=True)
class StepMatrix(Question[pd.DataFrame]):
    """How many customers do each event at each of their first steps."""

    steps: int
    level: float

    def part(self, store: Store) -> pd.DataFrame:
        """Count from each customer's first event on."""
        return _counted(store, store.starts, range(self.steps))

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:
        """Add the counts and number the steps from 1."""
        frame = _shares(parts, events, self.level).rename(columns={"offset": "step"})
        return frame.assign(step=frame["step"] + 1)


@dataclass(frozen=True)
class Around(Question[pd.DataFrame]):
    """What customers do before and after their first of some events."""

    centre: Ints
    before: int
    after: int
    level: float

    def part(self, store: Store) -> pd.DataFrame:
        """Count around each customer's first of the events."""
        rows = store.rows_of(self.centre)
        first = np.unique(store.customer[rows], return_index=True)[1]
        return _counted(store, rows[first], range(-self.before, self.after + 1))

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:
        """Add the counts."""
        return _shares(parts, events, self.level)


def _counted(store: Store, centre: Ints, offsets: range) -> pd.DataFrame:
    """Count the events so many rows from the centre; code len(events) holds all customers."""
    kinds = len(store.events)
    begin, end = (bounds[store.customer[centre]] for bounds in (store.starts, store.ends))
    counts = np.zeros((len(offsets), kinds + 1), np.int64)
    for place, offset in enumerate(offsets):
        rows = centre + offset
        rows = rows[(rows >= begin) & (rows < end)]
        counts[place, :kinds] = np.bincount(store.event[rows], minlength=kinds)
        counts[place, kinds] = len(centre)
    return pd.DataFrame(
        {
            "offset": np.repeat(np.asarray(offsets, np.int64), kinds + 1),
            "event": np.tile(np.arange(kinds + 1), len(offsets)),
            "customers": counts.ravel(),
        }
    )


def _shares(parts: Sequence[pd.DataFrame], events: Sequence[str], level: float) -> pd.DataFrame:
    frame = added(parts, ["offset", "event"])
    everybody = frame["event"] == len(events)
    n = int(frame.loc[everybody, "customers"].max()) if everybody.any() else 0
    kept = frame[~everybody & (frame["customers"] > 0)].assign(n=n).reset_index(drop=True)
    kept["event"] = named(kept["event"], events)
    return with_rate(kept, "customers", "n", level, "share").astype({"event": "string"})
