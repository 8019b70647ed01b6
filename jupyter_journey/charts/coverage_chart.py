"""How many of those it is asked about have an answer to each question."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import voice

__all__ = ["coverage"]


def coverage(
    frame: pd.DataFrame, title: str | None = None, *, language: str = "en"
) -> alt.LayerChart:
    """Draw a bar per question: the answers there are, on the track of all there could be.

    Parameters
    ----------
    frame
        ``question``, ``answered`` (how many answers there are), ``of`` (how many there could be),
        ``share``.
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "coverage", "title")
    data = frame[["question", "answered", "of", "share"]].assign(
        all=1.0,
        words=[
            say("charts", "coverage", "label", answered=say.number(given), of=say.number(all_))
            for given, all_ in zip(frame["answered"], frame["of"], strict=True)
        ],
    )
    axis = alt.Axis(domain=False, ticks=False, labelLimit=430)
    base = alt.Chart(data).encode(y=alt.Y("question:N", sort=None, title=None, axis=axis))
    scale = alt.Scale(domain=[0, 1])
    track = base.mark_bar(color=ink["line"], opacity=0.5, height=10, cornerRadius=5).encode(
        x=alt.X("all:Q", axis=None, scale=scale)
    )
    bars = base.mark_bar(color=ink["accent"], opacity=0.85, height=10, cornerRadius=5).encode(
        x=alt.X("share:Q", axis=None, scale=scale),
        tooltip=hover(say, question="text", answered="count", of="count", share="share"),
    )
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        x=alt.X("all:Q", axis=None, scale=scale), text="words:N"
    )
    told = [f"{row['question']} {row['words']}" for row in data.to_dict("records")]
    return alt.LayerChart(layer=[track, bars, words]).properties(
        title=title, description=say.sentences([title, *told]), width=220, height={"step": 22}
    )
