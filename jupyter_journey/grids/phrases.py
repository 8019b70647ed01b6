"""Why something was refused, in English for who programs and in the language a page is read in."""

from __future__ import annotations

from typing import Any

from jupyter_journey.catalogue import text
from jupyter_journey.errors import FrameError, FrameValueError

__all__ = ["Phrase", "phrase_of", "worded"]

_SECTION = "frame_refusals"


class Phrase(str):
    """A text of the catalogue in English, which can be said in its other languages.

    Parameters
    ----------
    keys
        Its path in the catalogue, below the refusals of frames.
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

    keys: tuple[str, ...]
    fields: dict[str, Any]

    def __new__(cls, *keys: str, **fields: Any) -> Phrase:
        """Say it in English."""
        phrase = super().__new__(cls, text("en", _SECTION, *keys, **fields))
        phrase.keys, phrase.fields = keys, fields
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str, ...], dict[str, Any]]:
        """Return what makes a copy of it."""
        return self.keys, self.fields

    def within(self, language: str) -> str:
        """Return the same in another language."""
        fields = {name: worded(it, language) for name, it in self.fields.items()}
        return text(language, _SECTION, *self.keys, **fields)


def phrase_of(error: Exception) -> str:
    """Return what an error says; a phrase, if it says it about a frame.

    Examples
    --------
    >>> phrase_of(KeyError()), phrase_of(ValueError("no"))
    ('KeyError', 'no')
    """
    if isinstance(error, FrameValueError):
        return Phrase("takes", **error.fields)
    if isinstance(error, FrameError):
        return Phrase("because", **error.fields)
    return str(error) or type(error).__name__


def worded(said: Any, language: str) -> Any:
    """Return a phrase as a language has it, all else as it is."""
    return said.within(language) if isinstance(said, Phrase) else said
