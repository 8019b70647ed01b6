"""The funnels of several groups, side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import voice

__all__ = ["funnel_groups"]


def funnel_groups(
    frame: pd.DataFrame, title: str | None = None, top: int = 4, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the share of each stage before that goes on, by group, with its interval.

    Parameters
    ----------
    frame
        What :meth:`EventLog.funnel` returns with ``by``.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many groups to show, the largest.
    language
        Language of the chart's words and numbers.
    """
    ink, say = colours(), voice(language)
    title = title or say("charts", "funnel_groups", "title")
    data = frame.assign(group=frame["group"].fillna(say("charts", "none")))
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
        x=alt.X("low:Q", title=say("charts", "funnel_groups", "axis"), axis=alt.Axis(format="%")),
        x2="high:Q",
    )
    middle = base.mark_point(filled=True, size=70, opacity=1).encode(
        x="rate:Q",
        tooltip=hover(
            say,
            group="text",
            stage="text",
            customers="count",
            rate="share",
            low="share",
            high="share",
        ),
    )
    parts = [
        say(
            "charts",
            "funnel_groups",
            "told",
            group=row["group"],
            stage=row["stage"],
            rate=say.percent(row["rate"]),
            n=say.number(row["n"]),
        )
        for row in data.to_dict("records")
    ]
    return alt.LayerChart(layer=[interval, middle]).properties(
        title=alt.Title(
            title,
            subtitle=say("charts", "funnel_groups", "subtitle", shown=len(shown), all=len(size)),
        ),
        description=say.sentences([title, *parts]),
        width=560,
        height={"step": 16},
    )
