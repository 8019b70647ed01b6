"""Paths, loops, rare steps, steps back and what people do instead, each as bars in order."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jupyter_journey.charts.ranked import ranked
from jupyter_journey.charts.voice import Voice, voice

__all__ = ["drop_off", "loops", "missed", "rare_steps", "regressions", "variants"]

_LONGEST = 8


def variants(
    frame: pd.DataFrame, title: str | None = None, top: int = 15, *, language: str = "en"
) -> alt.LayerChart:
    """Draw how many customers take each whole path.

    Parameters
    ----------
    frame
        What :meth:`EventLog.variants` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many paths to show.
    language
        Language of the chart's words and numbers.
    """
    say, shown = voice(language), frame.head(top)
    paths = [_short(path, place, say) for place, path in enumerate(shown["variant"], start=1)]
    return ranked(
        "variants",
        shown,
        paths,
        say,
        title=title,
        share="share",
        shown=say.number(shown["customers"].sum()),
        all=say.number(frame["n"].max() if len(frame) else 0),
    )


def loops(
    frame: pd.DataFrame, title: str | None = None, top: int = 15, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the share of an event's customers who do it more than once.

    Parameters
    ----------
    frame
        What :meth:`EventLog.loops` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many events to show.
    language
        Language of the chart's words and numbers.
    """
    say, shown = voice(language), frame.head(top)
    labels = [
        say("charts", "loops", "label", event=row["event"], median=say.span(row["median"]))
        for row in shown.to_dict("records")
    ]
    return ranked("loops", shown, labels, say, title=title)


def regressions(
    frame: pd.DataFrame, title: str | None = None, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the share of a stage's customers who go back to an earlier one.

    Parameters
    ----------
    frame
        What :meth:`EventLog.regressions` returns.
    title
        Title of the chart; default: what it shows, in words.
    language
        Language of the chart's words and numbers.
    """
    shown = frame[frame["customers"] > 0]
    return ranked("regressions", shown, _arrows(shown, "from", "to"), voice(language), title=title)


def rare_steps(
    frame: pd.DataFrame, title: str | None = None, top: int = 15, *, language: str = "en"
) -> alt.LayerChart:
    """Draw the rarest transitions.

    Parameters
    ----------
    frame
        What :meth:`EventLog.rare_steps` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many transitions to show.
    language
        Language of the chart's words and numbers.
    """
    say, shown = voice(language), frame.head(top)
    return ranked(
        "rare_steps",
        shown,
        _arrows(shown, "source", "target"),
        say,
        title=title,
        shown=say.number(len(shown)),
        all=say.number(len(frame)),
    )


def drop_off(
    frame: pd.DataFrame, title: str | None = None, top: int = 4, *, language: str = "en"
) -> alt.LayerChart:
    """Draw what those did next who left a funnel, by the stage they left.

    Parameters
    ----------
    frame
        What :meth:`EventLog.drop_off` returns.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many events to show per stage.
    language
        Language of the chart's words and numbers.
    """
    return _instead("drop_off", frame, "from", title, top, voice(language))


def missed(
    frame: pd.DataFrame, title: str | None = None, top: int = 3, *, language: str = "en"
) -> alt.LayerChart:
    """Draw what those did next who didn't reach a milestone.

    Parameters
    ----------
    frame
        What :meth:`EventLog.drop_off` returns of stages that end with milestones.
    title
        Title of the chart; default: what it shows, in words.
    top
        How many events to show per milestone.
    language
        Language of the chart's words and numbers.
    """
    return _instead("missed", frame, "to", title, top, voice(language))


def _instead(
    question: str, frame: pd.DataFrame, where: str, title: str | None, top: int, say: Voice
) -> alt.LayerChart:
    shown = frame.groupby(where, sort=False).head(top)
    instead = shown["instead"].fillna(say("charts", "drop_off", "nothing"))
    labels = [
        say("charts", question, "label", stage=stage, instead=event)
        for stage, event in zip(shown[where], instead, strict=True)
    ]
    return ranked(question, shown, labels, say, title=title, share="share")


def _arrows(frame: pd.DataFrame, source: str, target: str) -> list[str]:
    return [f"{one} → {other}" for one, other in zip(frame[source], frame[target], strict=True)]


def _short(variant: str, place: int, say: Voice) -> str:
    """Return a numbered path, and leave out the middle of a long one."""
    events = variant.split(" → ")
    if len(events) > _LONGEST:
        left_out = say("charts", "variants", "left_out", count=len(events) - _LONGEST + 1)
        events = [*events[: _LONGEST - 2], left_out, events[-1]]
    return f"{place}. {' → '.join(events)}"
