"""When customers first do each event, and what they had come to by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jupyter_journey.events.question import Question, named
from jupyter_journey.events.store import Store

__all__ = ["FirstTimes"]


@dataclass(frozen=True)
class FirstTimes(Question[pd.DataFrame]):
    """A row per customer and kind of event.

    ``customer``, ``event``, ``place`` (kinds of event the customer did before), ``entered`` (number
    of the stage last entered by then; −1 for none), ``ends`` (whether it is the customer's last
    event of all).
    """

    stages: Mapping[str, int]
    """Number of the stage by event that enters it."""

    def part(self, store: Store) -> pd.DataFrame:
        """Find the first row of each customer and event."""
        rows = pd.DataFrame({"customer": store.customer, "event": store.event})
        numbers = np.array([self.stages.get(name, np.nan) for name in store.events], float)
        entered = pd.Series(numbers[store.event] if len(store) else [], dtype=float)
        last = rows.drop_duplicates("customer", keep="last").set_index("customer")["event"]
        rows = rows.assign(
            entered=entered.groupby(rows["customer"]).ffill().fillna(-1).astype(int),
            ends=rows["event"] == rows["customer"].map(last),
        )
        first = rows.drop_duplicates(["customer", "event"])
        first = first.assign(place=first.groupby("customer").cumcount())
        names = store.customers.to_pandas().astype("string")
        return first.assign(customer=names.to_numpy()[first["customer"]])

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:
        """Join the rows."""
        rows = pd.concat(parts, ignore_index=True)
        return rows.assign(event=named(rows["event"], events))
