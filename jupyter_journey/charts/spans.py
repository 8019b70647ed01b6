"""Median times with their intervals: the form of all questions that ask how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.voice import Voice

__all__ = ["UNITS", "spans"]

UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}


def spans(
    question: str,
    frame: pd.DataFrame,
    ends: tuple[str, str],
    say: Voice,
    *,
    title: str | None,
    unit: str,
    more: Sequence[alt.Tooltip] = (),
    step: int = 34,
    **told: Any,
) -> alt.LayerChart:
    """Draw the median with its interval, and how far the 90th percentile is.

    Parameters
    ----------
    question
        Whose answer it is: its words are the chart's title, subtitle and description.
    frame
        The answer with ``n``, ``median``, ``low``, ``high`` and ``p90`` in seconds.
    ends
        The columns that say from what to what.
    title
        Another title.
    unit
        What the axis counts in.
    more
        Further tooltips.
    told
        What fills the subtitle.
    """
    ink = colours()
    title = title or say("charts", question, "title")
    rows = frame.to_dict("records")
    data = frame.assign(
        step=[f"{row[ends[0]]} → {row[ends[1]]}" for row in rows],
        label=[_label(row, say) for row in rows],
        **{name: frame[name] / UNITS[unit] for name in ("median", "p90", "low", "high")},
    )
    counted = say("charts", "spans", "units", unit)
    named = {name: say("charts", "spans", name, unit=counted) for name in ("median", "p90")}
    place = alt.Y("step:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False))
    base = alt.Chart(data).encode(y=place)
    reach = base.mark_bar(color=ink["accent"], opacity=0.22, height=10, cornerRadius=5).encode(
        x=alt.X("median:Q", title=counted), x2="p90:Q"
    )
    interval = base.mark_rule(color=ink["accent"], strokeWidth=3).encode(x="low:Q", x2="high:Q")
    middle = base.mark_point(color=ink["accent"], filled=True, size=70, opacity=1).encode(
        x="median:Q",
        tooltip=[
            *hover(
                say,
                {"step": " "} | named,
                step="text",
                n="count",
                median="number",
                low="number",
                high="number",
                p90="number",
            ),
            *more,
        ],
    )
    words = base.mark_text(align="left", dx=8, color=ink["text"], fontSize=12).encode(
        x="p90:Q", text="label:N"
    )
    return alt.LayerChart(layer=[reach, interval, middle, words]).properties(
        title=alt.Title(title, subtitle=say("charts", question, "subtitle", **told)),
        description=say.sentences([title, *(_told(question, row, say) for row in rows[:10])]),
        width=560,
        height={"step": step},
    )


def _label(row: dict[Any, Any], say: Voice) -> str:
    median, n = say.span(row["median"]), say.number(row["n"])
    return say("charts", "spans", "label", median=median, n=n)


def _told(question: str, row: dict[Any, Any], say: Voice) -> str:
    times = {name: say.span(row[name]) for name in ("median", "p90")}
    return say("charts", question, "told", **row | times | {"n": say.number(row["n"])})
