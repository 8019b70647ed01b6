"""The personas of a journey, as a report picks and shows them."""

from __future__ import annotations

from typing import Any

from jupyter_journey.charts.card_row import cards
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.model.records import Persona
from jupyter_journey.steps.personas.answers import coverage

__all__ = ["MUST", "ON_CARD", "SHOULD", "chosen", "persona_cards"]

MUST = ("role", "industry", "decision_process", "challenges")
"""What a persona has to say (PER-01)."""
SHOULD = ("goals", "buying_behaviour", "pain_points", "needs")
ON_CARD = (
    "goals",
    "needs",
    "challenges",
    "pain_points",
    "decision_process",
    "buying_behaviour",
    "motivations",
    "emotions",
)


def chosen(journey: Journey, persona: str) -> tuple[Persona, ...]:
    """Return the personas a report is about: the one named, or all."""
    if not persona:
        return journey.document.personas
    key = id_of("persona", persona, {item.id: item.name for item in journey.document.personas})
    return tuple(item for item in journey.document.personas if item.id == key)


def persona_cards(journey: Journey, persona: str = "") -> Rendered:
    """Return a card per persona, to display: what it is known from, its traits, who was asked."""
    return cards(
        [_card(item, journey) for item in chosen(journey, persona)], language=journey.language
    )


def _card(persona: Persona, journey: Journey) -> dict[str, Any]:
    say = voice(journey.language)
    segments = {segment.id: segment.name for segment in journey.document.segments}
    customers, support = coverage(persona)
    told = {name: getattr(persona, name) for name in ("demographics", *ON_CARD)} | {
        "segment": segments.get(persona.segment_id or "", ""),
        "asked": say("personas_asked", customers=customers, support=support),
    }
    return {
        "title": persona.name,
        "subtitle": " · ".join(part for part in (persona.role, persona.industry) if part),
        "badge": say.listed(persona.sources) or say("evidence", "assumed"),
        "fields": [(say.column(name), given) for name, given in told.items() if given],
    }
