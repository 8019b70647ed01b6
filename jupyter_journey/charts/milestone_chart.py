"""Milestones: how many reach them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.words import days, percent

__all__ = ["milestone_reach"]


def milestone_reach(
    frame: pd.DataFrame, title: str = "Milestones reached", threshold: float | None = None
) -> alt.LayerChart:
    """Draw the share of customers who reach each milestone, with its interval.

    Parameters
    ----------
    frame
        What :meth:`EventLog.reach` returns; milestones whose numbers are missing are left out.
    title
        Title of the chart.
    threshold
        Share below which something should be done (MIL-R5), drawn as a line.
    """
    ink = colours()
    frame = frame.dropna(subset=["rate"])
    data = frame.assign(label=[_label(row) for row in frame.to_dict("records")])
    share = alt.X("rate:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    milestone = alt.Y(
        "milestone:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)
    )
    base = alt.Chart(data).encode(y=milestone)
    bars = base.mark_bar(color=ink["accent"], opacity=0.85, height=14, cornerRadiusEnd=3).encode(
        x=share,
        tooltip=[
            "milestone:N",
            alt.Tooltip("customers:Q", format=","),
            alt.Tooltip("n:Q", format=",", title="of"),
            alt.Tooltip("rate:Q", format=".1%"),
            alt.Tooltip("low:Q", format=".1%"),
            alt.Tooltip("high:Q", format=".1%"),
        ],
    )
    interval = base.mark_rule(color=ink["text"], strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        x="high:Q", text="label:N"
    )
    layers = [bars, interval, words]
    if threshold is not None:
        line = alt.Chart(pd.DataFrame({"threshold": [threshold]}))
        layers.append(line.mark_rule(color=ink["bad"], strokeDash=[4, 4]).encode(x="threshold:Q"))
    return alt.LayerChart(layer=layers).properties(
        title=title, description=_description(data, title), width=560, height={"step": 38}
    )


def _label(row: Mapping[Hashable, Any]) -> str:
    return f"{percent(row['rate'])} of {row['n']:,}, after {days(row['median'])}"


def _description(data: pd.DataFrame, title: str) -> str:
    parts = [f"{row['milestone']}: {row['label']} (median)." for row in data.to_dict("records")]
    return " ".join([f"{title}.", *parts])
