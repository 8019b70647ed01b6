"""Step 4, stages: the way the customer goes (STG, TAB, RULE-06, CHK-401 to 408)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jupyter_journey import catalogue
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Stage
from jupyter_journey.steps.findings import Hit, hit, rule
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["run"]

STEP = 4
_ASKED = ("actions", "decisions", "information_needs")
_SHOWN = ("name", "group", *_ASKED, "obstacles", "trigger")


def run(journey: Journey, request: Request | None = None) -> Result:
    """Lay out the stages: what customers do, decide and need to know in each (RULE-06).

    Returns
    -------
    Result
        ``frames["stages"]``: name, group, actions, decisions, information_needs, obstacles,
        trigger.

    Examples
    --------
    >>> run(Journey.new("Draft")).frames["stages"]["name"].tolist()[:2]
    ['Awareness', 'Consideration']
    """
    return Result(
        STEP, journey, {"stages": journey.stages[list(_SHOWN)]}, request=request or Request()
    )


def _stages(journey: Journey) -> Iterator[tuple[str, Stage]]:
    """Yield the stages proper, without their sub-steps."""
    return (
        (f"stages/{stage.id}", stage)
        for stage in journey.document.stages
        if stage.parent_id is None
    )


@rule("CHK-401", "error")
def _chosen(journey: Journey) -> Iterator[Hit]:
    if not journey.document.stages:
        yield hit("stages", problem="none yet")
    counts = Counter(stage.name for _, stage in _stages(journey))
    for name, times in counts.items():
        if times > 1:
            yield hit("stages", problem=f"{times} are named {name}")


@rule("CHK-402", "error")
def _described(journey: Journey) -> Iterator[Hit]:
    labels = catalogue.texts(journey.language)["columns"]
    for where, stage in _stages(journey):
        missing = [labels[name] for name in _ASKED if not getattr(stage, name)]
        if missing:
            yield hit(where, name=stage.name, missing=", ".join(missing))


@rule("CHK-403", "warning")
def _measured(journey: Journey) -> Iterator[Hit]:
    measured = {figure.stage_id for figure in journey.document.measurements}
    for where, stage in _stages(journey):
        if stage.id not in measured:
            yield hit(where, name=stage.name)


@rule("CHK-404", "warning")
def _after_purchase(journey: Journey) -> Iterator[Hit]:
    model = catalogue.stage_models().get(journey.document.stage_model)
    if model and not {stage.id for _, stage in _stages(journey)} & set(model["post_purchase"]):
        yield hit("stages")


@rule("CHK-406", "warning")
def _triggered(journey: Journey) -> Iterator[Hit]:
    for where, stage in list(_stages(journey))[:-1]:
        if not stage.trigger:
            yield hit(where, name=stage.name)


@rule("CHK-408", "hint")
def _obstacles(journey: Journey) -> Iterator[Hit]:
    for where, stage in _stages(journey):
        if not stage.obstacles:
            yield hit(where, name=stage.name)
