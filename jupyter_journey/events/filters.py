"""Which rows of a log a filter keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.inputs.numbers import Numbers
from jupyter_journey.events.inputs.origin import Origin
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.parsing import Place
from jupyter_journey.events.periods import Period
from jupyter_journey.events.store import build

__all__ = ["Scalar", "having", "matching", "of_customers", "of_first_events", "within"]

Scalar = str | float | bool
_MET = "\0meets the conditions"


def matching(table: pa.Table, where: Mapping[str, Scalar], source: str) -> pa.Table:
    """Return the rows in which every named column holds the given value."""
    return _kept(table, _met(table, where, source)) if where else table


def of_first_events(table: pa.Table, where: Mapping[str, Scalar], source: str) -> pa.Table:
    """Return all rows of the customers whose first row :func:`matching` keeps."""
    if not where:
        return table
    met = _met(table, where, source)
    store = build(table.append_column(_MET, met), _MET)
    meeting = [code for code, group in enumerate(store.groups or ()) if group == "true"]
    return of_customers(table, store.customers[np.isin(store.group, meeting)])


def within(table: pa.Table, period: Period) -> pa.Table:
    """Return the rows whose time lies in the period."""
    kind = table["time"].type
    begin, end = (pa.scalar(moment, kind) for moment in (period.begin, period.end))
    kept = pc.and_(pc.greater_equal(table["time"], begin), pc.less(table["time"], end))
    return _kept(table, kept)


def having(table: pa.Table, column: str, source: str) -> pa.Table:
    """Return the table, or say that it has no such column."""
    if column not in table.column_names:
        raise _no_column(table, column, source)
    return table


def of_customers(table: pa.Table, customers: Sequence[str] | npt.NDArray[np.object_]) -> pa.Table:
    """Return the rows of these customers."""
    wanted = pa.array(customers, pa.string())
    return _kept(table, pc.is_in(table["customer"].cast(pa.string()), value_set=wanted))


def _kept(table: pa.Table, mask: pa.ChunkedArray) -> pa.Table:
    """Filter, but keep the event names even where no row is left."""
    kept = table.filter(mask)
    return kept if kept.num_rows else table.slice(0, 0)


def _met(table: pa.Table, where: Mapping[str, Scalar], source: str) -> pa.ChunkedArray:
    """Tell of each row whether it meets all conditions; a missing value meets none."""
    spec = Origin.of(table).spec
    each = [
        _equal(having(table, column, source)[column], value, Place(source, column, None), spec)
        for column, value in where.items()
    ]
    return pc.fill_null(reduce(pc.and_, each), False)


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


def _no_column(table: pa.Table, column: str, source: str) -> ColumnError:
    known = table.column_names
    close = get_close_matches(column, known, n=1, cutoff=0.6)
    way_out = f"Did you mean {close[0]!r}?" if close else f"Columns: {', '.join(known)}."
    return ColumnError(source=source, column=column, reason="doesn't exist", way_out=way_out)
