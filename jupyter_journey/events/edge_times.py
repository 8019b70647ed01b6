"""How long it takes from an event to the one that directly follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from jupyter_journey.events.question import Question, named
from jupyter_journey.events.spans import Spans, summary
from jupyter_journey.events.store import Store

__all__ = ["EdgeTimes"]


@dataclass(frozen=True)
class EdgeTimes(Question[Spans]):
    """Median and 90th percentile of the time of each transition."""

    level: float

    def part(self, store: Store) -> Spans:
        """Take the times by pair of events."""
        pair, start, _, time = store.hops
        return Spans(pair, start, time)

    def whole(self, parts: Sequence[Spans], events: Sequence[str]) -> pd.DataFrame:
        """Join the times and take their quantiles."""
        times = summary(parts, self.level)
        pair, kinds = times.index.to_numpy(), max(len(events), 1)
        frame = times.reset_index(drop=True)
        frame.insert(0, "source", named(pair // kinds, events))
        frame.insert(1, "target", named(pair % kinds, events))
        return frame.sort_values(
            ["n", "source", "target"], ascending=[False, True, True], ignore_index=True
        )
