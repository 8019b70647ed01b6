"""How long customers take from one stage to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from jupyter_journey.events.passages import chain
from jupyter_journey.events.question import Question, added, named
from jupyter_journey.events.spans import Spans, summary
from jupyter_journey.events.store import Ints, Store

__all__ = ["Arrivals", "StageTimes"]

Arrivals = tuple[pd.DataFrame, Spans]
"""By step, how many customers began it and arrived; and the times of those who did."""


@dataclass(frozen=True)
class StageTimes(Question[Arrivals]):
    """Times from each stage to the next, and how many were not seen to arrive."""

    sets: Mapping[str, Ints]
    level: float

    def part(self, store: Store) -> Arrivals:
        """Take the times of each step."""
        return arrivals(store, [*pairwise(chain(store, [*self.sets.values()]))])

    def whole(self, parts: Sequence[Arrivals], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Join the times and take their quantiles."""
        names = [*self.sets]
        steps = np.arange(max(len(names) - 1, 0))
        counts, times = merged(parts, self.level, steps)
        frame = times.assign(waiting=counts["began"] - counts["arrived"])
        frame.insert(0, "from", named(steps, names))
        frame.insert(1, "to", named(steps + 1, names))
        return frame


def arrivals(store: Store, steps: Sequence[tuple[Ints, Ints]]) -> Arrivals:
    """Return what each step, from one row of each customer to another, contributes."""
    kinds, lengths, counts = [np.empty(0, np.int64)], [np.empty(0, np.int64)], []
    for step, (left, entered) in enumerate(steps):
        both = (left < len(store)) & (entered < len(store))
        lengths.append(store.time[entered[both]] - store.time[left[both]])
        kinds.append(np.full(len(lengths[-1]), step))
        counts.append((step, int((left < len(store)).sum()), len(lengths[-1])))
    frame = pd.DataFrame(counts, columns=["step", "began", "arrived"], dtype="int64")
    return frame, Spans.of(np.concatenate(kinds), np.concatenate(lengths))


def merged(
    parts: Sequence[Arrivals], level: float, steps: Ints
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the sums by step, and n, median, p90, low, high of the times, each from row 0."""
    counts = added([part[0] for part in parts], ["step"])
    times = summary([part[1] for part in parts], level, steps.tolist())
    return counts, times.reset_index(drop=True)
