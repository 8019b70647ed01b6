"""Support: how many tickets, on what, and how long they take."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

import numpy as np
import pandas as pd

from jupyter_journey.metrics.figures import Figure, share
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import bootstrap, poisson

__all__ = ["resolution_time", "ticket_mix", "tickets"]

_HOUR = 3_600.0
_MOST = 20
"""More topics than these, the most frequent, are not told apart."""


def tickets(inputs: Inputs) -> Iterator[Figure]:
    """Yield how many tickets there were (MET-22)."""
    table = inputs.table("tickets")
    if table is not None:
        low, high = poisson(len(table), inputs.level)
        yield Figure(value=len(table), n=len(table), low=low, high=high, people=_people(table))


def ticket_mix(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of each topic (MET-22): fewer on how to do things tell of maturity."""
    table = inputs.table("tickets", "topic")
    if table is None:
        return
    everybody = _people(table)
    for topic, count in table["topic"].value_counts().head(_MOST).items():
        people = _people(table[table["topic"] == topic])
        yield share(
            int(count),
            len(table),
            inputs.level,
            counts=((int(count), len(table)), (people, max(everybody, people))),
            part=str(topic),
            whole="topics",
            one_n=True,
        )


def resolution_time(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean hours until a ticket is solved (MET-24)."""
    table = inputs.table("tickets")
    if table is None or "solved_at" not in table:
        return
    solved = table.dropna(subset=["solved_at"])
    hours = (solved["solved_at"] - solved["created_at"]).dt.total_seconds() / _HOUR
    whose = solved["customer"] if "customer" in solved else solved["ticket"]
    cases = hours.groupby(whose.fillna(solved["ticket"])).agg(["sum", "size"])
    low, high = bootstrap(cases, lambda sums: sums[:, 0] / sums[:, 1], inputs.level)
    yield Figure(
        value=float(hours.mean()) if len(hours) else nan,
        n=len(hours),
        low=low,
        high=high,
        people=_people(solved),
        said={"open": len(table) - len(solved)},
    )


def _people(table: pd.DataFrame) -> int:
    """Count the customers; tickets of nobody known count as one each."""
    if "customer" not in table:
        return len(table)
    return int(np.unique(table["customer"].fillna(table["ticket"]).astype(str)).size)
