"""Who goes back: a journey is no straight line, and a funnel doesn't show it (PATH-06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from jupyter_journey.events import Log
from jupyter_journey.events.question import Question
from jupyter_journey.events.store import Store

__all__ = ["count_backward"]


def count_backward(log: Log, stages: Mapping[str, Sequence[str]]) -> int:
    """Return how many customers enter a stage after a later one; at the same moment isn't after.

    Parameters
    ----------
    stages
        The events by which each stage is entered, by name, in the order of the journey. An event of
        several stages counts for the first of them.

    Examples
    --------
    >>> from jupyter_journey.events import read_events
    >>> log = read_events(pd.DataFrame({
    ...     "customer": ["a", "a", "b", "b", "b"], "event": ["see", "buy", "see", "buy", "see"],
    ...     "time": [f"2026-01-0{day}" for day in (1, 2, 1, 2, 3)],
    ... }))
    >>> count_backward(log, {"Look": ["see"], "Order": ["buy"]})
    1
    """
    places = {
        event: at for at, events in reversed([*enumerate(stages.values())]) for event in events
    }
    found = log.ask(_Backward(places))
    return int(found["customers"].sum())


class _Backward(Question[int]):
    """How many customers enter a stage after a later one."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.places = dict(places)

    def part(self, store: Store) -> int:
        """Compare each entry into a stage with the customer's entry before it."""
        place = np.array([self.places.get(event, -1) for event in store.events], np.int64)
        entered = place[store.event]
        rows = np.flatnonzero(entered >= 0)
        # What happens at the same moment happens in the order of the stages.
        rows = rows[np.lexsort((entered[rows], store.time[rows], store.customer[rows]))]
        customer, stage = store.customer[rows], entered[rows]
        back = (customer[1:] == customer[:-1]) & (stage[1:] < stage[:-1])
        return len(np.unique(customer[1:][back]))

    def whole(self, parts: Sequence[int], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add up: each customer is in one part only."""
        return pd.DataFrame({"customers": parts})
