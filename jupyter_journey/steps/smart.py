"""A goal as one sentence, made of its SMART parts, and how far it has been reached (GOAL-02)."""

from __future__ import annotations

from math import isfinite

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.fields import Direction
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Goal

__all__ = [
    "better",
    "composed",
    "current_value",
    "direction_of",
    "ends",
    "ends_before_start",
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
        **ends(goal, say),
        "deadline": say.shown(goal.deadline),
        "means": say.listed(goal.means),
        "relevance": goal.relevance,
    }
    parts = {
        part: words[part].format(**fields) if is_given else "" for part, is_given in given.items()
    }
    sentence: str = words[direction_of(goal, language)].format(metric=name, **parts)
    return sentence


def ends(goal: Goal, say: Voice) -> dict[str, str]:
    """Write baseline and target alike; a unit stands behind the target, a percent sign at both.

    Examples
    --------
    >>> ends(Goal(id="a", name="A", unit="%", baseline=12.5, target=9.0), voice("en"))
    {'baseline': '12.5%', 'target': '9.0%'}
    """
    given = {"baseline": goal.baseline, "target": goal.target}
    known = {name: value for name, value in given.items() if value is not None}
    if goal.unit not in ("share", "%"):
        units = {"baseline": "", "target": goal.unit}
        told = {name: say.quantity(value, units[name]) for name, value in known.items()}
    else:
        whole = 1 if goal.unit == "share" else 100
        decimals = max((_decimals(value / whole) for value in known.values()), default=0)
        told = {name: say.percent(value / whole, decimals) for name, value in known.items()}
    return dict.fromkeys(given, "") | told


def _decimals(share: float) -> int:
    """Return how many decimals a share needs in per cent, two at most."""
    return next((count for count in (0, 1) if round(share, count + 2) == round(share, 4)), 2)


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
    done = (current - goal.baseline) / way
    return done if isfinite(done) else None


def relative_change(goal: Goal) -> float | None:
    """Return (target − baseline) / baseline, the change a goal asks for; None where undefined."""
    if goal.baseline is None or goal.target is None or goal.baseline == 0:
        return None
    change = (goal.target - goal.baseline) / abs(goal.baseline)
    return change if isfinite(change) else None


def better(goal: Goal, language: str = "en") -> bool | None:
    """Tell whether the target is better than the baseline; None where one of them isn't given.

    Examples
    --------
    >>> better(Goal(id="a", name="A", metric="MET-06", baseline=30.0, target=30.0))
    False
    """
    if goal.baseline is None or goal.target is None:
        return None
    rises = direction_of(goal, language) == "up"
    return goal.target > goal.baseline if rises else goal.target < goal.baseline


def ends_before_start(goal: Goal) -> bool:
    """Tell whether the deadline is no day after the start."""
    if goal.start is None or goal.deadline is None:
        return False
    return goal.deadline <= goal.start
