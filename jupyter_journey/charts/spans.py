"""Median times with their intervals: the form of all questions that ask how long."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.words import days

__all__ = ["UNITS", "spans"]

UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}


def spans(
    frame: pd.DataFrame,
    steps: Sequence[str],
    *,
    unit: str,
    title: str,
    subtitle: str,
    more: Sequence[alt.Tooltip] = (),
    step: int = 34,
) -> alt.LayerChart:
    """Draw the median with its interval, and how far the 90th percentile is.

    Parameters
    ----------
    frame
        A question's answer with ``n``, ``median``, ``low``, ``high`` and ``p90`` in seconds.
    steps
        What each row stands for, distinct.
    unit
        What the axis counts in.
    """
    ink = colours()
    data = frame.assign(
        step=[*steps],
        label=[f"{days(row['median'])}, n = {row['n']:,}" for row in frame.to_dict("records")],
        **{name: frame[name] / UNITS[unit] for name in ("median", "p90", "low", "high")},
    )
    place = alt.Y("step:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False))
    base = alt.Chart(data).encode(y=place)
    reach = base.mark_bar(color=ink["accent"], opacity=0.22, height=10, cornerRadius=5).encode(
        x=alt.X("median:Q", title=unit), x2="p90:Q"
    )
    interval = base.mark_rule(color=ink["accent"], strokeWidth=3).encode(x="low:Q", x2="high:Q")
    middle = base.mark_point(color=ink["accent"], filled=True, size=70, opacity=1).encode(
        x="median:Q",
        tooltip=[
            "step:N",
            alt.Tooltip("n:Q", format=","),
            alt.Tooltip("median:Q", format=".1f", title=f"median, {unit}"),
            alt.Tooltip("low:Q", format=".1f"),
            alt.Tooltip("high:Q", format=".1f"),
            alt.Tooltip("p90:Q", format=".1f", title=f"90th percentile, {unit}"),
            *more,
        ],
    )
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        x="p90:Q", text="label:N"
    )
    return alt.LayerChart(layer=[reach, interval, middle, words]).properties(
        title=alt.Title(title, subtitle=subtitle), width=560, height={"step": step}
    )
