"""The few words a picture of the map says itself, in the journey's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import floor
from typing import Any

from babel.numbers import format_decimal

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice

__all__ = [
    "channel_of",
    "joined",
    "line_name",
    "map_word",
    "mood",
    "signed",
    "type_name",
    "widget_word",
]


def widget_word(language: str, key: str, **fields: Any) -> str:
    """Return one of the texts that the live map says, too."""
    return catalogue.text(language, "widget", key, **fields)


def map_word(language: str, key: str, **fields: Any) -> str:
    """Return one of the map's own texts, with its fields filled in."""
    return catalogue.text(language, "map", key, **fields)


def joined(parts: Iterable[str], language: str) -> str:
    """Return the parts that aren't empty one after another.

    Examples
    --------
    >>> joined(["12%", "", "n = 40"], "en"), joined(["12%", "", "n = 40"], "ja")
    ('12%, n = 40', '12%、n = 40')
    """
    return widget_word(language, "joint").join(filter(None, parts))


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


def signed(score: float, language: str = "en") -> str:
    """Return a score with its sign.

    Examples
    --------
    >>> signed(0.5), signed(-2), signed(0), signed(0.5, "de")
    ('+0.5', '−2', '0', '+0,5')
    """
    shown = round(score, 2)
    pattern = "+0.##;−0.##" if shown else "0"
    return format_decimal(shown, pattern, locale=voice(language).locale)


def channel_of(language: str, chip: str) -> str | None:
    """Return the id of the known channel that a chip means, if any.

    Examples
    --------
    >>> channel_of("en", "Our E-mail"), channel_of("en", "Pigeon")
    ('email', None)
    """
    said = " ".join(["", *re.findall(r"[^\W_]+", chip.lower()), ""])
    channels: dict[str, list[str]] = catalogue.texts(language)["channels"]
    known = (name for name, words in channels.items() if any(f" {it} " in said for it in words))
    return next(known, None)


def line_name(language: str, line: str) -> str:
    """Return the name of a blueprint line."""
    return catalogue.text(language, "lines", line)


def type_name(language: str, map_type: str) -> str:
    """Return a map type's name; a type of one's own is its own name."""
    known = catalogue.texts(language)["map_types"]
    return str(known[map_type]["name"]) if map_type in known else map_type
