"""A goal as one sentence, made of its SMART parts, and how far it has been reached (GOAL-02)."""

from __future__ import annotations

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.fields import Direction
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Goal

__all__ = [
    "composed",
    "current_value",
    "direction_of",
    "metric_name",
    "metric_of",
    "progress",
    "relative_change",
]

_PERCENT = {("share", "%"): 100.0, ("%", "share"): 0.01}
"""Factors from a figure's unit to a goal's."""


def composed(goal: Goal, language: str = "en") -> str:
    """Return a goal in one sentence; parts that aren't given are left out.

    Examples
    --------
    >>> composed(Goal(id="a", name="A", metric="MET-06", unit="days", baseline=30.0, target=20.0,
    ...               means=("Tutorials",), relevance="Adoption"))
    'Lower “Time to first value” from 30 to 20 days. How: Tutorials. What for: Adoption.'
    """
    say, words = voice(language), catalogue.texts(language)["smart"]
    name = metric_name(goal, language) or goal.name
    given = {
        "values": goal.baseline is not None and goal.target is not None,
        "deadline": goal.deadline is not None,
        "means": bool(goal.means),
        "relevance": bool(goal.relevance),
    }
    fields = {
        "baseline": _before(goal, say),
        "target": "" if goal.target is None else say.quantity(goal.target, goal.unit),
        "deadline": say.shown(goal.deadline),
        "means": say.listed(goal.means),
        "relevance": goal.relevance,
    }
    parts = {
        part: words[part].format(**fields) if is_given else "" for part, is_given in given.items()
    }
    sentence: str = words[direction_of(goal, language)].format(metric=name, **parts)
    return sentence


def _before(goal: Goal, say: Voice) -> str:
    """Write the value to start from; its unit stands behind the target, a percent sign at both."""
    if goal.baseline is None:
        return ""
    return say.quantity(goal.baseline, goal.unit if goal.unit in ("share", "%") else "")


def metric_name(goal: Goal, language: str) -> str:
    """Return what the goal's metric is called, of the catalogue or its own."""
    key = metric_of(goal, language)
    return str(catalogue.texts(language)["metrics"][key]["name"]) if key else goal.metric


def metric_of(goal: Goal, language: str = "en") -> str | None:
    """Return the id of the catalogue's metric that a goal names by id or name; None for its own."""
    names, named = catalogue.texts(language)["metrics"], goal.metric.casefold()
    known = catalogue.metrics()
    return next(
        (
            key
            for key in known
            if named and named in (key.casefold(), names.get(key, {}).get("name", "").casefold())
        ),
        None,
    )


def direction_of(goal: Goal, language: str = "en") -> Direction:
    """Return which way is better: as the metric says, if the catalogue knows it, or as the goal.

    Examples
    --------
    >>> direction_of(Goal(id="a", name="A", metric="MET-06"))
    'down'
    """
    key = metric_of(goal, language)
    way: Direction | None = catalogue.metrics()[key].get("direction") if key else None
    return way or goal.direction


def current_value(goal: Goal, journey: Journey) -> float | None:
    """Return the value a goal has reached: entered, or else measured, in the goal's unit.

    Of several figures of the metric the one of the goal's stage is meant.
    """
    if goal.actual is not None:
        return goal.actual
    key = metric_of(goal, journey.language)
    figures = [one for one in shown_figures(journey.document) if one.metric == key and key]
    meant = [one for one in figures if one.stage_id == goal.stage_id] or figures
    if len(meant) != 1 or meant[0].value is None:
        return None
    factor = 1.0 if meant[0].unit == goal.unit else _PERCENT.get((meant[0].unit, goal.unit))
    return None if factor is None else meant[0].value * factor


def progress(goal: Goal, current: float | None) -> float | None:
    """Return how much of the way from baseline to target is done: 0 none, 1 all, less than 0 back.

    Examples
    --------
    >>> progress(Goal(id="a", name="A", baseline=30.0, target=20.0), 25.0)
    0.5
    """
    if current is None or goal.baseline is None or goal.target in (None, goal.baseline):
        return None
    way = (goal.target or 0.0) - goal.baseline
    return (current - goal.baseline) / way


def relative_change(goal: Goal) -> float | None:
    """Return (target − baseline) / baseline, the change a goal asks for; None where undefined."""
    if goal.baseline is None or goal.target is None or goal.baseline == 0:
        return None
    return (goal.target - goal.baseline) / abs(goal.baseline)
