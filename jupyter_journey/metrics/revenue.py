"""What customers pay: recurring revenue, what is kept and gained, lifetime value, upgrades."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import nan
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.events import Period
from jupyter_journey.metrics.figures import Figure
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import bootstrap, compound

__all__ = [
    "annual_revenue",
    "expansion_revenue",
    "latest",
    "lifetime_value",
    "monthly_revenue",
    "net_retention",
    "upgrades",
]

_MORE = "expansion"
Floats = npt.NDArray[np.float64]


def monthly_revenue(inputs: Inputs) -> Iterator[Figure]:
    """Yield the sum of what customers pay in a month (MET-39)."""
    yield from _recurring(inputs, 1)


def annual_revenue(inputs: Inputs) -> Iterator[Figure]:
    """Yield twelve times the monthly revenue (MET-40)."""
    yield from _recurring(inputs, 12)


def _recurring(inputs: Inputs, months: int) -> Iterator[Figure]:
    for revenue, currency, period in latest(inputs):
        low, high = compound(months * revenue.to_numpy(float), inputs.level)
        value = months * float(revenue.sum())
        about: dict[str, Any] = {"unit": currency, "period": period}
        yield Figure(value=value, n=len(revenue), low=low, high=high, **about)


def net_retention(inputs: Inputs) -> Iterator[Figure]:
    """Yield what is left of the first month's revenue in the last one, in percent (MET-04)."""
    for start, end, _, about in _first_and_last(inputs):
        cases = np.column_stack([start, end])
        low, high = bootstrap(cases, lambda sums: 100 * sums[:, 1] / sums[:, 0], inputs.level)
        value = 100 * end.sum() / start.sum() if len(start) else nan
        gone = int((end == 0).sum())
        yield Figure(
            value=value, n=len(start), low=low, high=high, counts=((gone, len(start)),), **about
        )


def expansion_revenue(inputs: Inputs) -> Iterator[Figure]:
    """Yield what those who paid in the first month pay more in the last one (MET-25)."""
    for start, end, currency, about in _first_and_last(inputs):
        more = np.clip(end - start, 0, None)
        low, high = compound(more[more > 0], inputs.level)
        about |= {"counts": ((int((more > 0).sum()), len(start)),), "unit": currency}
        yield Figure(value=float(more.sum()), n=len(start), low=low, high=high, **about)


def lifetime_value(inputs: Inputs) -> Iterator[Figure]:
    """Yield a customer's mean monthly revenue times the mean months they stay (MET-02).

    The mean time is all months paid over all losses: right where customers still pay, as long as
    the chance to leave is about the same in each month.
    """
    for revenue, currency, _ in latest(inputs):
        if inputs.paying is None:
            return
        months = inputs.paying.months(inputs.begin)
        people = months.index.union(revenue.index)
        paid = revenue.reindex(people)
        stayed = months.reindex(people, fill_value=0.0)
        cases = np.column_stack([paid.fillna(0), paid.notna(), stayed]).astype(float)
        low, high = bootstrap(cases, _value, inputs.level)
        value = float(_value(cases.sum(axis=0, keepdims=True))[0])
        lost = int(months["losses"].gt(0).sum())
        counts = ((lost, len(months)), (len(revenue), len(people)))
        about: dict[str, Any] = {"unit": currency, "period": inputs.period}
        yield Figure(value=value, n=len(people), low=low, high=high, counts=counts, **about)


def _value(sums: Floats) -> Floats:
    revenue, customers, months, losses = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(losses > 0, revenue / customers * months / losses, nan)


def upgrades(inputs: Inputs) -> Iterator[Figure]:
    """Yield upgrades per hundred customers and month (MET-23)."""
    if _MORE in inputs.stages:
        yield from per_month(inputs, inputs.stages[_MORE], 100, {"stage": _MORE})


def per_month(
    inputs: Inputs, events: Collection[str], per: float, said: Mapping[str, Any]
) -> Iterator[Figure]:
    """Yield how often these events happen per so many customers and month, while they are one."""
    if inputs.paying is None:
        return
    table = inputs.paying.months(inputs.begin)
    did = inputs.paying.did(events, inputs.begin)
    counts = did.reindex(table.index, fill_value=0).to_numpy(np.int64)
    months = table["months"].to_numpy(np.float64)
    cases = np.column_stack([counts, months])
    low, high = bootstrap(cases, lambda sums: per * sums[:, 0] / sums[:, 1], inputs.level)
    total = months.sum()
    yield Figure(
        value=per * counts.sum() / total if total else nan,
        n=len(months),
        low=low,
        high=high,
        counts=((int((counts > 0).sum()), len(months)),),
        said=said,
    )


def latest(inputs: Inputs) -> Iterator[tuple[pd.Series[float], str, Period]]:
    """Yield what each who pays pays in the last month of the period or at present; currency."""
    table = inputs.table("crm", "mrr")
    if table is None:
        return
    period = Period(inputs.until.date(), inputs.until.date())
    if "month" in table:
        table = table[table["month"] <= f"{inputs.until:%Y-%m}"]
        table = table[table["month"] == table["month"].max()]
        period = Period.parse(str(table["month"].max())) if len(table) else period
    elif inputs.asked:
        return
    revenue = table.groupby(table["customer"].astype(str))["mrr"].sum().astype(float)
    yield revenue[revenue > 0], inputs.currency("crm", table[table["mrr"] > 0]), period


def _first_and_last(inputs: Inputs) -> Iterator[tuple[Floats, Floats, str, dict[str, Any]]]:
    """Yield what those who paid in the period's first month pay in it and its last; currency."""
    table = inputs.table("crm", "month", "mrr")
    if table is None:
        return
    spans = (f"{inputs.begin:%Y-%m}", f"{inputs.until:%Y-%m}")
    table = table[table["month"].between(*spans)]
    paid = table.pivot_table(
        index="customer", columns="month", values="mrr", aggfunc="sum", fill_value=0.0
    ).astype(float)
    if len(paid.columns) < 2:
        return
    first, last = paid.columns[0], paid.columns[-1]
    here = paid[paid[first] > 0]
    yield (
        here[first].to_numpy(float),
        here[last].to_numpy(float),
        inputs.currency("crm", table[table["mrr"] > 0]),
        {
            "said": {"start": first, "end": last},
            "period": Period(Period.parse(first).first, Period.parse(last).last),
        },
    )
