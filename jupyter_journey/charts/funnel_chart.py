"""The funnel as bars."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.funnel_groups_chart import funnel_groups
from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["funnel"]


def funnel(
    frame: pd.DataFrame, title: str | None = None, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the customers per stage, with the interval of the share of the stage before.

    Parameters
    ----------
    frame
        What :meth:`EventLog.funnel` returns; stages whose numbers are missing are left out. Of a
        funnel ``by`` a column: as :func:`funnel_groups` draws it.
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words and numbers.
    """
    if "group" in frame:
        return funnel_groups(frame, title, language=language)
    ink, say = colours(), voice(language)
    title = title or say("charts", "funnel", "title")
    frame = frame.dropna(subset=["customers"])
    before = frame["n"].astype(float)
    ends = {name: frame[name] * before for name in ("low", "high")}
    data = frame.assign(label=_labels(frame, say), fewest=ends["low"], most=ends["high"])
    stage = alt.Y("stage:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False))
    widest = float(frame["customers"].max()) * 1.45 if len(frame) else 1.0
    customers = alt.X("customers:Q", title=None, axis=None, scale=alt.Scale(domain=[0, widest]))
    base = alt.Chart(data).encode(y=stage)
    bars = base.mark_bar(
        color=ink["accent"], opacity=0.22, cornerRadiusEnd=3, height={"band": 0.7}
    ).encode(
        x=customers,
        tooltip=hover(
            say,
            {"rate": say("charts", "of_before")},
            stage="text",
            customers="count",
            rate="share",
            low="share",
            high="share",
            share="share",
        ),
    )
    interval = base.mark_rule(color=ink["accent"], strokeWidth=2).encode(
        x=alt.X("fewest:Q", axis=None), x2="most:Q"
    )
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        x=alt.X("most:Q", axis=None), text="label:N"
    )
    return alt.LayerChart(layer=[bars, interval, words]).properties(
        title=alt.Title(title, subtitle=say("charts", "funnel", "subtitle")),
        description=_description(frame, title, say),
        width=560,
        height={"step": 34},
    )


def _labels(frame: pd.DataFrame, say: Voice) -> list[str]:
    """Say how many, and for all but the first stage which share of the stage before."""
    labels = []
    for place, row in enumerate(frame.to_dict("records")):
        customers = say.number(row["customers"])
        share = say.interval(row)
        told = say("charts", "funnel", "label", customers=customers, share=share)
        labels.append(told if place else customers)
    return labels


def _description(frame: pd.DataFrame, title: str, say: Voice) -> str:
    parts = [title]
    for place, row in enumerate(frame.to_dict("records")):
        shares = {name: say.percent(row[name]) for name in ("rate", "low", "high")}
        customers = say.number(row["customers"])
        key = "next" if place else "first"
        parts.append(
            say("charts", "funnel", key, stage=row["stage"], customers=customers, **shares)
        )
    return say.sentences(parts)
