"""Who reaches a milestone early: by the landmark, the 30th day after they joined.

What comes after is compared from that day on: :mod:`jupyter_journey.metrics.landmark` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from jupyter_journey.model.records import Milestone

__all__ = ["LANDMARK_DAYS", "Landmark", "landmarks"]

LANDMARK_DAYS = 30


@dataclass(frozen=True)
class Landmark:
    """Who had reached a milestone by the landmark, of those who were customers then."""

    milestone: Milestone
    events: tuple[str, ...]
    people: pd.DataFrame
    """``customer``; ``start`` and ``end`` as a customer (missing: still one); ``early``: whether
    they had reached it; in order."""

    @property
    def compares(self) -> bool:
        """Whether there is somebody on both sides."""
        early = self.people["early"]
        return bool(early.any() and not early.all())


def landmarks(
    new: pd.DataFrame,
    until: pd.Timestamp,
    milestones: Iterable[tuple[Milestone, tuple[str, ...]]],
    firsts: Callable[[tuple[str, ...]], pd.Series[pd.Timestamp]],
) -> Iterator[Landmark]:
    """Yield those milestones that some reached early and others didn't.

    Parameters
    ----------
    new
        ``customer``, ``start`` and ``end`` as a customer.
    until
        The last moment observed.
    milestones
        Each with the events that show it was reached.
    firsts
        Returns by customer when they first did one of some events.
    """
    landmark = new["start"] + pd.Timedelta(days=LANDMARK_DAYS)
    here = (landmark <= until) & (new["end"].isna() | (new["end"] > landmark))
    new, landmark = new[here], landmark[here]
    for milestone, events in milestones:
        reached = firsts(events).reindex(new["customer"]).set_axis(new.index)
        early = reached <= landmark
        people = new[["customer", "start", "end"]].assign(early=early)
        found = Landmark(milestone, events, people)
        if found.compares:
            yield found
