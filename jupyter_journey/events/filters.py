"""Which rows of a log a filter keeps."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.inputs.numbers import Numbers
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.parsing import Place
from jupyter_journey.events.periods import Period
from jupyter_journey.events.rows import Rows

__all__ = ["Scalar", "matching", "of_customers", "within"]

Scalar = str | float | bool


def matching(rows: Rows, where: Mapping[str, Scalar]) -> Rows:
    """Return the rows in which every named column holds the given value."""
    for column, value in where.items():
        place = Place(rows.source, column, None)
        rows = rows.kept(_equal(rows.having(column)[column], value, place, rows.origin.spec))
    return rows


def within(rows: Rows, period: Period) -> Rows:
    """Return the rows whose time lies in the period."""
    time = rows.held["time"]
    begin, end = (pa.scalar(moment, time.type) for moment in (period.begin, period.end))
    return rows.kept(pc.and_(pc.greater_equal(time, begin), pc.less(time, end)))


def of_customers(rows: Rows, customers: pa.Array) -> Rows:
    """Return the rows of these customers."""
    column = rows.held["customer"].combine_chunks()
    wanted = pc.is_in(column.dictionary, value_set=customers)
    return rows.kept(pa.chunked_array([wanted.take(column.indices)]))


def _equal(
    column: pa.ChunkedArray, value: Scalar, place: Place, spec: ReadingSpec
) -> pa.ChunkedArray:
    """Compare as the condition's type asks: a CSV holds texts only."""
    if isinstance(value, str):
        return pc.equal(column.cast(pa.string()), value)
    if isinstance(value, bool):
        return pc.equal(pc.utf8_lower(column.cast(pa.string())), str(value).lower())
    try:
        return pc.equal(Numbers(spec)(column, place), float(value))
    except ColumnError as error:
        raise ColumnError(
            source=place.source,
            column=place.column,
            reason=f"isn't all numbers, so it can't be compared with {value!r}: it {error.reason}",
            way_out=f"Compare it with text: {{{place.column!r}: {str(value)!r}}}.",
        ) from error
