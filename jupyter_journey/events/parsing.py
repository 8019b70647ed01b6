"""Values of ids, names and whole numbers: taken as they are meant, or refused with their row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError

__all__ = [
    "BLANK",
    "TEXT",
    "Place",
    "dictionary",
    "filled",
    "first",
    "integers",
    "is_text",
    "texts_of",
]

BLANK = "Remove the row or fill it in."
TEXT = pa.dictionary(pa.int32(), pa.string())
_MOST = 10**18 - 1


@dataclass(frozen=True)
class Place:
    """A column of a source, for messages."""

    source: str
    column: str
    row_of: Callable[[int], int] | None
    """The row's number as its owner sees it, by position; None where rows lost their numbers."""

    def refuse(self, position: int, reason: str, way_out: str) -> ColumnError:
        """Return the error for a row."""
        row = self.row_of(position) if self.row_of else None
        return ColumnError(
            source=self.source,
            column=self.column,
            row=row,
            reason=reason if row is None else f"{reason} in row {row}",
            way_out=way_out,
        )

    def refuse_all(self, reason: str, way_out: str) -> ColumnError:
        """Return the error for the column as a whole."""
        return ColumnError(source=self.source, column=self.column, reason=reason, way_out=way_out)


def dictionary(column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
    """Return ids or names as dictionary-coded text; whole numbers become their digits."""
    kind = pa.string() if pa.types.is_null(column.type) else _value_type(column.type)
    whole = pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.scale == 0)
    if not (is_text(kind) or whole):
        raise place.refuse_all(
            f"holds {kind} values, which can't name anything for sure",
            "Turn it into text, so that 007 and long ids stay as they are.",
        )
    column = filled(column, place)
    if column.type != TEXT:
        column = column.cast(pa.string()).dictionary_encode()
    if any(pc.index(chunk.dictionary, "").as_py() >= 0 for chunk in column.chunks):
        position = pc.index(column.cast(pa.string()), "").as_py()
        if position >= 0:
            raise place.refuse(position, "has no value", BLANK)
    return column


def integers(column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
    """Return whole numbers."""
    column = filled(column, place)
    if pa.types.is_uint64(column.type):
        fits = pc.less_equal(column, pa.scalar(_MOST, pa.uint64()))
    elif pa.types.is_integer(column.type):
        return column.cast(pa.int64())
    else:
        column = texts_of(column, place, "Give whole numbers.")
        fits = pc.match_substring_regex(column, r"^-?0*\d{1,18}$")
    if not pc.all(fits).as_py() and len(column):
        position = first(pc.invert(fits))
        raise _not_whole(str(column[position].as_py()), position, place)
    return column.cast(pa.int64())


def _not_whole(value: str, position: int, place: Place) -> ColumnError:
    if re.fullmatch(r"-?\d+", value):
        reason = f"holds a number of too many digits ({value})"
        return place.refuse(position, reason, f"Give whole numbers up to {_MOST:,}.")
    reason = f"isn't a whole number ({value!r})" if value else "has no value"
    return place.refuse(position, reason, "Give whole numbers." if value else BLANK)


def texts_of(column: pa.ChunkedArray, place: Place, way_out: str) -> pa.ChunkedArray:
    """Return a column's texts, or say what it holds instead."""
    kind = _value_type(column.type)
    if not is_text(kind):
        raise place.refuse_all(f"holds {kind} values", way_out)
    return column.cast(pa.string())


def is_text(kind: pa.DataType) -> bool:
    """Tell whether a type holds text, in whichever layout."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def first(mask: pa.ChunkedArray) -> int:
    """Return the first position that is true."""
    return int(pc.index(mask, True).as_py())


def filled(column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
    """Return a column that has a value in each row, or say which row lacks one."""
    if column.null_count:
        raise place.refuse(first(pc.is_null(column)), "has no value", BLANK)
    # A frame with no rows doesn't know its types.
    return column.cast(pa.string()) if pa.types.is_null(column.type) else column


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
