"""Why something was refused, in English for who programs and in the language a page is read in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from jupyter_journey.catalogue import text, texts
from jupyter_journey.errors import (
    CellValueError,
    DuplicateColumnError,
    DuplicateNameError,
    FrameError,
    FrameValueError,
    JourneyError,
)
from jupyter_journey.grids.locks import LockedLaneError
from jupyter_journey.model.patches import Conflict

__all__ = ["MapPhrase", "Phrase", "phrase_of", "worded"]


class Phrase(str):
    """A text of the catalogue in English, which can be said in its other languages.

    Parameters
    ----------
    keys
        Its path in the catalogue, below what refuses edits of frames.
    fields
        What it speaks of; phrases among them are said in its language.

    Examples
    --------
    >>> phrase = Phrase("takes", column="age", expected=Phrase("expected", "integer"), value=1.5)
    >>> print(phrase)
    Column 'age' takes a whole number; got 1.5.
    >>> phrase.within("de")
    "Spalte 'age' verlangt eine ganze Zahl; angegeben war 1.5."
    """

    section: ClassVar[str] = "frame_refusals"
    keys: tuple[str, ...]
    fields: dict[str, Any]

    def __new__(cls, *keys: str, **fields: Any) -> Phrase:
        """Say it in English."""
        phrase = super().__new__(cls, text("en", cls.section, *keys, **fields))
        phrase.keys, phrase.fields = keys, fields
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, Any]]:
        """Return what makes a copy of it."""
        return self.keys, self.fields

    def within(self, language: str) -> str:
        """Return the same in another language."""
        fields = {name: worded(it, language) for name, it in self.fields.items()}
        return text(language, self.section, *self.keys, **fields)


class MapPhrase(Phrase):
    """One of those that refuse edits of maps.

    Examples
    --------
    >>> MapPhrase("read_only").within("ja")
    'マップは読み取り専用です'
    """

    section = "map_refusals"


_OF: Mapping[type[JourneyError], tuple[type[Phrase], str]] = MappingProxyType(
    {
        FrameValueError: (Phrase, "takes"),
        FrameError: (Phrase, "because"),
        Conflict: (MapPhrase, "changed"),
        DuplicateColumnError: (Phrase, "twins"),
        DuplicateNameError: (MapPhrase, "twins"),
        LockedLaneError: (MapPhrase, "locked"),
    }
)


def phrase_of(error: Exception) -> str:
    """Return what an error says; a phrase, if it is one that refuses edits.

    Examples
    --------
    >>> phrase_of(KeyError()), phrase_of(ValueError("no"))
    ('KeyError', 'no')
    """
    if isinstance(error, CellValueError):
        return MapPhrase("takes", **error.fields | {"expected": _expected(error.expected)})
    for kind, (phrase, key) in _OF.items():
        if isinstance(error, kind):
            return phrase(key, **error.fields)
    return str(error) or type(error).__name__


def _expected(said: str) -> str:
    """Return what a lane takes as a phrase, where the catalogue knows it in other languages."""
    for key, known in texts("en")[MapPhrase.section]["expected"].items():
        if known == said:
            return MapPhrase("expected", key)
    # The values of a choice are those of whoever wrote them.
    opening = text("en", MapPhrase.section, "expected", "choice", options="")
    if said.startswith(opening):
        return MapPhrase("expected", "choice", options=said.removeprefix(opening))
    return said


def worded(said: Any, language: str) -> Any:
    """Return a phrase as a language has it, all else as it is."""
    return said.within(language) if isinstance(said, Phrase) else said
