"""Shares in order, as bars with their intervals: the form most questions take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import Voice

__all__ = ["ranked"]


def ranked(
    question: str,
    frame: pd.DataFrame,
    labels: Sequence[str],
    say: Voice,
    *,
    title: str | None,
    hits: str = "customers",
    share: str = "rate",
    step: int = 26,
    **told: Any,
) -> alt.LayerChart:
    """Draw a bar per row, with count, share and interval in words.

    Parameters
    ----------
    question
        Whose answer it is: its words are the chart's title and subtitle.
    frame
        The answer with ``hits``, ``share``, ``low``, ``high`` and ``n``, in order.
    labels
        What each bar stands for, distinct.
    title
        Another title.
    told
        What fills the subtitle.
    """
    ink = colours()
    title = title or say("charts", question, "title")
    names = [hits, share, "low", "high", "n"]
    data = frame[names].rename(columns={hits: "hits", share: "share"}).assign(label=[*labels])
    data["words"] = [
        f"{say.number(row['hits'])} · {say.interval(row, 'share')}"
        for row in data.to_dict("records")
    ]
    widest = float(data["high"].max()) * 1.5 if len(data) else 1.0
    axis = alt.Axis(domain=False, ticks=False, labelLimit=420)
    base = alt.Chart(data).encode(y=alt.Y("label:N", sort=None, title=None, axis=axis))
    length = alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domain=[0, widest or 1.0]))
    named = {
        "label": " ",
        "hits": say.column(hits, question),
        "n": say("charts", "of"),
        "share": say.column(share, question),
    }
    bars = base.mark_bar(color=ink["accent"], opacity=0.22, cornerRadiusEnd=3).encode(
        x=length,
        tooltip=hover(
            say,
            named,
            label="text",
            hits="count",
            n="count",
            share="share",
            low="share",
            high="share",
        ),
    )
    interval = base.mark_rule(color=ink["accent"], strokeWidth=2).encode(
        x=alt.X("low:Q", axis=None), x2="high:Q"
    )
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        x=alt.X("high:Q", axis=None), text="words:N"
    )
    parts = [
        say("charts", "labelled", name=row["label"], value=row["words"])
        for row in data.head(10).to_dict("records")
    ]
    return alt.LayerChart(layer=[bars, interval, words]).properties(
        title=alt.Title(title, subtitle=say("charts", question, "subtitle", **told)),
        description=say.sentences([title, *parts]),
        width=560,
        height={"step": step},
    )
