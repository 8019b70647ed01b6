"""Step 7, visualisation: the map, filled from what the steps before gathered (VIS, CHK-7xx)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Stage
from jupyter_journey.steps.figures import figures_of
from jupyter_journey.steps.findings import Hit, hit, rule
from jupyter_journey.steps.log import selected
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["filled", "run"]

STEP = 7


def run(journey: Journey, request: Request | None = None) -> Result:
    """Fill the map's empty cells from stages and touchpoints, so that nothing is entered twice.

    Returns
    -------
    Result
        ``frames["figures"]``: the figures on the map, with n, interval and period.

    Examples
    --------
    >>> journey = Journey.new("Draft").add("touchpoints", name="Website", stage_id="awareness")
    >>> run(journey).journey.wide().loc["Touchpoints", "Awareness"]
    ('website',)
    """
    request = request or Request()
    complete = filled(journey)
    figures = figures_of(selected(complete, request))
    return Result(STEP, complete, {"figures": figures}, request=request)


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


@rule("CHK-701", "error")
def _five_things(journey: Journey) -> Iterator[Hit]:
    document = journey.document
    scores = {lane.id for lane in document.lanes if lane.kind == "score"}
    parts = {
        "stages": document.stages,
        "touchpoints": document.touchpoints,
        "personas": document.personas,
        "emotions": any(cell.lane_id in scores for cell in document.cells),
        "data": document.measurements,
    }
    missing = [name for name, given in parts.items() if not given]
    if missing:
        yield hit("map", missing=", ".join(missing))


@rule("CHK-703", "warning")
def _too_much(journey: Journey) -> Iterator[Hit]:
    limit = journey.settings.items_per_stage
    for stage in journey.document.stages:
        met = sum(point.stage_id == stage.id for point in journey.document.touchpoints)
        if met > limit:
            yield hit(f"stages/{stage.id}", name=stage.name, count=met, limit=limit)


@rule("CHK-706", "warning")
def _pain_points(journey: Journey) -> Iterator[Hit]:
    lanes = {lane.id for lane in journey.document.lanes}
    held = {cell.lane_id for cell in journey.document.cells if cell.value}
    if "pain-points" in lanes and "pain-points" not in held:
        yield hit("lanes/pain-points")


@rule("CHK-707", "error")
def _traceable(journey: Journey) -> Iterator[Hit]:
    for figure in journey.document.measurements:
        if figure.value is not None and (figure.n is None or not figure.period):
            yield hit(f"measurements/{figure.id}", name=figure.name)
