"""How many customers reach a milestone, and how soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.passages import first_after
from jupyter_journey.events.question import Question, named, with_rate
from jupyter_journey.events.stage_times import Arrivals, arrivals, merged
from jupyter_journey.events.store import Ints, Store

__all__ = ["Reach"]

_COLUMNS = ["milestone", "n", "customers", "rate", "low", "high", "waiting"]
_TIMES = ["median", "p90", "median_low", "median_high"]


@dataclass(frozen=True)
class Reach(Question[Arrivals]):
    """Rate and times of milestones, each taken on its own."""

    sets: Mapping[str, Ints]
    since: Mapping[str, Ints]
    """By milestone: the events from whose first occurrence on it counts."""
    level: float

    def part(self, store: Store) -> Arrivals:
        """Take the times to each milestone."""
        return arrivals(store, [self._step(store, name) for name in self.sets])

    def whole(self, parts: Sequence[Arrivals], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add the counts and join the times."""
        steps = np.arange(len(self.sets))
        counts, times = merged(parts, self.level, steps)
        frame = times.rename(columns={"low": "median_low", "high": "median_high"}).assign(
            milestone=named(steps, [*self.sets]),
            n=counts["began"],
            customers=counts["arrived"],
            waiting=counts["began"] - counts["arrived"],
        )
        return with_rate(frame, "customers", "n", self.level)[[*_COLUMNS, *_TIMES]]

    def _step(self, store: Store, name: str) -> tuple[Ints, Ints]:
        """Return the row time is counted from, and the row of the milestone after it."""
        before = store.starts - 1
        if name in self.since:
            start = before = first_after(store, self.since[name], before)
        else:
            start = store.starts  # the customer's first event may be the milestone
        return start, first_after(store, self.sets[name], before)
