"""Step 2, personas: typical customers, one per segment (PER-01 to 08, CHK-201 to 209)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from jupyter_journey import catalogue
from jupyter_journey.charts.card_row import cards
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.model.records import Persona
from jupyter_journey.privacy import found_in_journey
from jupyter_journey.steps.findings import Hit, hit, labels, rule, said
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["chosen", "coverage", "persona_cards", "run"]

STEP = 2
_MUST = ("role", "industry", "decision_process", "challenges")
_SHOULD = ("goals", "buying_behaviour", "pain_points", "needs")
_INTERVIEW, _SUPPORT = 16, 7
"""How many questions the method asks customers (PER-Q) and the support team (PER-S)."""
_ON_CARD = (
    "goals",
    "needs",
    "challenges",
    "pain_points",
    "decision_process",
    "buying_behaviour",
    "motivations",
    "emotions",
)


def run(journey: Journey, request: Request | None = None) -> Result:
    """Lay out the personas, or the one asked for.

    Returns
    -------
    Result
        ``frames["personas"]``: the personas' frame with the segment's name.

    Raises
    ------
    UnknownNameError
        If the persona asked for doesn't exist.
    """
    kept = chosen(journey, request.persona if request else "")
    frame = journey.personas
    segments = {segment.id: segment.name for segment in journey.document.segments}
    shown = frame[frame["id"].isin([persona.id for persona in kept])].assign(
        segment=lambda part: part["segment_id"].map(segments).astype("string")
    )
    columns = ["name", "role", "industry", *_ON_CARD, "segment", "sources"]
    return Result(
        STEP,
        journey,
        {"personas": shown[columns].reset_index(drop=True)},
        request=request or Request(),
    )


def chosen(journey: Journey, persona: str) -> tuple[Persona, ...]:
    """Return the personas a report is about: the one named, or all."""
    if not persona:
        return journey.document.personas
    key = id_of("persona", persona, {item.id: item.name for item in journey.document.personas})
    return tuple(item for item in journey.document.personas if item.id == key)


def persona_cards(journey: Journey, persona: str = "") -> Rendered:
    """Return a card per persona, to display: name, role, what it is known from, and its traits."""
    language = journey.language
    return cards([_card(item, language) for item in chosen(journey, persona)], language)


def _card(persona: Persona, language: str) -> dict[str, Any]:
    words = catalogue.texts(language)
    known_from = catalogue.listed(language, persona.sources)
    return {
        "title": persona.name,
        "subtitle": " · ".join(part for part in (persona.role, persona.industry) if part),
        "badge": known_from or words["evidence"]["assumed"],
        "fields": [
            (words["columns"][name], getattr(persona, name))
            for name in _ON_CARD
            if getattr(persona, name)
        ],
    }


def _personas(journey: Journey) -> Iterator[tuple[str, Persona]]:
    return ((f"personas/{persona.id}", persona) for persona in journey.document.personas)


def coverage(persona: Persona) -> tuple[int, int]:
    """Return how many of the 16 interview questions and of the 7 to support have an answer.

    Examples
    --------
    >>> coverage(Persona(id="a", name="A", interview={"PER-Q01": "Leads a team"}))
    (1, 0)
    """
    asked = {f"PER-Q{number:02}" for number in range(1, _INTERVIEW + 1)}
    asked_support = {f"PER-S{number:02}" for number in range(1, _SUPPORT + 1)}
    return (
        sum(bool(text) and key in asked for key, text in persona.interview.items()),
        sum(bool(text) and key in asked_support for key, text in persona.support.items()),
    )


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
        missing = _unfilled(journey, persona, _MUST)
        if missing:
            yield hit(where, name=persona.name, missing=missing)


@rule("CHK-203", "warning")
def _should_fields(journey: Journey) -> Iterator[Hit]:
    for where, persona in _personas(journey):
        missing = _unfilled(journey, persona, _SHOULD)
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
        if interview < _INTERVIEW or support < _SUPPORT:
            yield hit(where, name=persona.name, interview=interview, support=support)


@rule("CHK-207", "warning")
def _look_alikes(journey: Journey) -> Iterator[Hit]:
    for one, other in combinations(journey.document.personas, 2):
        if all(getattr(one, name) == getattr(other, name) for name in _MUST + _SHOULD):
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
