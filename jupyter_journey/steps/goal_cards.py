"""Goals as cards: a table of all SMART parts is too wide to read."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jupyter_journey.charts.card_row import cards
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Goal
from jupyter_journey.steps.smart import ends

__all__ = ["goal_cards"]

_PARTS = (
    *("metric", "baseline", "target", "change", "current", "progress", "start", "deadline"),
    *("means", "relevance", "stakeholders", "stage"),
)


def goal_cards(journey: Journey, goals: pd.DataFrame, pace: pd.DataFrame) -> Rendered | None:
    """Return a card per goal, to display: how it stands, and its parts; None without goals.

    Parameters
    ----------
    goals, pace
        The frames of these names of :func:`jupyter_journey.steps.goals.run`.
    """
    rows = zip(journey.document.goals, goals.to_dict("records"), pace["what"].tolist(), strict=True)
    made = [_card(goal, row, what, journey.language) for goal, row, what in rows]
    return cards(made, journey.language) if made else None


def _card(goal: Goal, row: dict[Any, Any], what: str, language: str) -> dict[str, Any]:
    say = voice(language)
    told = row | ends(goal, say)
    told["change"] = say.percent(row["change"], sign=True)
    told["progress"] = say.percent(row["progress"])
    told["current"] = say.quantity(row["current"], goal.unit)
    shown = {part: say.shown(told[part]) for part in _PARTS}
    empty = say.shown(None)
    return {
        "title": goal.name,
        "badge": say("paces", what),
        "fields": [(say.column(part), text) for part, text in shown.items() if text != empty],
    }
