"""Times from an event to the next."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.spans import UNITS, spans
from jupyter_journey.charts.voice import voice

__all__ = ["edge_times"]


def edge_times(
    frame: pd.DataFrame, title: str | None = None, top: int = 15, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the median time of the most frequent transitions, and how far the 90th percentile is.

    Parameters
    ----------
    frame
        What :meth:`EventLog.edge_times` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many transitions to show.
    language
        Language of the chart's words and numbers.
    """
    say, shown = voice(language), frame.head(top)
    longest = shown["p90"].max()
    return spans(
        "edge_times",
        shown,
        ("source", "target"),
        say,
        title=title,
        unit=next((name for name, size in UNITS.items() if longest >= 2 * size), "seconds"),
        step=26,
        shown=say.number(len(shown)),
        all=say.number(len(frame)),
    )
