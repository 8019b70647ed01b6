"""Where customers come back: to the same event, or to a stage they had left behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.ordering import grouped
from jupyter_journey.events.question import Question, added, named, with_rate
from jupyter_journey.events.spans import Spans, summary
from jupyter_journey.events.store import Ints, Store

__all__ = ["Loops", "Regressions"]


@dataclass(frozen=True)
class Loops(Question[tuple[pd.DataFrame, Spans]]):
    """How often, by how many and after how long an event is done again."""

    level: float

    def part(self, store: Store) -> tuple[pd.DataFrame, Spans]:
        """Find each repetition: by event and customer, it follows the one before."""
        bounds, row, time = grouped(store.event, len(store.events), store.time)
        event = np.repeat(np.arange(len(store.events)), np.diff(bounds))
        customer = store.customer[row]
        again = np.zeros(len(row), bool)
        again[1:] = (event[1:] == event[:-1]) & (customer[1:] == customer[:-1])
        direct = again.copy()
        direct[1:] &= np.diff(row) == 1
        second = again & ~np.append(False, again[:-1])  # a customer's first repetition
        tallies = {
            "direct": direct,
            "returns": again & ~direct,
            "customers": second,
            "n": ~again,
        }
        kinds = len(store.events)
        counts = {name: np.bincount(event[rows], minlength=kinds) for name, rows in tallies.items()}
        past = np.flatnonzero(again)
        spans = Spans.of(event[past], time[past] - time[past - 1])
        return pd.DataFrame({"event": np.arange(kinds), **counts}), spans

    def whole(
        self, parts: Sequence[tuple[pd.DataFrame, Spans]], events: Sequence[str]
    ) -> pd.DataFrame:
        """Add the counts and join the times."""
        counts = added([part[0] for part in parts], ["event"])
        counts = counts[counts["customers"] > 0]
        times = summary([part[1] for part in parts], self.level, [*counts["event"]])
        frame = with_rate(counts, "customers", "n", self.level).assign(
            event=named(counts["event"], events).to_numpy(),
            median=times["median"].to_numpy(),
            p90=times["p90"].to_numpy(),
            median_low=times["low"].to_numpy(),
            median_high=times["high"].to_numpy(),
        )
        frame = frame.astype({"event": "string"})
        return frame.sort_values(["customers", "event"], ascending=[False, True], ignore_index=True)


@dataclass(frozen=True)
class Regressions(Question[pd.DataFrame]):
    """How often, and of how many, customers go from a stage back to an earlier one."""

    sets: Mapping[str, Ints]
    level: float

    def part(self, store: Store) -> pd.DataFrame:
        """Compare each stage with the customer's stage before."""
        stages = len(self.sets)
        stage_of = np.full(len(store.events), -1)
        for place, codes in reversed([*enumerate(self.sets.values())]):
            stage_of[codes] = place
        stage = stage_of[store.event]
        rows = np.flatnonzero(stage >= 0)
        stage, customer = stage[rows], store.customer[rows].astype(np.int64)
        back = np.zeros(len(rows), bool)
        back[1:] = (customer[1:] == customer[:-1]) & (stage[1:] < stage[:-1])
        arrival = np.flatnonzero(back)
        move = stage[arrival - 1] * stages + stage[arrival]
        movers = np.unique(customer[arrival] * stages**2 + move) % stages**2
        seen = np.unique(customer * stages + stage) % stages
        pairs = np.arange(stages**2)
        return pd.DataFrame(
            {
                "pair": pairs,
                "moves": np.bincount(move, minlength=stages**2),
                "customers": np.bincount(movers, minlength=stages**2),
                "n": np.bincount(seen, minlength=stages)[pairs // stages],
            }
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add the counts of the pairs that lead back."""
        frame = added(parts, ["pair"])
        names = [*self.sets]
        source, target = frame["pair"] // len(names), frame["pair"] % len(names)
        frame.insert(0, "from", named(source, names))
        frame.insert(1, "to", named(target, names))
        kept = frame[target < source].drop(columns="pair").reset_index(drop=True)
        return with_rate(kept, "customers", "n", self.level)
