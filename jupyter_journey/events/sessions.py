"""Visits: events with no long silence between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.question import Question, moments
from jupyter_journey.events.store import Ints, Store, ranks

__all__ = ["Sessions", "Visits"]

_BLOCK = 1 << 15
"""Customers whose sessions are put in order at a time: they stay in the processor's cache."""


class Visits(NamedTuple):
    """Sessions, those of a customer together and in order."""

    customers: pa.StringArray
    """Names by code, in label order; each has a session."""
    first: Ints
    """Position of each customer's first session; last, the number of sessions."""
    start: Ints
    end: Ints
    events: Ints


@dataclass(frozen=True)
class Sessions(Question[Visits]):
    """Each session of each customer; a longer silence than ``gap`` (microseconds) ends one."""

    gap: int

    def part(self, store: Store) -> Visits:
        """Cut each customer's events at the silences."""
        new = np.ones(len(store), bool)
        new[1:] = ~store.follows | (np.diff(store.time) > self.gap)
        start = np.flatnonzero(new)
        end = np.append(start[1:], len(store))[: len(start)]
        first = np.searchsorted(start, store.first)
        return Visits(store.customers, first, store.time[start], store.time[end - 1], end - start)

    def whole(self, parts: Sequence[Visits], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put the customers in order."""
        visits = parts[0] if len(parts) == 1 else _joined(parts)
        names = pd.Index(visits.customers.to_pandas(), dtype="str")
        count = np.diff(visits.first)
        whose = np.repeat(np.arange(len(count), dtype=np.int32), count)
        # There may be many millions of sessions: columns are made in place, and none is copied.
        session = np.ones(len(whose), np.int64)
        session[visits.first[1:-1]] -= count[:-1]
        np.cumsum(session, out=session)
        return pd.DataFrame(
            {
                "customer": pd.Categorical.from_codes(whose, names),
                "session": session,
                "start": moments(visits.start),
                "end": moments(visits.end),
                "events": visits.events,
            },
            copy=False,
        )


def _joined(parts: Sequence[Visits]) -> Visits:
    """Return the sessions of all parts, which have no customer in common."""
    names = pa.concat_arrays([part.customers for part in parts])
    order = pc.sort_indices(names)
    ends = np.cumsum([len(part.customers) for part in parts])
    places = np.split(ranks(order), ends[:-1])
    count = np.empty(len(names), np.int64)
    for part, place in zip(parts, places, strict=True):
        count[place] = np.diff(part.first)
    first = np.append(0, np.cumsum(count))
    whole = Visits(names.take(order), first, *(np.empty(first[-1], np.int64) for _ in range(3)))
    for begin in range(0, len(names), _BLOCK):
        for part, place in zip(parts, places, strict=True):
            _put(part, place, whole, *np.searchsorted(place, [begin, begin + _BLOCK]))
    return whole


def _put(part: Visits, place: npt.NDArray[np.int32], whole: Visits, begin: int, end: int) -> None:
    """Put the sessions of some customers of a part where they belong in the whole."""
    count = np.diff(part.first[begin : end + 1])
    rows = slice(part.first[begin], part.first[end])
    shift = whole.first[place[begin:end]] - part.first[begin:end]
    target = np.repeat(shift, count) + np.arange(rows.start, rows.stop)
    for values, its in zip(whole[2:], part[2:], strict=True):
        values[target] = its[rows]
