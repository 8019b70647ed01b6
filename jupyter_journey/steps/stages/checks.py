"""The checks of step 4 (CHK-401 to 408)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from jupyter_journey import catalogue
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Stage
from jupyter_journey.steps.findings import Hit, hit, labels, rule, said
from jupyter_journey.steps.meanings import whole_of
from jupyter_journey.steps.purchase import after_purchase

__all__ = ["ASKED"]

ASKED = ("actions", "decisions", "information_needs")
"""What every stage has to say (RULE-06)."""


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
        yield hit("stages", problem=said(journey, "none"))
    counts = Counter(stage.name for _, stage in _stages(journey))
    for name, times in counts.items():
        if times > 1:
            yield hit("stages", problem=said(journey, "twins", count=times, name=name))


@rule("CHK-402", "error")
def _described(journey: Journey) -> Iterator[Hit]:
    for where, stage in _stages(journey):
        missing = [name for name in ASKED if not getattr(stage, name)]
        if missing:
            yield hit(where, name=stage.name, missing=labels(journey, missing))


@rule("CHK-403", "warning")
def _measured(journey: Journey) -> Iterator[Hit]:
    whole = whole_of(journey)
    figures = journey.document.measurements
    measured = {whole[figure.stage_id] for figure in figures if figure.stage_id}
    for where, stage in _stages(journey):
        if stage.id not in measured:
            yield hit(where, name=stage.name)


@rule("CHK-404", "warning")
def _after_purchase(journey: Journey) -> Iterator[Hit]:
    later = after_purchase(journey)
    if later is not None and not later & {stage.id for _, stage in _stages(journey)}:
        yield hit("stages")


@rule("CHK-405", "hint")
def _long(journey: Journey) -> Iterator[Hit]:
    limit = journey.settings.actions_per_stage
    parted = {stage.parent_id for stage in journey.document.stages}
    for where, stage in _stages(journey):
        if len(stage.actions) > limit and stage.id not in parted:
            yield hit(where, name=stage.name, count=len(stage.actions), limit=limit)


@rule("CHK-406", "warning")
def _triggered(journey: Journey) -> Iterator[Hit]:
    way = [(where, stage) for where, stage in _stages(journey) if not stage.side]
    for where, stage in way[:-1]:
        if not stage.trigger:
            yield hit(where, name=stage.name)


@rule("CHK-407", "warning")
def _one_model(journey: Journey) -> Iterator[Hit]:
    models = _meanings(journey.language)
    chosen = journey.document.stage_model
    own = catalogue.stage_names(chosen, journey.language) if chosen in models else {}
    known = {name for names in models.values() for name in names}
    used = {stage.name.casefold() for _, stage in _stages(journey)} & known
    if not own and any(used <= names.keys() for names in models.values()):
        return
    for where, stage in _stages(journey):
        name = stage.name.casefold()
        meant = [names[name] for names in models.values() if name in names]
        is_open = any(one.isdisjoint(other) for one, other in combinations(meant, 2))
        if is_open and own.get(stage.id, "").casefold() != name:
            yield hit(where, name=stage.name)


def _meanings(language: str) -> dict[str, dict[str, frozenset[str]]]:
    """Return by stage model which canonical stages each of its names stands for (TRAP-03)."""
    return {
        model: {
            name.casefold(): catalogue.meaning(model, key)
            for key, name in catalogue.stage_names(model, language).items()
        }
        for model in catalogue.stage_models()
    }


@rule("CHK-408", "hint")
def _obstacles(journey: Journey) -> Iterator[Hit]:
    for where, stage in _stages(journey):
        if not stage.obstacles:
            yield hit(where, name=stage.name)
