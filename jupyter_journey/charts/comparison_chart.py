"""In what two segments differ."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.theme import colours
from jupyter_journey.charts.words import days, percent

__all__ = ["comparison"]

_POINTS = "difference of shares, percentage points"


def comparison(
    frame: pd.DataFrame,
    title: str = "In what the segments differ",
    names: tuple[str, str] | None = None,
    top: int = 15,
) -> alt.LayerChart:
    """Draw the surest differences of shares with their intervals; those of times stand in words.

    Parameters
    ----------
    frame
        What :meth:`EventLog.compare` returns.
    title
        Title of the chart.
    names
        What the two segments are called; default: what the columns ``segment`` and ``other`` say,
        if the frame has them.
    top
        How many differences to show, the surest.
    """
    ink = colours()
    names = names or _names(frame)
    shares = frame[frame["what"] != "time"].head(top)
    data = shares.assign(
        label=_labels(shares),
        sure=shares["p_adjusted"] <= 0.05,
        **{name: shares[name] * 100 for name in ("difference", "low", "high")},
    )
    base = alt.Chart(data).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False)),
        color=alt.when(alt.datum.sure)
        .then(alt.value(ink["accent"]))
        .otherwise(alt.value(ink["muted"])),
    )
    zero = alt.Chart(pd.DataFrame({"none": [0]})).mark_rule(color=ink["line"]).encode(x="none:Q")
    interval = base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", title=_POINTS), x2="high:Q")
    middle = base.mark_point(filled=True, size=70, opacity=1).encode(
        x="difference:Q",
        tooltip=[
            alt.Tooltip("label:N", title=" "),
            alt.Tooltip("value:Q", format=".1%", title=names[0]),
            alt.Tooltip("value_other:Q", format=".1%", title=names[1]),
            alt.Tooltip("n:Q", format=","),
            alt.Tooltip("n_other:Q", format=","),
            alt.Tooltip("p_adjusted:Q", format=".2g"),
        ],
    )
    sure = int((frame["p_adjusted"] <= 0.05).sum())
    subtitle = (
        f"{names[1]} less {names[0]}, with confidence intervals; {sure:,} of {len(frame):,} "
        "differences are sure (adjusted p ≤ 0.05)"
    )
    return alt.LayerChart(layer=[zero, interval, middle]).properties(
        title=alt.Title(title, subtitle=subtitle),
        description=_description(frame.head(10), title, names),
        width=560,
        height={"step": 26},
    )


def _names(frame: pd.DataFrame) -> tuple[str, str]:
    if len(frame) and {"segment", "other"} <= set(frame.columns):
        return str(frame["segment"].iloc[0]), str(frame["other"].iloc[0])
    return "this", "other"


def _labels(frame: pd.DataFrame) -> pd.Series:
    """Say what is compared; the first stage has none before it."""
    return (frame["source"] + " → ").fillna("") + frame["target"]


def _description(frame: pd.DataFrame, title: str, names: tuple[str, str]) -> str:
    parts = []
    for row in frame.assign(label=_labels(frame)).to_dict("records"):
        form = days if row["what"] == "time" else percent
        one, other = form(row["value"]), form(row["value_other"])
        parts.append(f"{row['label']}: {one} in {names[0]}, {other} in {names[1]}.")
    return " ".join([f"{title}. The surest first.", *parts])
