"""The checks of step 6: every transition has its milestone, and each is acted upon (CHK-6xx)."""

from __future__ import annotations

from collections.abc import Iterator

from jupyter_journey.charts.voice import voice
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Milestone
from jupyter_journey.steps.findings import Hit, absent, hit, labels, rule, said
from jupyter_journey.steps.passages import passages

__all__: list[str] = []

_REACH, _EFFECT = "OWN-03", "MET-44"


def _milestones(journey: Journey) -> Iterator[tuple[str, Milestone]]:
    """Yield the milestones that apply."""
    return (
        (f"milestones/{item.id}", item)
        for item in journey.document.milestones
        if not item.refused_reason
    )


@rule("CHK-601", "error")
def _observable(journey: Journey) -> Iterator[Hit]:
    for where, item in _milestones(journey):
        parts = {
            "event": item.event or item.rule,
            "from": item.from_stage_id,
            "to": item.to_stage_id,
        }
        missing = [name for name, given in parts.items() if not given]
        if missing:
            yield hit(where, name=item.name, missing=labels(journey, missing))


@rule("CHK-602", "warning")
def _wanted(journey: Journey) -> Iterator[Hit]:
    missing = absent(journey, "milestones", "must", journey.document.milestones)
    if missing:
        yield hit("milestones", missing=missing)


@rule("CHK-603", "warning")
def _every_transition(journey: Journey) -> Iterator[Hit]:
    for passage in passages(journey):
        if not passage.milestones and not passage.conversions:
            yield hit(f"stages/{passage.start.id}", name=passage.start.name)


@rule("CHK-604", "warning")
def _missed(journey: Journey) -> Iterator[Hit]:
    say = voice(journey.language)
    shares = {
        figure.milestone_id: figure.value
        for figure in shown_figures(journey.document)
        if figure.metric == _REACH and figure.value is not None
    }
    for where, item in _milestones(journey):
        wanted = journey.settings.milestone_reach if item.threshold is None else item.threshold
        share = shares.get(item.id, wanted)
        if share < wanted and not (item.reasons and item.action):
            yield hit(
                where, name=item.name, share=say.percent(share), threshold=say.percent(wanted)
            )


@rule("CHK-605", "hint")
def _survey(journey: Journey) -> Iterator[Hit]:
    for where, item in _milestones(journey):
        if not item.survey:
            yield hit(where, name=item.name)


@rule("CHK-606", "hint")
def _estimated(journey: Journey) -> Iterator[Hit]:
    measured = {
        figure.milestone_id
        for figure in journey.document.measurements
        if figure.metric == _EFFECT and figure.value is not None
    }
    for where, item in _milestones(journey):
        if not item.effect and item.id not in measured:
            yield hit(where, name=item.name)


@rule("CHK-607", "hint")
def _helped_and_hindered(journey: Journey) -> Iterator[Hit]:
    if not journey.document.conversions:
        yield hit("conversions", problem=said(journey, "no_conversion"))
    for event in journey.document.conversions:
        missing = [name for name in ("promoters", "blockers") if not getattr(event, name)]
        if missing:
            fields = {"name": event.name, "missing": labels(journey, missing)}
            yield hit(f"conversions/{event.id}", problem=said(journey, "lacks", **fields))
