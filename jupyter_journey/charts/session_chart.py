"""How long sessions are."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.ranked import ranked
from jupyter_journey.charts.words import days
from jupyter_journey.events.intervals import wilson

__all__ = ["sessions"]

_MOST = 10


def sessions(frame: pd.DataFrame, title: str = "Events per session") -> alt.LayerChart:
    """Draw how many events sessions have, and say how long they last.

    Parameters
    ----------
    frame
        What :meth:`EventLog.sessions` returns.
    title
        Title of the chart.
    """
    counts = frame["events"].clip(upper=_MOST).value_counts().sort_index()
    total = len(frame)
    low, high = wilson(counts.to_numpy(), [total] * len(counts))
    data = pd.DataFrame(
        {
            "sessions": counts.to_numpy(),
            "n": total,
            "share": counts.to_numpy() / max(total, 1),
            "low": low,
            "high": high,
        }
    )
    length = (frame["end"] - frame["start"]).dt.total_seconds().median()
    customers = frame["customer"].nunique()
    return ranked(
        [_label(events) for events in counts.index],
        data,
        hits="sessions",
        share="share",
        title=title,
        subtitle=f"{total:,} sessions of {customers:,} customers; median length {days(length)}",
    )


def _label(events: int) -> str:
    if events == _MOST:
        return f"{events} events or more"
    return "1 event" if events == 1 else f"{events} events"
