"""What of a log shows whether its clocks and customers can be true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.question import Question, microseconds
from jupyter_journey.events.store import Ints, Store

__all__ = ["Days", "Shape"]

_DAY = 86_400_000_000
_OLD = microseconds(pd.Timestamp("1990-01-01", tz="UTC"))
_NEVER = np.iinfo(np.int64).max


class Days(Question[Ints]):
    """The days with an event, since 1970 in UTC."""

    def part(self, store: Store) -> Ints:
        """Find the days."""
        return np.unique(store.time // _DAY)

    def whole(self, parts: Sequence[Ints], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put them together."""
        return pd.DataFrame({"day": np.unique(np.concatenate(parts))})


@dataclass(frozen=True)
class Shape(Question[pd.DataFrame]):
    """Rows at impossible times, customers with one event, the most events of one.

    The answer has one row; ``first_early`` and ``first_late`` in microseconds since 1970.
    """

    now: int

    def part(self, store: Store) -> pd.DataFrame:
        """Count."""
        early, late = store.time[store.time < _OLD], store.time[store.time > self.now]
        sizes = store.ends - store.starts
        return pd.DataFrame(
            {
                "early": [len(early)],
                "late": [len(late)],
                "single": [np.count_nonzero(sizes == 1)],
                "most": [sizes.max(initial=0)],
                "first_early": [early.min(initial=_NEVER)],
                "first_late": [late.min(initial=_NEVER)],
            }
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add up, and take the extremes."""
        rows = pd.concat(parts)
        sums = rows[["early", "late", "single"]].sum()
        ends = rows[["first_early", "first_late"]].min()
        return pd.DataFrame([{**sums, **ends, "most": rows["most"].max()}])
