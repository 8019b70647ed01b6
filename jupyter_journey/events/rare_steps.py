"""Steps few customers take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from jupyter_journey.events.question import Question, with_rate
from jupyter_journey.events.store import Store
from jupyter_journey.events.transitions import Transitions, counted

__all__ = ["RareSteps"]


@dataclass(frozen=True)
class RareSteps(Question[tuple[pd.DataFrame, int]]):
    """The transitions of fewer customers than a share of all."""

    below: float
    level: float

    def part(self, store: Store) -> tuple[pd.DataFrame, int]:
        """Count transitions, and customers."""
        return Transitions().part(store), len(store.customers)

    def whole(
        self, parts: Sequence[tuple[pd.DataFrame, int]], events: Sequence[str]
    ) -> pd.DataFrame:
        """Keep what is rare in the whole, not in a part."""
        steps = counted([part[0] for part in parts], events).rename(columns={"n": "steps"})
        customers = sum(part[1] for part in parts)
        frame = with_rate(steps.assign(n=customers), "customers", "n", self.level)
        rare = frame[frame["rate"] < self.below]
        return rare.sort_values(["customers", "steps", "source", "target"], ignore_index=True)
