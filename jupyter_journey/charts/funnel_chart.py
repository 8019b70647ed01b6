"""The funnel as bars."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.words import percent

__all__ = ["funnel"]


def funnel(frame: pd.DataFrame, title: str = "Customers per stage") -> alt.LayerChart:
    """Draw the customers per stage, with the share of the stage before and its interval in words.

    Parameters
    ----------
    frame
        What :meth:`EventLog.funnel` returns; stages whose numbers are missing are left out.
    title
        Title of the chart.
    """
    ink = colours()
    frame = frame.dropna(subset=["customers"])
    data = frame.assign(label=[_label(row) for row in frame.to_dict("records")])
    data.loc[data.index[:1], "label"] = [f"{count:,}" for count in frame["customers"][:1]]
    stage = alt.Y("stage:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False))
    widest = float(frame["customers"].max()) * 1.45 if len(frame) else 1.0
    customers = alt.X("customers:Q", title=None, axis=None, scale=alt.Scale(domain=[0, widest]))
    base = alt.Chart(data).encode(y=stage, x=customers)
    bars = base.mark_bar(color=ink["accent"], cornerRadiusEnd=3, height={"band": 0.7}).encode(
        tooltip=[
            alt.Tooltip("stage:N"),
            alt.Tooltip("customers:Q", format=","),
            alt.Tooltip("rate:Q", format=".1%", title="of the stage before"),
            alt.Tooltip("low:Q", format=".1%"),
            alt.Tooltip("high:Q", format=".1%"),
            alt.Tooltip("share:Q", format=".1%", title="of the first stage"),
        ]
    )
    words = base.mark_text(align="left", dx=6, color=ink["text"], fontSize=12).encode(
        text="label:N"
    )
    return alt.LayerChart(layer=[bars, words]).properties(
        title=alt.Title(title, subtitle="Share of the stage before, with its confidence interval"),
        description=_description(frame, title),
        width=560,
        height={"step": 34},
    )


def _label(row: Mapping[Hashable, Any]) -> str:
    return f"{row['customers']:,} · {percent(row['rate'])} ({_span(row)})"


def _span(row: Mapping[Hashable, Any]) -> str:
    return f"{percent(row['low'])} to {percent(row['high'])}"


def _description(frame: pd.DataFrame, title: str) -> str:
    parts = [f"{title}."]
    for place, row in enumerate(frame.to_dict("records")):
        part = f"{row['stage']}: {row['customers']:,}"
        if place:
            part += f", {percent(row['rate'])} of the stage before ({_span(row)})"
        parts.append(f"{part}.")
    return " ".join(parts)
