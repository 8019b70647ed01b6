"""Times between stages."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.hover import hover
from jupyter_journey.charts.spans import spans
from jupyter_journey.charts.voice import voice

__all__ = ["stage_times"]


def stage_times(
    frame: pd.DataFrame, title: str | None = None, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the median time between stages with its interval, and how far the 90th percentile is.

    Parameters
    ----------
    frame
        What :meth:`EventLog.stage_times` returns.
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words and numbers.
    """
    say = voice(language)
    return spans(
        "stage_times",
        frame.dropna(subset=["n"]),
        ("from", "to"),
        say,
        title=title,
        unit="days",
        more=hover(say, waiting="count"),
    )
