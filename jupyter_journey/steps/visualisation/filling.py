"""The map's cells from what the steps before gathered, so that nothing is entered twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Stage

__all__ = ["filled"]


def _actions(_: Journey, stage: Stage) -> tuple[str, ...]:
    return stage.actions


def _obstacles(_: Journey, stage: Stage) -> tuple[str, ...]:
    return stage.obstacles


def _met(journey: Journey, stage: Stage) -> tuple[str, ...]:
    points = journey.document.touchpoints
    return tuple(point.id for point in points if point.stage_id == stage.id)


def _channels(journey: Journey, stage: Stage) -> tuple[str, ...]:
    points = journey.document.touchpoints
    used = (point.channel for point in points if point.stage_id == stage.id and point.channel)
    return tuple(dict.fromkeys(used))


_SOURCES: Mapping[str, Callable[[Journey, Stage], tuple[str, ...]]] = MappingProxyType(
    {
        "actions": _actions,
        "customer-actions": _actions,
        "pain-points": _obstacles,
        "touchpoints": _met,
        "channels": _channels,
    }
)


def filled(journey: Journey) -> Journey:
    """Return the journey with empty shared cells filled from its stages and touchpoints.

    What a person entered is never touched.
    """
    taken = {
        (cell.lane_id, cell.stage_id) for cell in journey.document.cells if not cell.persona_id
    }
    for lane in journey.document.lanes:
        found = _SOURCES.get(lane.id)
        for stage in journey.document.stages if found else ():
            if found and (lane.id, stage.id) not in taken:
                journey = journey.set(stage.id, lane.id, found(journey, stage))
    return journey
