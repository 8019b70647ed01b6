"""How far goals are reached, beside the time that is over."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import voice

__all__ = ["pace"]


def pace(frame: pd.DataFrame, title: str | None = None, *, language: str = "en") -> alt.LayerChart:
    """Draw the way from baseline to target: what is done of it, and the time that is over.

    Parameters
    ----------
    frame
        ``name``, ``progress`` (share of the way; below 0 it went the wrong way; missing where
        nothing is measured), ``elapsed`` (share of the time).
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "pace", "title")
    data = frame[["name", "progress", "elapsed"]].astype({"progress": float, "elapsed": float})
    data = data.assign(
        whole=1.0,
        done=data["progress"].clip(0, 1).fillna(0),
        words=[
            say("charts", "pace", "open", elapsed=say.percent(over))
            if pd.isna(done)
            else say(
                "charts", "pace", "label", progress=say.percent(done), elapsed=say.percent(over)
            )
            for done, over in zip(data["progress"], data["elapsed"], strict=True)
        ],
    )
    axis = alt.Axis(domain=False, ticks=False, labelLimit=430)
    base = alt.Chart(data).encode(y=alt.Y("name:N", sort=None, title=None, axis=axis))
    scale = alt.Scale(domain=[0, 1])
    track = base.mark_bar(color=ink["line"], opacity=0.5, height=14, cornerRadius=7).encode(
        x=alt.X("whole:Q", axis=None, scale=scale)
    )
    bars = base.mark_bar(color=ink["accent"], opacity=0.85, height=14, cornerRadius=7).encode(
        x=alt.X("done:Q", axis=None, scale=scale),
        tooltip=hover(say, name="text", progress="share", elapsed="share"),
    )
    over = base.mark_tick(color=ink["bad"], thickness=2.5, size=24).encode(
        x=alt.X("elapsed:Q", axis=None, scale=scale)
    )
    words = base.mark_text(align="left", dx=10, color=ink["text"], fontSize=12).encode(
        x=alt.X("whole:Q", axis=None, scale=scale), text="words:N"
    )
    told = [
        say("charts", "labelled", name=row["name"], value=row["words"])
        for row in data.to_dict("records")
    ]
    return alt.LayerChart(layer=[track, bars, over, words]).properties(
        title=alt.Title(title, subtitle=say("charts", "pace", "subtitle")),
        description=say.sentences([title, *told]),
        width=360,
        height={"step": 38},
    )
