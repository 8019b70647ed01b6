"""What each customer does in their trial, and of late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.events.passages import chain
from jupyter_journey.events.question import Question
from jupyter_journey.events.store import Bools, Ints, Store

__all__ = ["Trials", "Use"]

_DAY = 86_400_000_000


@dataclass(frozen=True)
class Trials(Question[pd.DataFrame]):
    """How much customers do from the start of a trial until they stay, or it is over.

    The answer has a row per trial that began and was over while it was watched: ``events``, and
    ``kinds`` of them.
    """

    start: Ints
    """Codes of the events that begin it."""
    target: Ints
    """Codes of those by which customers stay."""
    kinds: Ints
    """By code of an event: its kind."""
    begin: int
    until: int
    window: int
    """Microseconds after which it is over."""

    def part(self, store: Store) -> pd.DataFrame:
        """Count each customer's events between the two moments."""
        left, entered = chain(store, [self.start, self.target])
        trying = np.flatnonzero(left < len(store))
        began = store.time[left[trying]]
        watched = (began >= self.begin) & (began <= self.until - self.window)
        trying, began = trying[watched], began[watched]
        stop = began + self.window
        stays = entered[trying] < len(store)
        stop[stays] = np.minimum(stop[stays], store.time[entered[trying[stays]]])
        bounds = np.zeros((2, len(store.customers)), np.int64)  # nobody else's events lie between
        bounds[:, trying] = began, stop
        whose = store.customer
        rows = np.flatnonzero((store.time >= bounds[0, whose]) & (store.time < bounds[1, whose]))
        made = whose[rows].astype(np.int64)
        count = int(self.kinds.max(initial=0)) + 1
        different = np.unique(made * count + self.kinds[store.event[rows]]) // count
        return pd.DataFrame(
            {
                "events": np.bincount(made, minlength=len(store.customers))[trying],
                "kinds": np.bincount(different, minlength=len(store.customers))[trying],
            }
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put them together."""
        return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class Use(Question[pd.DataFrame]):
    """On how many days customers used a product lately, and what of it.

    The answer has ``customer``, ``days``, ``shared``, and by number of each feature whether they
    used it; who did none of this is missing.
    """

    features: Ints
    """By code of an event: the number of its feature; -1 for none."""
    shared: Bools
    """By code of an event: whether it shares the product with others."""
    since: int
    until: int

    def part(self, store: Store) -> pd.DataFrame:
        """See who did what."""
        rows = np.flatnonzero((store.time >= self.since) & (store.time <= self.until))
        event, whose = store.event[rows], store.customer[rows].astype(np.int64)
        sharing = np.zeros(len(store.customers), bool)
        sharing[whose[self.shared[event]]] = True
        feature = self.features[event]
        used = feature >= 0
        whose, feature, day = whose[used], feature[used], store.time[rows[used]] // _DAY
        did = np.zeros((len(store.customers), int(self.features.max(initial=-1)) + 1), bool)
        did[whose, feature] = True
        days = _different(whose, day, len(store.customers))
        some = np.flatnonzero((days > 0) | sharing)
        names = pd.Index(store.customers.to_pandas().astype(str))[some]
        told = pd.DataFrame({"customer": names, "days": days[some], "shared": sharing[some]})
        return pd.concat([told, pd.DataFrame(did[some])], axis=1)

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put them together."""
        return pd.concat(parts, ignore_index=True)


def _different(whose: Ints, day: Ints, customers: int) -> npt.NDArray[np.int64]:
    """Count the days of each customer."""
    first = int(day.min(initial=0))
    span = int(day.max(initial=0)) - first + 1
    pairs = np.unique(whose * span + (day - first))
    return np.bincount(pairs // span, minlength=customers)
