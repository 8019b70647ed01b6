"""Texts to numbers by the one convention that fits, or refused where several do."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.parsing import Place, texts_of

__all__ = ["CONVENTIONS", "Numbers", "fitting_conventions"]

Convention = tuple[str, str]
CONVENTIONS: tuple[Convention, ...] = (
    (".", ""),
    (",", ""),
    (".", ","),
    (",", "."),
    (".", "'"),
    (",", "'"),
    (".", " "),
    (",", " "),
)
"""Decimal sign and sign between groups of three digits."""
_SPACES = "[\u00a0\u202f\u2009]"
_LIMIT = 2.0**53
_WAY_OUT = "Give plain numbers, such as 1234.5."


class Numbers:
    """Parses numbers by a spec; what one column settles holds for all columns and batches."""

    def __init__(self, spec: ReadingSpec) -> None:
        self._spec = spec
        self._open = [
            (decimal, thousands)
            for decimal, thousands in CONVENTIONS
            if spec.decimal in ("", decimal) and spec.thousands in ("", thousands)
        ]

    def __call__(self, column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
        """Return numbers as floats; null where nothing or a marker of missing values stands.

        Raises
        ------
        ColumnError
            If a value is no number, is too long to be kept exactly, or can be meant in two ways.
        """
        if pa.types.is_floating(column.type):
            return column.cast(pa.float64())
        if pa.types.is_integer(column.type) or pa.types.is_decimal(column.type):
            column = column.cast(pa.string())
        texts = _present(texts_of(column, place, _WAY_OUT), self._spec)
        fitting = fitting_conventions(texts, self._open)
        if not fitting:
            best = max(_first_misfit(texts, convention) for convention in self._open)
            raise place.refuse(best, f"isn't a number ({texts[best].as_py()!r})", _WAY_OUT)
        parsed = _one_meaning(texts, fitting, place)
        long = pc.index(pc.greater_equal(pc.abs(parsed), _LIMIT), True).as_py()
        if long >= 0:
            reason = f"has more digits than a number keeps ({texts[long].as_py()!r})"
            raise place.refuse(long, reason, "Read it as an id, or shorten it.")
        self._open = fitting
        return parsed


def _one_meaning(
    texts: pa.ChunkedArray, fitting: Sequence[Convention], place: Place
) -> pa.ChunkedArray:
    """Parse texts, and refuse them if conventions that all fit give different numbers."""
    parsed = [_parsed(texts, *convention) for convention in fitting]
    for other in parsed[1:]:
        differs = pc.index(pc.not_equal(parsed[0], other), True).as_py()
        if differs >= 0:
            values = sorted({str(way[differs].as_py()) for way in parsed})
            text = texts[differs].as_py()
            raise place.refuse(
                differs,
                f"can be meant in several ways ({text!r}: {' or '.join(values)})",
                "Say which: spec=sniff(path, decimal=','), or '.'.",
            )
    return parsed[0]


def fitting_conventions(
    texts: pa.ChunkedArray, conventions: Sequence[Convention] = CONVENTIONS
) -> list[Convention]:
    """Return the conventions by which every text is a number."""
    length = len(texts)
    return [kind for kind in conventions if _first_misfit(texts, kind) == length]


def _present(texts: pa.ChunkedArray, spec: ReadingSpec) -> pa.ChunkedArray:
    absent = pc.is_in(texts, pa.array(["", *spec.missing]))
    texts = pc.if_else(absent, pa.scalar(None, pa.string()), texts)
    return pc.replace_substring_regex(texts, _SPACES, " ")


def _first_misfit(texts: pa.ChunkedArray, convention: Convention) -> int:
    fits = pc.match_substring_regex(texts, _pattern(*convention))
    place = pc.index(fits, False).as_py()
    return len(texts) if place < 0 else int(place)


def _pattern(decimal: str, thousands: str) -> str:
    plain = r"\d+"
    whole = rf"(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|{plain})" if thousands else plain
    power = r"(?:[eE][+-]?\d{1,2})?" if (decimal, thousands) == (".", "") else ""
    return rf"^[+-]?{whole}(?:{re.escape(decimal)}\d+)?{power}$"


def _parsed(texts: pa.ChunkedArray, decimal: str, thousands: str) -> pa.ChunkedArray:
    if thousands:
        texts = pc.replace_substring(texts, thousands, "")
    texts = pc.replace_substring_regex(texts, r"^\+", "")
    return pc.replace_substring(texts, decimal, ".").cast(pa.float64())
