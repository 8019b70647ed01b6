"""The checks of step 3 (CHK-301 to 309)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Touchpoint
from jupyter_journey.steps.findings import Hit, absent, hit, labels, rule, said
from jupyter_journey.steps.meanings import whole_of
from jupyter_journey.steps.purchase import after_purchase
from jupyter_journey.steps.touchpoints.chain import END, unreachable

__all__ = ["FIVE_QUESTIONS"]

FIVE_QUESTIONS = (
    "customer_goal",
    "company_goal",
    "customer_actions",
    "company_actions",
    "feelings",
    "customer_result",
    "company_result",
)
"""The seven fields that answer the five questions (TPQ-1 to 5)."""


def _points(journey: Journey) -> Iterator[tuple[str, Touchpoint]]:
    return ((f"touchpoints/{point.id}", point) for point in journey.document.touchpoints)


def _met(journey: Journey) -> set[str]:
    """Return the stages customers meet us in, be it in a sub-step."""
    whole = whole_of(journey)
    return {whole[point.stage_id] for point in journey.document.touchpoints if point.stage_id}


@rule("CHK-301", "error")
def _named_and_placed(journey: Journey) -> Iterator[Hit]:
    if not journey.document.touchpoints:
        yield hit("touchpoints", problem=said(journey, "none"))
    counts = Counter(point.name for point in journey.document.touchpoints)
    for where, point in _points(journey):
        if counts[point.name] > 1:
            yield hit(
                where, problem=said(journey, "twins", count=counts[point.name], name=point.name)
            )
        if point.stage_id is None:
            yield hit(where, problem=said(journey, "no_stage", name=point.name))


@rule("CHK-302", "error")
def _five_questions(journey: Journey) -> Iterator[Hit]:
    for where, point in _points(journey):
        missing = [name for name in FIVE_QUESTIONS if not getattr(point, name)]
        if missing:
            yield hit(where, name=point.name, missing=labels(journey, missing))


@rule("CHK-303", "warning")
def _direct_or_indirect(journey: Journey) -> Iterator[Hit]:
    for where, point in _points(journey):
        if point.contact is None:
            yield hit(where, name=point.name)


@rule("CHK-304", "warning")
def _chained(journey: Journey) -> Iterator[Hit]:
    names = {point.id: point.name for point in journey.document.touchpoints}
    for where, point in _points(journey):
        if not point.next:
            yield hit(where, problem=said(journey, "leads_nowhere", name=point.name))
        for key in point.next:
            if key != END and key not in names:
                problem = said(journey, "leads_astray", name=point.name, target=key)
                yield hit(where, problem=problem)
    for key in unreachable(journey):
        yield hit(f"touchpoints/{key}", problem=said(journey, "unreachable", name=names[key]))


@rule("CHK-305", "warning")
def _every_stage(journey: Journey) -> Iterator[Hit]:
    met = _met(journey)
    for stage in journey.document.stages:
        if stage.id not in met and stage.parent_id is None:
            yield hit(f"stages/{stage.id}", name=stage.name)


@rule("CHK-306", "warning")
def _after_purchase(journey: Journey) -> Iterator[Hit]:
    later, met = after_purchase(journey), _met(journey)
    if later is not None and met and not later & met:
        yield hit("touchpoints")


@rule("CHK-307", "hint")
def _common(journey: Journey) -> Iterator[Hit]:
    missing = absent(journey, "touchpoints", "common", journey.document.touchpoints)
    if missing:
        yield hit("touchpoints", missing=missing)


@rule("CHK-308", "hint")
def _feedback(journey: Journey) -> Iterator[Hit]:
    for where, point in _points(journey):
        if not point.feedback_source:
            yield hit(where, name=point.name)


@rule("CHK-309", "warning")
def _rare(journey: Journey) -> Iterator[Hit]:
    limit = journey.settings.rare_touchpoint
    for where, point in _points(journey):
        if point.share is not None and point.share < limit:
            yield hit(where, name=point.name, limit=voice(journey.language).percent(limit))
