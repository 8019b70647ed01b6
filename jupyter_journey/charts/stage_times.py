"""Times between stages."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.words import days

__all__ = ["stage_times"]

_DAY = 86_400


def stage_times(frame: pd.DataFrame, title: str = "Time between stages") -> alt.LayerChart:
    """Draw the median time between stages with its interval, and how far the 90th percentile is.

    Parameters
    ----------
    frame
        What :meth:`EventLog.stage_times` returns; rows whose numbers are missing are left out.
    title
        Title of the chart.
    """
    ink = colours()
    frame = frame.dropna(subset=["n"])
    spans = {name: frame[name] / _DAY for name in ("median", "p90", "low", "high")}
    data = frame.assign(
        step=frame["from"].astype(str) + " → " + frame["to"].astype(str),
        label=[f"{days(row['median'])}, n = {row['n']:,}" for row in frame.to_dict("records")],
        **spans,
    )
    step = alt.Y("step:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False))
    base = alt.Chart(data).encode(y=step)
    reach = base.mark_bar(color=ink["accent_soft"], height=10, cornerRadius=5).encode(
        x=alt.X("median:Q", title="days"), x2="p90:Q"
    )
    interval = base.mark_rule(color=ink["accent"], strokeWidth=3).encode(x="low:Q", x2="high:Q")
    middle = base.mark_point(color=ink["accent"], filled=True, size=70, opacity=1).encode(
        x="median:Q",
        tooltip=[
            "step:N",
            alt.Tooltip("n:Q", format=","),
            alt.Tooltip("median:Q", format=".1f", title="median, days"),
            alt.Tooltip("low:Q", format=".1f"),
            alt.Tooltip("high:Q", format=".1f"),
            alt.Tooltip("p90:Q", format=".1f", title="90th percentile, days"),
            alt.Tooltip("waiting:Q", format=",", title="not seen to arrive"),
        ],
    )
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        x="p90:Q", text="label:N"
    )
    subtitle = (
        "Point: median, with its interval; bar: up to the 90th percentile of those who arrived"
    )
    return alt.LayerChart(layer=[reach, interval, middle, words]).properties(
        title=alt.Title(title, subtitle=subtitle),
        description=_description(frame, title),
        width=560,
        height={"step": 34},
    )


def _description(frame: pd.DataFrame, title: str) -> str:
    parts = [
        f"{row['from']} to {row['to']}: median {days(row['median'])}, 90th percentile "
        f"{days(row['p90'])}, {row['n']:,} customers."
        for row in frame.to_dict("records")
    ]
    return " ".join([f"{title}.", *parts])
