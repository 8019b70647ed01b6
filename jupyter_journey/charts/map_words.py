"""The few words a picture of the map says itself, in the journey's language."""

from __future__ import annotations

from math import floor
from typing import Any

from jupyter_journey import catalogue

__all__ = ["line_name", "map_word", "mood", "type_name"]


def map_word(language: str, key: str, **fields: Any) -> str:
    """Return one of the map's own texts, with its fields filled in."""
    return catalogue.text(language, "map", key, **fields)


def mood(language: str, score: float) -> str:
    """Return the catalogue's word for an emotion from -2 to 2.

    Examples
    --------
    >>> mood("en", -1.2)
    'unhappy'
    """
    # halves go up, as JavaScript rounds them, so both renderers say the same word
    nearest = max(-2, min(2, floor(score + 0.5)))
    return catalogue.text(language, "emotions", str(nearest))


def line_name(language: str, line: str) -> str:
    """Return the name of a blueprint line."""
    return catalogue.text(language, "lines", line)


def type_name(language: str, map_type: str) -> str:
    """Return a map type's name; a type of one's own is its own name."""
    known = catalogue.texts(language)["map_types"]
    return str(known[map_type]["name"]) if map_type in known else map_type
