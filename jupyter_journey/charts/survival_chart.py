"""Who stays how long, of those who reached a milestone early and of the others."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import voice

__all__ = ["survival"]

_WIDTH, _HEIGHT = 250, 170


def survival(
    frame: pd.DataFrame, title: str | None = None, top: int = 6, *, language: str = "en"
) -> alt.FacetChart:
    """Draw, for each milestone, the share still customers by day after the landmark.

    Parameters
    ----------
    frame
        What :func:`jupyter_journey.metrics.landmark.survival` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many milestones to show, the first.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "survival", "title")
    shown = [str(name) for name in frame["milestone"].unique()[:top]]
    data = frame[frame["milestone"].isin(shown)]
    groups = [say("charts", "survival", name) for name in ("early", "not_early")]
    data = data.assign(group=data["early"].map({True: groups[0], False: groups[1]}))
    colour = alt.Color(
        "group:N",
        title=None,
        scale=alt.Scale(domain=groups, range=[ink["accent"], ink["muted"]]),
        legend=alt.Legend(orient="bottom", symbolType="stroke", symbolOpacity=1),
    )
    days = alt.X("day:Q", title=say("charts", "survival", "x"), axis=alt.Axis(grid=False))
    base = alt.Chart().encode(x=days, color=colour)
    share = alt.Axis(format="%", tickCount=4)
    bands = base.mark_area(opacity=0.15, interpolate="step-after").encode(
        y=alt.Y("low:Q", title=None, axis=share, scale=alt.Scale(domain=[0, 1])), y2="high:Q"
    )
    lines = base.mark_line(interpolate="step-after", strokeWidth=2).encode(
        y="share:Q",
        strokeDash=alt.StrokeDash(
            "group:N", scale=alt.Scale(domain=groups, range=[[1, 0], [5, 3]]), legend=None
        ),
        tooltip=hover(
            say,
            {"group": " ", "share": say("charts", "survival", "share")},
            group="text",
            day="number",
            share="share",
            low="share",
            high="share",
            n="count",
        ),
    )
    layers = alt.layer(bands, lines, data=data).properties(width=_WIDTH, height=_HEIGHT)
    header = alt.Header(title=None, labelFontSize=13, labelFontWeight=600, labelAnchor="start")
    return layers.facet(
        alt.Facet("milestone:N", sort=shown, header=header), columns=2, spacing=24
    ).properties(
        title=alt.Title(title, subtitle=say("charts", "survival", "subtitle")),
        description=say.sentences([title, *_told(data, language)]),
    )


def _told(data: pd.DataFrame, language: str) -> list[str]:
    """Say where each curve ends."""
    say = voice(language)
    ends = data.sort_values("day").groupby(["milestone", "group"], sort=False).tail(1)
    return [
        say(
            "charts",
            "survival",
            "told",
            milestone=row["milestone"],
            group=row["group"],
            share=say.percent(row["share"]),
            day=say.number(row["day"], 0),
            n=say.number(row["n"]),
        )
        for row in ends.to_dict("records")
    ]
