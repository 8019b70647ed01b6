"""Paths, loops, rare steps, steps back and what people do instead, each as bars in order."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.ranked import ranked
from jupyter_journey.charts.words import days

__all__ = ["drop_off", "loops", "rare_steps", "regressions", "variants"]

_LONGEST = 8
_LEFT = "The share is a share of those who left there; with its confidence interval"


def variants(
    frame: pd.DataFrame, title: str = "The most frequent paths", top: int = 15
) -> alt.LayerChart:
    """Draw how many customers take each whole path.

    Parameters
    ----------
    frame
        What :meth:`EventLog.variants` returns.
    title
        Title of the chart.
    top
        How many paths to show.
    """
    shown = frame.head(top)
    told, n = int(shown["customers"].sum()), int(frame["n"].max()) if len(frame) else 0
    return ranked(
        [_short(text, place) for place, text in enumerate(shown["variant"], start=1)],
        shown,
        hits="customers",
        share="share",
        title=title,
        subtitle=f"These paths are those of {told:,} of {n:,} customers",
    )


def loops(
    frame: pd.DataFrame, title: str = "What customers do again", top: int = 15
) -> alt.LayerChart:
    """Draw the share of an event's customers who do it more than once.

    Parameters
    ----------
    frame
        What :meth:`EventLog.loops` returns.
    title
        Title of the chart.
    top
        How many events to show.
    """
    shown = frame.head(top)
    return ranked(
        [f"{row['event']}, after {days(row['median'])}" for row in shown.to_dict("records")],
        shown,
        hits="customers",
        share="rate",
        title=title,
        subtitle="Share of the event's customers who repeat it, and the median time until then",
    )


def regressions(frame: pd.DataFrame, title: str = "Where customers go back") -> alt.LayerChart:
    """Draw the share of a stage's customers who go back to an earlier one.

    Parameters
    ----------
    frame
        What :meth:`EventLog.regressions` returns.
    title
        Title of the chart.
    """
    shown = frame[frame["customers"] > 0]
    return ranked(
        [f"{row['from']} → {row['to']}" for row in shown.to_dict("records")],
        shown,
        hits="customers",
        share="rate",
        title=title,
        subtitle="Share of the customers of the later stage, with its confidence interval",
    )


def rare_steps(
    frame: pd.DataFrame, title: str = "Steps few customers take", top: int = 15
) -> alt.LayerChart:
    """Draw the rarest transitions.

    Parameters
    ----------
    frame
        What :meth:`EventLog.rare_steps` returns.
    title
        Title of the chart.
    top
        How many transitions to show.
    """
    shown = frame.head(top)
    return ranked(
        [f"{row['source']} → {row['target']}" for row in shown.to_dict("records")],
        shown,
        hits="customers",
        share="rate",
        title=title,
        subtitle=f"{len(shown):,} of {len(frame):,} rare transitions, the rarest first",
    )


def drop_off(
    frame: pd.DataFrame, title: str = "What people do instead", top: int = 4
) -> alt.LayerChart:
    """Draw what those did next who left a funnel, by the stage they left.

    Parameters
    ----------
    frame
        What :meth:`EventLog.drop_off` returns.
    title
        Title of the chart.
    top
        How many events to show per stage.
    """
    shown = frame.groupby("from", sort=False).head(top)
    instead = shown["instead"].fillna("nothing")
    return ranked(
        [f"{stage}, then {event}" for stage, event in zip(shown["from"], instead, strict=True)],
        shown,
        hits="customers",
        share="share",
        title=title,
        subtitle=_LEFT,
    )


def _short(variant: str, place: int) -> str:
    """Return a numbered path, and leave out the middle of a long one."""
    events = variant.split(" → ")
    if len(events) > _LONGEST:
        events = [*events[: _LONGEST - 2], f"… {len(events) - _LONGEST + 1} more …", events[-1]]
    return f"{place}. {' → '.join(events)}"
