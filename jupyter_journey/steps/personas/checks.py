"""The checks of step 2 (CHK-201 to 209)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Persona
from jupyter_journey.privacy import found_in_journey
from jupyter_journey.steps.findings import Hit, hit, labels, rule, said
from jupyter_journey.steps.personas.answers import INTERVIEW, SUPPORT, coverage
from jupyter_journey.steps.personas.people import MUST, SHOULD


def _personas(journey: Journey) -> Iterator[tuple[str, Persona]]:
    return ((f"personas/{persona.id}", persona) for persona in journey.document.personas)


def _unfilled(journey: Journey, persona: Persona, fields: tuple[str, ...]) -> str:
    return labels(journey, [name for name in fields if not getattr(persona, name)])


@rule("CHK-201", "error")
def _one_persona(journey: Journey) -> Iterator[Hit]:
    if not journey.document.personas:
        yield hit("personas", problem=said(journey, "none"))
    counts = Counter(persona.name for persona in journey.document.personas)
    for name, times in counts.items():
        if times > 1:
            yield hit("personas", problem=said(journey, "twins", count=times, name=name))


@rule("CHK-202", "error")
def _must_fields(journey: Journey) -> Iterator[Hit]:
    for where, persona in _personas(journey):
        missing = _unfilled(journey, persona, MUST)
        if missing:
            yield hit(where, name=persona.name, missing=missing)


@rule("CHK-203", "warning")
def _should_fields(journey: Journey) -> Iterator[Hit]:
    for where, persona in _personas(journey):
        missing = _unfilled(journey, persona, SHOULD)
        if missing:
            yield hit(where, name=persona.name, missing=missing)


@rule("CHK-204", "warning")
def _known_from(journey: Journey) -> Iterator[Hit]:
    for where, persona in _personas(journey):
        if not persona.sources:
            yield hit(where, name=persona.name)


@rule("CHK-205", "warning")
def _one_per_segment(journey: Journey) -> Iterator[Hit]:
    covered = {persona.segment_id for persona in journey.document.personas}
    for segment in journey.document.segments:
        if segment.id not in covered:
            yield hit(f"segments/{segment.id}", name=segment.name)
    for where, persona in _personas(journey):
        if persona.segment_id is None:
            yield hit(where, name=persona.name)


@rule("CHK-206", "hint")
def _asked(journey: Journey) -> Iterator[Hit]:
    for where, persona in _personas(journey):
        interview, support = coverage(persona)
        if interview < INTERVIEW or support < SUPPORT:
            yield hit(where, name=persona.name, interview=interview, support=support)


@rule("CHK-207", "warning")
def _look_alikes(journey: Journey) -> Iterator[Hit]:
    for one, other in combinations(journey.document.personas, 2):
        if all(getattr(one, name) == getattr(other, name) for name in MUST + SHOULD):
            yield hit(f"personas/{other.id}", name=other.name, twin=one.name)


@rule("CHK-208", "error")
def _real_person(journey: Journey) -> Iterator[Hit]:
    if journey.settings.personal_data:  # why it may stand there is on record
        return
    held = {"/".join(one.where.split("/")[:2]) for one in found_in_journey(journey)}
    for where, persona in _personas(journey):
        if where in held:
            yield hit(where, name=persona.name)


@rule("CHK-209", "hint")
def _feelings(journey: Journey) -> Iterator[Hit]:
    for where, persona in _personas(journey):
        if not (persona.emotions and persona.motivations):
            yield hit(where, name=persona.name)
