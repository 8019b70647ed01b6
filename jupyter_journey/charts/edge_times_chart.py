"""Times from an event to the next."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.spans import UNITS, spans
from jupyter_journey.charts.words import days

__all__ = ["edge_times"]


def edge_times(
    frame: pd.DataFrame, title: str = "Time from event to event", top: int = 15
) -> alt.LayerChart:
    """Draw the median time of the most frequent transitions, and how far the 90th percentile is.

    Parameters
    ----------
    frame
        What :meth:`EventLog.edge_times` returns.
    title
        Title of the chart.
    top
        How many transitions to show.
    """
    shown = frame.head(top)
    longest = shown["p90"].max()
    unit = next((name for name, size in UNITS.items() if longest >= 2 * size), "seconds")
    chart = spans(
        shown,
        [f"{row['source']} → {row['target']}" for row in shown.to_dict("records")],
        unit=unit,
        title=title,
        subtitle=f"{len(shown):,} of {len(frame):,} transitions, the most frequent first. Point: "
        "median, with its interval; bar: up to the 90th percentile",
        step=26,
    )
    parts = [
        f"{row['source']} to {row['target']}: median {days(row['median'])}, 90th percentile "
        f"{days(row['p90'])}, {row['n']:,} times."
        for row in shown.head(10).to_dict("records")
    ]
    return chart.properties(description=" ".join([f"{title}.", *parts]))
