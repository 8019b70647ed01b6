"""Shares in order, as bars with their intervals: the form most questions take."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.words import percent

__all__ = ["ranked"]


def ranked(
    labels: Sequence[str],
    frame: pd.DataFrame,
    *,
    hits: str,
    share: str,
    title: str,
    subtitle: str,
    step: int = 26,
) -> alt.LayerChart:
    """Draw a bar per row, with count, share and interval in words.

    Parameters
    ----------
    labels
        What each bar stands for, distinct.
    frame
        A question's answer with ``hits``, ``share``, ``low``, ``high`` and ``n``, in order.
    """
    ink = colours()
    names = [hits, share, "low", "high", "n"]
    data = frame[names].rename(columns={hits: "hits", share: "share"}).assign(label=[*labels])
    data["words"] = [
        f"{row['hits']:,} · {percent(row['share'])} "
        f"({percent(row['low'])} to {percent(row['high'])})"
        for row in data.to_dict("records")
    ]
    widest = float(data["high"].max()) * 1.5 if len(data) else 1.0
    axis = alt.Axis(domain=False, ticks=False, labelLimit=420)
    base = alt.Chart(data).encode(y=alt.Y("label:N", sort=None, title=None, axis=axis))
    length = alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domain=[0, widest or 1.0]))
    bars = base.mark_bar(color=ink["accent"], opacity=0.22, cornerRadiusEnd=3).encode(
        x=length,
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("hits:Q", format=",", title=hits),
            alt.Tooltip("n:Q", format=",", title="of"),
            alt.Tooltip("share:Q", format=".1%", title=share),
            alt.Tooltip("low:Q", format=".1%"),
            alt.Tooltip("high:Q", format=".1%"),
        ],
    )
    interval = base.mark_rule(color=ink["accent"], strokeWidth=2).encode(
        x=alt.X("low:Q", axis=None), x2="high:Q"
    )
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        x=alt.X("high:Q", axis=None), text="words:N"
    )
    parts = [f"{row['label']}: {row['words']}." for row in data.head(10).to_dict("records")]
    return alt.LayerChart(layer=[bars, interval, words]).properties(
        title=alt.Title(title, subtitle=subtitle),
        description=" ".join([f"{title}.", *parts]),
        width=560,
        height={"step": step},
    )
