"""How many customers enter each stage, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.passages import chain
from jupyter_journey.events.question import Question, added, with_rate
from jupyter_journey.events.store import Ints, Store

__all__ = ["Funnel"]

_UNFINISHED, _ALL = -2, -1


@dataclass(frozen=True)
class Funnel(Question[pd.DataFrame]):
    """Customers by stage, and by group where the store has them."""

    sets: Mapping[str, Ints]
    level: float
    within: int | None = None
    """Microseconds from the entry into the first stage; later entries don't count."""
    end: int = 0
    """When the observation ends."""

    def part(self, store: Store) -> pd.DataFrame:
        """Count entries by group, and before them the unfinished and all others."""
        entries = chain(store, [*self.sets.values()])
        reached = [rows < len(store) for rows in entries]
        unfinished = np.zeros(len(store.customers), bool)
        if self.within is not None and entries:
            began = np.where(reached[0], _at(store, entries[0]), 0)
            unfinished = reached[0] & (began + self.within > self.end)
            reached = [
                hit & ~unfinished & (_at(store, rows) - began <= self.within)
                for hit, rows in zip(reached, entries, strict=True)
            ]
        tallies = [unfinished, ~unfinished, *reached]
        labels, group = store.groups, store.group
        if labels is None:
            labels, group = (None,), np.zeros(len(store.customers), np.int64)
        return pd.concat(
            [
                pd.DataFrame(
                    {
                        "missing": np.array([label is None for label in labels], bool),
                        "group": [label or "" for label in labels],
                        "place": place,
                        "customers": np.bincount(group[mask], minlength=len(labels)),
                    }
                )
                for place, mask in enumerate(tallies, start=_UNFINISHED)
            ]
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add the counts, and compare each stage with the one before."""
        counts = added(parts, ["missing", "group", "place"])
        groups = counts[counts["place"] == _ALL].reset_index(drop=True)
        tallies = counts["customers"].to_numpy(np.int64).reshape(len(groups), len(self.sets) + 2)
        names = groups["group"].astype("string").mask(groups["missing"])
        answers = [
            self._answer(tally).assign(group=name)
            for name, tally in zip(names, tallies, strict=True)
        ]
        nobody = self._answer(np.zeros(len(self.sets) + 2, np.int64)).assign(group="").head(0)
        frame = pd.concat(answers or [nobody], ignore_index=True).astype({"group": "string"})
        return frame[["group", *frame.columns.drop("group")]]

    def _answer(self, counts: Ints) -> pd.DataFrame:
        """Return the funnel of one group from its unfinished, all, and those by stage."""
        entered, before = counts[2:], counts[1:-1]
        frame = pd.DataFrame(
            {
                "stage": pd.Series([*self.sets], dtype="string"),
                "customers": entered,
                "n": before,
            }
        )
        frame = with_rate(frame, "customers", "n", self.level)
        first = entered[:1] if entered[:1].any() else np.full(len(entered[:1]), np.nan)
        return frame.assign(share=entered / first, unfinished=counts[0])


def _at(store: Store, rows: Ints) -> Ints:
    """Return the times of rows; that of a row past the end means nothing."""
    return store.time[np.minimum(rows, len(store) - 1)] if len(store) else rows
