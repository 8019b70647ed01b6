"""Milestones: how many reach them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["milestones"]


def milestones(
    frame: pd.DataFrame,
    title: str | None = None,
    threshold: float | None = None,
    *,
    language: str = "en",
) -> alt.LayerChart:
    """Draw the share of customers who reach each milestone, with its interval.

    Parameters
    ----------
    frame
        What :meth:`EventLog.reach` returns; milestones whose numbers are missing are left out.
    title
        Title of the chart; default: what it shows, in words.
    threshold
        Share below which something should be done (MIL-R5), drawn as a line.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "milestones", "title")
    frame = frame.dropna(subset=["rate"])
    data = frame.assign(label=[_label(row, say) for row in frame.to_dict("records")])
    share = alt.X("rate:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
    milestone = alt.Y(
        "milestone:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)
    )
    base = alt.Chart(data).encode(y=milestone)
    bars = base.mark_bar(color=ink["accent"], opacity=0.85, height=14, cornerRadiusEnd=3).encode(
        x=share,
        tooltip=hover(
            say,
            {"n": say("charts", "of")},
            milestone="text",
            customers="count",
            n="count",
            rate="share",
            low="share",
            high="share",
        ),
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
        title=title, description=_description(data, title, say), width=560, height={"step": 38}
    )


def _label(row: Mapping[Hashable, Any], say: Voice) -> str:
    rate, n, median = say.percent(row["rate"]), say.number(row["n"]), say.span(row["median"])
    return say("charts", "milestones", "label", rate=rate, n=n, median=median)


def _description(data: pd.DataFrame, title: str, say: Voice) -> str:
    parts = [
        say("charts", "milestones", "told", milestone=milestone, label=label)
        for milestone, label in zip(data["milestone"], data["label"], strict=True)
    ]
    return say.sentences([title, *parts])
