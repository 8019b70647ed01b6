"""The funnels of several groups, side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.words import percent

__all__ = ["funnel_groups"]


def funnel_groups(
    frame: pd.DataFrame, title: str = "Stages by group", top: int = 4
) -> alt.LayerChart:
    """Draw the share of each stage before that goes on, by group, with its interval.

    Parameters
    ----------
    frame
        What :meth:`EventLog.funnel` returns with ``by``.
    title
        Title of the chart.
    top
        How many groups to show, the largest.
    """
    ink = colours()
    data = frame.assign(group=frame["group"].fillna("(none)"))
    size = data.groupby("group")["customers"].max().sort_values(ascending=False, kind="stable")
    shown = [str(name) for name in size.index[:top]]
    data = data[data["group"].isin(shown) & data["stage"].isin(data["stage"].unique()[1:])]
    palette = [ink["accent"], ink["good"], ink["bad"], ink["muted"]]
    colour = alt.Color(
        "group:N", sort=shown, title=None, scale=alt.Scale(domain=shown, range=palette)
    )
    base = alt.Chart(data).encode(
        y=alt.Y("stage:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)),
        yOffset=alt.YOffset("group:N", sort=shown),
        color=colour,
    )
    interval = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", title="share of the stage before", axis=alt.Axis(format="%")), x2="high:Q"
    )
    middle = base.mark_point(filled=True, size=70, opacity=1).encode(
        x="rate:Q",
        tooltip=[
            alt.Tooltip("group:N"),
            alt.Tooltip("stage:N"),
            alt.Tooltip("customers:Q", format=","),
            alt.Tooltip("rate:Q", format=".1%"),
            alt.Tooltip("low:Q", format=".1%"),
            alt.Tooltip("high:Q", format=".1%"),
        ],
    )
    parts = [
        f"{row['group']}, {row['stage']}: {percent(row['rate'])} of {row['n']:,}."
        for row in data.to_dict("records")
    ]
    return alt.LayerChart(layer=[interval, middle]).properties(
        title=alt.Title(title, subtitle=f"{len(shown)} of {len(size)} groups, with intervals"),
        description=" ".join([f"{title}.", *parts]),
        width=560,
        height={"step": 16},
    )
