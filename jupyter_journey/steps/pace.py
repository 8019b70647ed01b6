"""Whether a goal can be reached in its time: what it asks for, and how it stands."""

from __future__ import annotations

from datetime import date

import pandas as pd

from jupyter_journey.charts.voice import Voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Goal
from jupyter_journey.steps.smart import (
    better,
    current_value,
    direction_of,
    ends_before_start,
    progress,
    relative_change,
)

__all__ = ["pace", "pace_sentence"]


def pace(journey: Journey, today: date) -> pd.DataFrame:
    """Lay what each goal asks for beside the time it has (CHK-110, CHK-111).

    Returns
    -------
    pandas.DataFrame
        ``name``; ``direction`` (``up`` or ``down``: which way is better); ``change`` (share of the
        baseline that the goal asks for); ``days`` (from start, or else today, to deadline);
        ``elapsed`` (share of them that is over); ``progress`` (share of the way that is done);
        ``what``: ``reached``, ``overdue``, ``behind`` or ``ahead`` (of a straight line from
        baseline to target), ``great`` (a change greater than ``settings.goal_change``), ``short``
        (fewer days than ``settings.goal_days``; both only without a reason), ``unclear`` (values or
        dates are missing or contradict each other: CHK-102 to CHK-104) or ``feasible``;
        ``reason`` (why so great or so fast a change can be achieved).
    """
    rows = []
    for goal in journey.document.goals:
        done = progress(goal, current_value(goal, journey))
        days, elapsed = _time(goal, today)
        change = relative_change(goal)
        what = _state(goal, journey, done, elapsed, days)
        way = direction_of(goal, journey.language)
        rows.append((goal.name, way, change, days, elapsed, done, what, goal.reason))
    names = ["name", "direction", "change", "days", "elapsed", "progress", "what", "reason"]
    kinds = {"change": "Float64", "days": "Int64", "elapsed": "Float64", "progress": "Float64"}
    return pd.DataFrame(rows, columns=names).astype(kinds)


def _time(goal: Goal, today: date) -> tuple[int | None, float | None]:
    """Return the days a goal has, and the share of them that is over."""
    if goal.deadline is None:
        return None, None
    days = (goal.deadline - (goal.start or today)).days
    if goal.start is None or days <= 0:
        return days, None
    return days, min(max((today - goal.start).days / days, 0.0), 1.0)


def _state(
    goal: Goal, journey: Journey, done: float | None, elapsed: float | None, days: int | None
) -> str:
    settings, change = journey.settings, relative_change(goal)
    improves = better(goal, journey.language)
    if improves is False or ends_before_start(goal):
        return "unclear"
    if done is not None and done >= 1:
        return "reached"
    if elapsed == 1:
        return "overdue"
    if done is not None and elapsed is not None:
        return "ahead" if done >= elapsed else "behind"
    if not goal.reason and change is not None and abs(change) > settings.goal_change:
        return "great"
    if not goal.reason and days is not None and 0 < days < settings.goal_days:
        return "short"
    return "unclear" if improves is None or goal.deadline is None else "feasible"


def pace_sentence(frame: pd.DataFrame, say: Voice) -> str:
    """Say how the goals stand, by what is to be done about them."""
    parts = [
        say("pace_told", str(state), names=say.listed(part["name"].tolist()))
        for state, part in frame.groupby("what", sort=False)
    ]
    return " ".join(parts)
