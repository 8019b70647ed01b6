"""Times between stages."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.spans import spans
from jupyter_journey.charts.words import days

__all__ = ["stage_times"]


def stage_times(frame: pd.DataFrame, title: str = "Time between stages") -> alt.LayerChart:
    """Draw the median time between stages with its interval, and how far the 90th percentile is.

    Parameters
    ----------
    frame
        What :meth:`EventLog.stage_times` returns.
    title
        Title of the chart.
    """
    frame = frame.dropna(subset=["n"])
    chart = spans(
        frame,
        [f"{row['from']} → {row['to']}" for row in frame.to_dict("records")],
        unit="days",
        title=title,
        subtitle="Point: median, with its interval; bar: up to the 90th percentile of those who "
        "arrived",
        more=[alt.Tooltip("waiting:Q", format=",", title="not seen to arrive")],
    )
    return chart.properties(description=_description(frame, title))


def _description(frame: pd.DataFrame, title: str) -> str:
    parts = [
        f"{row['from']} to {row['to']}: median {days(row['median'])}, 90th percentile "
        f"{days(row['p90'])}, {row['n']:,} customers."
        for row in frame.to_dict("records")
    ]
    return " ".join([f"{title}.", *parts])
