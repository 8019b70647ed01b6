"""Support: how many tickets, on what, and how long they take."""

from __future__ import annotations

from collections.abc import Iterator
from math import nan

import pandas as pd

from jupyter_journey.metrics.figures import Figure
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import bootstrap, of_mean, poisson

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
    whose = _whose(table)
    everybody, n = whose.nunique(), len(table)
    for topic, count in table["topic"].value_counts().head(_MOST).items():
        on_it = table["topic"] == topic
        low, high = of_mean(on_it.groupby(whose).agg(["sum", "size"]), (0.0, 1.0), inputs.level)
        yield Figure(
            value=count / n,
            n=n,
            low=low,
            high=high,
            counts=((int(count), n), (whose[on_it].nunique(), everybody)),
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
    cases = hours.groupby(_whose(solved)).agg(["sum", "size"])
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
    """Count the customers."""
    return int(_whose(table).nunique())


def _whose(table: pd.DataFrame) -> pd.Series[str]:
    """Return whose ticket each is; one of nobody known is its own."""
    alone = "\x1f" + table["ticket"].astype("string")
    return table["customer"].fillna(alone) if "customer" in table else alone
