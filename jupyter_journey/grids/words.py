"""The words a map says itself, as its widget needs them: those of one language."""

from __future__ import annotations

from typing import Any

from jupyter_journey import catalogue
from jupyter_journey.model.records import Goal, Milestone, Persona, Touchpoint

__all__ = ["map_words"]

ON_CARDS = (Goal, Persona, Touchpoint, Milestone)
"""The records whose fields a card can show."""


def map_words(language: str) -> dict[str, Any]:
    """Return the map's words by language: one, English where the catalogue lacks it.

    Examples
    --------
    >>> map_words("en")["en"]["undo"], list(map_words("tlh"))
    ('Undo', ['en'])
    """
    known = language if language in catalogue.languages() else "en"
    texts = catalogue.texts(known)
    on_cards = {name for kind in ON_CARDS for name in kind.model_fields}
    return {
        known: {
            **texts["widget"],
            "channels": texts["channels"],
            "emotions": texts["emotions"],
            "evidences": texts["evidence"],
            "fields": {field: it for field, it in texts["columns"].items() if field in on_cards},
            "lines": texts["lines"],
            "mapTypes": {kind: it["name"] for kind, it in texts["map_types"].items()},
        }
    }
