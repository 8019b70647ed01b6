"""What customers do first, second, third; and around an event."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jupyter_journey.charts.heat import heat
from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["around", "step_matrix"]


def step_matrix(
    frame: pd.DataFrame, title: str | None = None, top: int = 12, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the share of all customers who do each event at each step, ended paths included.

    Parameters
    ----------
    frame
        What :meth:`EventLog.step_matrix` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many events to show, the most frequent; the others share a row.
    language
        Language of the chart's words and numbers.
    """
    return _matrix(
        "step_matrix", frame.rename(columns={"step": "place"}), title, top, voice(language)
    )


def around(
    frame: pd.DataFrame, title: str | None = None, top: int = 12, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the share of customers who do each event so many events before and after another.

    Parameters
    ----------
    frame
        What :meth:`EventLog.around` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many events to show, the most frequent; the others share a row.
    language
        Language of the chart's words and numbers.
    """
    placed = frame.rename(columns={"offset": "place"})
    return _matrix("around", placed, title, top, voice(language))


def _matrix(
    question: str, frame: pd.DataFrame, title: str | None, top: int, say: Voice
) -> alt.LayerChart:
    title = title or say("charts", question, "title")
    axis = say("charts", question, "place")
    others = say("charts", "matrix", "others")
    total = frame.groupby("event", observed=True)["customers"].sum()
    shown = total.sort_values(ascending=False, kind="stable").index[:top]
    events = frame["event"].where(frame["event"].isin(shown), others)
    cells = frame.assign(event=events).groupby(["place", "event", "n"], as_index=False)
    data = cells.agg({"customers": "sum"})
    few = frame.attrs.get("suppressed")
    nothing = say("charts", "matrix", "few") if few else say("charts", question, "nothing")
    data = pd.concat([data, _missing(data, nothing)], ignore_index=True)
    data["share"] = data["customers"] / data["n"]
    order = [*map(str, shown), others, nothing]
    n = say.number(frame["n"].max() if len(frame) else 0)
    return heat(
        data,
        x=alt.X("place:O", title=axis, axis=alt.Axis(labelAngle=0, domain=False, ticks=False)),
        y=alt.Y("event:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)),
        share="share",
        tooltip=hover(
            say,
            {"place": axis, "share": say.column("rate")},
            place="text",
            event="text",
            customers="count",
            share="share",
        ),
        title=title,
        subtitle=say("charts", "matrix", "subtitle", n=n),
        description=_description(data, axis, title, say),
    )


def _missing(data: pd.DataFrame, nothing: str) -> pd.DataFrame:
    """Return the customers who have no event at a place."""
    sums = data.groupby(["place", "n"], as_index=False).agg({"customers": "sum"})
    sums = sums.assign(customers=sums["n"] - sums["customers"], event=nothing)
    return sums[sums["customers"] > 0]


def _description(data: pd.DataFrame, axis: str, title: str, say: Voice) -> str:
    best = data.sort_values("customers", ascending=False, kind="stable").groupby("place").head(1)
    parts: Sequence[str] = [
        say(
            "charts",
            "matrix",
            "told",
            place=f"{axis} {row['place']}",
            event=row["event"],
            share=say.percent(row["share"]),
        )
        for row in best.sort_values("place").to_dict("records")
    ]
    return say.sentences([title, *parts])
