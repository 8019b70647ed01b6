"""How long sessions are."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.ranked import ranked
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.events.intervals import wilson

__all__ = ["sessions"]

_MOST = 10


def sessions(
    frame: pd.DataFrame, title: str | None = None, *, language: str = "en"
) -> alt.LayerChart:
    """Draw how many events sessions have, and say how long they last.

    Parameters
    ----------
    frame
        What :meth:`EventLog.sessions` returns.
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words and numbers.
    """
    say = voice(language)
    counts = frame["events"].clip(upper=_MOST).value_counts().sort_index()
    total = len(frame)
    low, high = wilson(counts.to_numpy(), [total] * len(counts))
    data = pd.DataFrame(
        {
            "sessions": counts.to_numpy(),
            "n": total,
            "rate": counts.to_numpy() / max(total, 1),
            "low": low,
            "high": high,
        }
    )
    return ranked(
        "sessions",
        data,
        [_label(events, say) for events in counts.index],
        say,
        title=title,
        hits="sessions",
        sessions=say.number(total),
        customers=say.number(frame["customer"].nunique()),
        length=say.span((frame["end"] - frame["start"]).dt.total_seconds().median()),
    )


def _label(events: int, say: Voice) -> str:
    if events == _MOST:
        return say("charts", "sessions", "or_more", n=events)
    return say.plural("charts", "sessions", "label", n=events)
