"""Which rows of a log a filter keeps."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.periods import Period

__all__ = ["Scalar", "matching", "within"]

Scalar = str | float | bool


def matching(table: pa.Table, where: Mapping[str, Scalar], source: str) -> pa.Table:
    """Return the rows in which every named column holds the given value."""
    for column, value in where.items():
        if column not in table.column_names:
            raise _no_column(table, column, source)
        table = _kept(table, _equal(table[column], value, column, source))
    return table


def within(table: pa.Table, period: Period) -> pa.Table:
    """Return the rows whose time lies in the period."""
    kind = table["time"].type
    begin, end = (pa.scalar(moment, kind) for moment in (period.begin, period.end))
    kept = pc.and_(pc.greater_equal(table["time"], begin), pc.less(table["time"], end))
    return _kept(table, kept)


def _kept(table: pa.Table, mask: pa.ChunkedArray) -> pa.Table:
    """Filter, but keep the event names even where no row is left."""
    kept = table.filter(mask)
    return kept if kept.num_rows else table.slice(0, 0)


def _equal(column: pa.ChunkedArray, value: Scalar, name: str, source: str) -> pa.ChunkedArray:
    """Compare as the condition's type asks: a CSV holds texts only."""
    if isinstance(value, str):
        return pc.equal(column.cast(pa.string()), value)
    if isinstance(value, bool):
        return pc.equal(pc.utf8_lower(column.cast(pa.string())), str(value).lower())
    kept = column
    if pa.types.is_dictionary(kept.type):
        kept = kept.cast(pa.string())
    if pa.types.is_string(kept.type):
        kept = pc.if_else(pc.equal(kept, ""), pa.scalar(None, pa.string()), kept)
    try:
        return pc.equal(kept.cast(pa.float64()), float(value))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ColumnError(
            source=source,
            column=name,
            reason=f"isn't all numbers, so it can't be compared with {value!r}",
            way_out=f"Compare it with text: {{{name!r}: {str(value)!r}}}.",
        ) from error


def _no_column(table: pa.Table, column: str, source: str) -> ColumnError:
    known = table.column_names
    close = get_close_matches(column, known, n=1, cutoff=0.6)
    way_out = f"Did you mean {close[0]!r}?" if close else f"Columns: {', '.join(known)}."
    return ColumnError(source=source, column=column, reason="doesn't exist", way_out=way_out)
