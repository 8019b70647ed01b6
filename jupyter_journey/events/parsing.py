"""Values of the columns an event log needs: taken as they are meant, or refused with their row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError

__all__ = ["Place", "dictionary", "integers", "times"]

_MOMENT = pa.timestamp("us", "UTC")
_ISO = "Give times as ISO 8601, such as 2026-03-31T14:05:00Z; all with a zone, or none (UTC)."
_BLANK = "Remove the row or fill it in."
_TEXT = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Place:
    """A column of a source, for messages."""

    source: str
    column: str
    first_row: int
    """Number of the first row of data: 2 in a file with a header, 0 in a frame."""

    def refuse(self, position: int, reason: str, way_out: str) -> ColumnError:
        """Return the error for a row."""
        where = f"{reason} in row {position + self.first_row}"
        return ColumnError(source=self.source, column=self.column, reason=where, way_out=way_out)


def dictionary(column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
    """Return ids or names as dictionary-coded text; whole numbers become their digits."""
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if not (
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)
    ):
        raise ColumnError(
            source=place.source,
            column=place.column,
            reason=f"holds {kind} values, which can't name anything for sure",
            way_out="Turn it into text, so that 007 and long ids stay as they are.",
        )
    if column.null_count:
        raise place.refuse(_first(pc.is_null(column)), "has no value", _BLANK)
    if column.type != _TEXT:
        column = column.cast(pa.string()).dictionary_encode()
    column = column.unify_dictionaries()
    blank = pc.index(column.chunk(0).dictionary, "").as_py() if column.num_chunks else -1
    if blank >= 0:
        position = pc.index(column.cast(pa.string()), "").as_py()
        if position >= 0:
            raise place.refuse(position, "has no value", _BLANK)
    return column


def times(column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
    """Return times in UTC, to the microsecond; those without a zone are taken as UTC."""
    if column.null_count:
        raise place.refuse(_first(pc.is_null(column)), "has no value", _BLANK)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        zone = getattr(column.type, "tz", None)
        # Finer than a microsecond is cut off: that is no order of events one could trust.
        moments = column.cast(pa.timestamp("us", zone), safe=False)
        return moments.cast(_MOMENT) if zone else pc.assume_timezone(moments, "UTC")
    texts = _texts(column, place, _ISO)
    zoned = len(texts) > 0 and _has_zone(texts[0].as_py())
    kind = _MOMENT if zoned else pa.timestamp("us")
    parsed = _parsed(texts, lambda part: part.cast(kind), place, "isn't an ISO 8601 time", _ISO)
    return parsed if zoned else pc.assume_timezone(parsed, "UTC")


def integers(column: pa.ChunkedArray, place: Place) -> pa.ChunkedArray:
    """Return whole numbers."""
    way_out = "Give whole numbers."
    if column.null_count:
        raise place.refuse(_first(pc.is_null(column)), "has no value", _BLANK)
    if pa.types.is_integer(column.type):
        return column.cast(pa.int64())
    texts = _texts(column, place, way_out)
    return _parsed(
        texts, lambda part: part.cast(pa.int64()), place, "isn't a whole number", way_out
    )


def _texts(column: pa.ChunkedArray, place: Place, way_out: str) -> pa.ChunkedArray:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        reason = f"holds {kind} values"
        raise ColumnError(source=place.source, column=place.column, reason=reason, way_out=way_out)
    texts = column.cast(pa.string())
    blank = pc.index(texts, "").as_py()
    if blank >= 0:
        raise place.refuse(blank, "has no value", _BLANK)
    return texts


def _parsed(
    texts: pa.ChunkedArray,
    parse: Callable[[pa.ChunkedArray], pa.ChunkedArray],
    place: Place,
    reason: str,
    way_out: str,
) -> pa.ChunkedArray:
    """Parse all, or name the first that can't be: Arrow says the value but not the row."""
    try:
        return parse(texts)
    except pa.ArrowInvalid as error:
        good, bad = 0, len(texts)  # the first bad one is at or after `good` and before `bad`
        while bad - good > 1:
            middle = (good + bad) // 2
            if _parses(texts.slice(good, middle - good), parse):
                good = middle
            else:
                bad = middle
        raise place.refuse(good, f"{reason} ({texts[good].as_py()!r})", way_out) from error


def _parses(texts: pa.ChunkedArray, parse: Callable[[pa.ChunkedArray], Any]) -> bool:
    try:
        parse(texts)
    except pa.ArrowInvalid:
        return False
    return True


def _has_zone(text: str) -> bool:
    clock = text[10:]
    return clock.endswith("Z") or "+" in clock or "-" in clock


def _first(mask: pa.ChunkedArray) -> int:
    return int(pc.index(mask, True).as_py())
