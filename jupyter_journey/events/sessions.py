"""Visits: events with no long silence between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from jupyter_journey.events.inputs.gathering import shared
from jupyter_journey.events.question import Question, moments
from jupyter_journey.events.store import Ints, Store

__all__ = ["Sessions"]


@dataclass(frozen=True)
class Sessions(Question[pd.DataFrame]):
    """Each session of each customer; a longer silence than ``gap`` (microseconds) ends one."""

    gap: int

    def part(self, store: Store) -> pd.DataFrame:
        """Cut each customer's events at the silences."""
        new = np.ones(len(store), bool)
        new[1:] = ~store.follows | (np.diff(store.time) > self.gap)
        start = np.flatnonzero(new)
        end = np.append(start[1:], len(store))[: len(start)]
        customer = store.customer[start]
        first = np.flatnonzero(np.append(True, customer[1:] != customer[:-1])[: len(customer)])
        return pd.DataFrame(
            {
                "customer": pd.Categorical.from_codes(
                    customer, pd.Index(store.customers.to_pandas(), dtype="str")
                ),
                "session": np.arange(len(start)) - first[customer] + 1,
                "start": moments(store.time[start]),
                "end": moments(store.time[end - 1]),
                "events": end - start,
            }
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put the customers in order."""
        if len(parts) == 1:
            return parts[0]
        coded = [
            pa.DictionaryArray.from_arrays(
                part["customer"].cat.codes.to_numpy(np.int32),
                pa.array(part["customer"].cat.categories, pa.string()),
            )
            for part in parts
        ]
        customer = shared(coded)
        codes = customer.indices.to_numpy()
        names = pd.Index(customer.dictionary.to_pandas(), dtype="str")
        count = np.bincount(codes, minlength=len(names))
        # Where a session belongs is told by its customer and number, without comparing any two.
        place = (np.cumsum(count) - count)[codes]
        place += np.concatenate([part["session"].to_numpy() for part in parts]) - 1
        whose = np.repeat(np.arange(len(names), dtype=np.int32), count)
        made = {"customer": pd.Series(pd.Categorical.from_codes(whose, names))}
        # Column by column: there may be many millions of sessions.
        for name in parts[0].columns.drop("customer"):
            made[name] = _placed([part[name] for part in parts], place)
        return pd.DataFrame(made, copy=False)


def _placed(pieces: Sequence[pd.Series], place: Ints) -> pd.Series:
    """Return the values of all pieces, each at its place."""
    values = np.empty(len(place), np.int64)
    end = 0
    for piece in pieces:
        begin, end = end, end + len(piece)
        values[place[begin:end]] = piece.astype(np.int64).to_numpy()
    is_time = isinstance(pieces[0].dtype, pd.DatetimeTZDtype)
    return moments(values) if is_time else pd.Series(values)
