"""The words a grid says itself, in one language, and the signs it draws: its widget has none."""

from __future__ import annotations

from typing import Any

from jupyter_journey import catalogue
from jupyter_journey.charts.map_marks import theme
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.records import Goal, Milestone, Persona, Touchpoint

__all__ = ["frame_words", "map_signs", "map_words"]

ON_CARDS = (Goal, Persona, Touchpoint, Milestone)
"""The records whose fields a card can show."""
SIGNS = ("light", "dark", "icons", "kind_icons", "channels", "tools", "tones", "quoted")
"""The parts of the theme that a widget is told, as it carries none itself."""


def map_words(language: str) -> dict[str, Any]:
    """Return the map's words by language: one, English where none is near.

    Examples
    --------
    >>> map_words("en")["en"]["undo"], list(map_words("tlh"))
    ('Undo', ['en'])
    """
    known = catalogue.nearest(language)
    asked, known = (language, known) if known else ("en", "en")
    texts = catalogue.texts(known)
    on_cards = {name for kind in ON_CARDS for name in kind.model_fields}
    return {
        asked: {
            **texts["widget"],
            "channels": texts["channels"],
            "called": texts["choices"],
            "emotions": texts["emotions"],
            "evidences": texts["evidence"],
            "fields": {field: it for field, it in texts["columns"].items() if field in on_cards},
            "lines": texts["lines"],
            "units": {unit: voice(known).unit(unit) for unit in texts["units"]},
            "mapTypes": {kind: it["name"] for kind, it in texts["map_types"].items()},
        }
    }


def frame_words(language: str) -> dict[str, Any]:
    """Return a table's words by language: one.

    Raises
    ------
    UnknownNameError
        If there are no words in the language.

    Examples
    --------
    >>> frame_words("de")["de"]["undo"]
    'Rückgängig'
    """
    return {language: catalogue.texts(language)["frame_grid"]}


def map_signs() -> dict[str, Any]:
    """Return colours, icons of lanes, kinds, channels and tools, and which lanes have a tone.

    Examples
    --------
    >>> sorted(map_signs())
    ['channels', 'dark', 'icons', 'kind_icons', 'light', 'quoted', 'tones', 'tools']
    """
    return {name: theme()[name] for name in SIGNS}
