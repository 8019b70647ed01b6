"""What customers do first, second, third; and around an event."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from jupyter_journey.charts.heat import heat
from jupyter_journey.charts.words import percent

__all__ = ["around", "step_matrix"]

_NOTHING = "(path ended)"
_OUTSIDE = "(not begun, or ended)"
_FEW = "(nothing more, or too few)"
_OTHERS = "(other events)"


def step_matrix(
    frame: pd.DataFrame, title: str = "What customers do, step by step", top: int = 12
) -> alt.LayerChart:
    """Draw the share of all customers who do each event at each step, ended paths included.

    Parameters
    ----------
    frame
        What :meth:`EventLog.step_matrix` returns.
    title
        Title of the chart.
    top
        How many events to show, the most frequent; the others share a row.
    """
    return _matrix(frame, "step", title, top, _NOTHING)


def around(
    frame: pd.DataFrame, title: str = "What customers do before and after", top: int = 12
) -> alt.LayerChart:
    """Draw the share of customers who do each event so many events before and after another.

    Parameters
    ----------
    frame
        What :meth:`EventLog.around` returns.
    title
        Title of the chart.
    top
        How many events to show, the most frequent; the others share a row.
    """
    return _matrix(frame, "offset", title, top, _OUTSIDE)


def _matrix(frame: pd.DataFrame, place: str, title: str, top: int, nothing: str) -> alt.LayerChart:
    total = frame.groupby("event", observed=True)["customers"].sum()
    shown = total.sort_values(ascending=False, kind="stable").index[:top]
    events = frame["event"].where(frame["event"].isin(shown), _OTHERS)
    cells = frame.assign(event=events).groupby([place, "event", "n"], as_index=False)
    data = cells.agg({"customers": "sum"})
    nothing = _FEW if frame.attrs.get("suppressed") else nothing
    data = pd.concat([data, _missing(data, place, nothing)], ignore_index=True)
    data["share"] = data["customers"] / data["n"]
    order = [*map(str, shown), _OTHERS, nothing]
    customers = f"{int(frame['n'].max()):,}" if len(frame) else "no"
    return heat(
        data,
        x=alt.X(f"{place}:O", title=place, axis=alt.Axis(labelAngle=0, domain=False, ticks=False)),
        y=alt.Y("event:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False)),
        share="share",
        tooltip=[
            alt.Tooltip(f"{place}:O"),
            alt.Tooltip("event:N"),
            alt.Tooltip("customers:Q", format=","),
            alt.Tooltip("share:Q", format=".1%"),
        ],
        title=title,
        subtitle=f"Per cent of {customers} customers",
        description=_description(data, place, title),
    )


def _missing(data: pd.DataFrame, place: str, nothing: str) -> pd.DataFrame:
    """Return the customers who have no event at a place."""
    sums = data.groupby([place, "n"], as_index=False).agg({"customers": "sum"})
    sums = sums.assign(customers=sums["n"] - sums["customers"], event=nothing)
    return sums[sums["customers"] > 0]


def _description(data: pd.DataFrame, place: str, title: str) -> str:
    best = data.sort_values("customers", ascending=False, kind="stable").groupby(place).head(1)
    parts: Sequence[str] = [
        f"{place} {row[place]}: mostly {row['event']}, {percent(row['share'])}."
        for row in best.sort_values(place).to_dict("records")
    ]
    return " ".join([f"{title}.", *parts])
