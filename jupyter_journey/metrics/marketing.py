"""What marketing costs and brings: acquisition cost, clicks, opens, return."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, nan

import pandas as pd

from jupyter_journey.errors import ColumnError
from jupyter_journey.events import Period
from jupyter_journey.metrics.figures import Figure, share
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import poisson
from jupyter_journey.metrics.revenue import lifetime_value

__all__ = ["acquisition_cost", "click_rate", "impressions", "marketing_return", "open_rate"]

_WON = "decision"


def acquisition_cost(inputs: Inputs) -> Iterator[Figure]:
    """Yield what winning a customer costs (MET-03): spend and customers of the same months."""
    for spend, won, currency, period in _spent(inputs):
        few, many = poisson(won, inputs.level)
        yield Figure(
            value=spend / won if won else nan,
            n=won,
            low=spend / many,
            high=spend / few if few else inf,
            period=period,
            unit=currency,
            said={"joined": inputs.stages[_WON]},
        )


def marketing_return(inputs: Inputs) -> Iterator[Figure]:
    """Yield what the customers won are worth beyond the spend, in percent of it (MET-42)."""
    for spend, won, currency, period in _spent(inputs):
        for worth in lifetime_value(inputs):
            if worth.unit and currency and worth.unit != currency:
                raise ColumnError(
                    source="spend",
                    column="currency",
                    reason=f"holds {currency}, while the CRM has {worth.unit}",
                    way_out="Convert both to one currency.",
                )
            value, low, high = (
                100 * (won * edge - spend) / spend if spend else nan
                for edge in (worth.value, worth.low, worth.high)
            )
            yield Figure(value=value, n=won, low=low, high=high, counts=worth.counts, period=period)


def click_rate(inputs: Inputs) -> Iterator[Figure]:
    """Yield clicks per impression (MET-08)."""
    yield from _ratio(inputs, "clicks", "impressions")


def open_rate(inputs: Inputs) -> Iterator[Figure]:
    """Yield opens per e-mail sent (MET-34)."""
    yield from _ratio(inputs, "opens", "sends")


def impressions(inputs: Inputs) -> Iterator[Figure]:
    """Yield how often ads were shown (MET-09)."""
    table = inputs.table("spend", "impressions")
    if table is not None:
        count = int(table["impressions"].sum())
        low, high = poisson(count, inputs.level)
        yield Figure(value=count, n=count, low=low, high=high, period=_months(table))


def _ratio(inputs: Inputs, part: str, whole: str) -> Iterator[Figure]:
    table = inputs.table("spend", part, whole)
    if table is None:
        return
    hits, n = int(table[part].sum()), int(table[whole].sum())
    yield share(hits, n, inputs.level, period=_months(table))


def _spent(inputs: Inputs) -> Iterator[tuple[float, int, str, Period]]:
    """Yield spend of the months observed from first to last day, who was won, and currency."""
    table = inputs.table("spend", "spend")
    if table is None or _WON not in inputs.stages or inputs.history.first is None:
        return
    seen = Period(max(inputs.begin, inputs.history.first).date(), inputs.until.date())
    table = table[[seen.holds(Period.parse(month)) for month in table["month"]]]
    if table.empty:
        return
    first = inputs.firsts(inputs.stages[_WON]).dt.strftime("%Y-%m")
    won = int(first.isin(set(table["month"])).sum())
    currency = inputs.currency("spend", table)
    yield float(table["spend"].sum()), won, currency, _months(table) or inputs.period


def _months(table: pd.DataFrame) -> Period | None:
    """Return the days of the first to the last month."""
    if table.empty:
        return None
    first, last = (str(table["month"].min()), str(table["month"].max()))
    return Period(Period.parse(first).first, Period.parse(last).last)
