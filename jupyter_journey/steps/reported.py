"""What a report shows of a step, in the order of the step's template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from jupyter_journey.steps.goals import sentences
from jupyter_journey.steps.personas import persona_cards
from jupyter_journey.steps.result import Result
from jupyter_journey.steps.ways import STEPS

__all__ = ["reported"]


def _sentences(result: Result) -> tuple[Any, ...]:
    return (sentences(result.journey),)


def _cards(result: Result) -> tuple[Any, ...]:
    return result.title("cards"), persona_cards(result.journey, result.request.persona)


def _remarks(result: Result) -> tuple[Any, ...]:
    return (result.remarks,)


_Part = str | Callable[[Result], tuple[Any, ...]]
"""A chapter by its name, or what makes another part."""
_PARTS: Mapping[str, tuple[_Part, ...]] = MappingProxyType(
    {
        "goals": (_sentences, "goals", "coverage", "pace", "advice", _remarks),
        "personas": (_cards, "coverage", "segments", "suggested", "alike", "drafts"),
        "touchpoints": (
            *("touchpoints", "coverage", "chain", "loose", "unmapped", "unseen", "offered"),
            _remarks,
        ),
        "stages": (
            *("stages", "coverage", "passages", "paths", "mapping", "change", "models"),
            _remarks,
        ),
        "data": (
            *("insights", "quality", _remarks, "funnel", "drop_off", "stage_times", "transitions"),
            *("variants", "loops", "cohorts", "comparison", "figures"),
        ),
        "milestones": (_remarks, "milestones", "missed", "survival", "paid", "plans"),
        "visualisation": (
            *("map", "experience", "storyboard", "flow", "people", "opportunities", "figures"),
            *("reviews", "innovation"),
        ),
    }
)


def reported(result: Result) -> tuple[Any, ...]:
    """Return what a report shows of a step, to display; grids and findings aren't among it.

    Examples
    --------
    >>> from jupyter_journey.model.journey import Journey
    >>> from jupyter_journey.steps import goals
    >>> reported(goals.run(Journey.new("Draft")))[0]
    # 1 · Goals...
    """
    shown: list[Any] = [result.opening]
    for part in _PARTS[STEPS[result.step - 1]]:
        shown += result.chapter(part) if isinstance(part, str) else part(result)
    return tuple(it for it in shown if it is not None)
