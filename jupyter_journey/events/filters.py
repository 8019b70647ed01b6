"""Which rows of a log a filter keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, reduce
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError, ParameterError
from jupyter_journey.events.inputs.numbers import Numbers
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.parsing import Place
from jupyter_journey.events.periods import Period
from jupyter_journey.events.question import microseconds
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.store import build

__all__ = [
    "Scalar",
    "customers_of",
    "groups",
    "matching",
    "of_customers",
    "of_first_events",
    "of_group",
    "of_texts",
    "within",
]

Scalar = str | float | bool
_MET = "\0meets the conditions"


def matching(rows: Rows, where: Mapping[str, Scalar]) -> Rows:
    """Return the rows in which every named column holds the given value."""
    return rows.kept(_met(rows, where)) if where else rows


def of_first_events(rows: Rows, where: Mapping[str, Scalar]) -> Rows:
    """Return all rows of the customers whose first row :func:`matching` keeps."""
    if not where:
        return rows
    store = build(rows.held.append_column(_MET, _met(rows, where)), _MET)
    meeting = [code for code, group in enumerate(store.groups or ()) if group == "true"]
    return of_customers(rows, store.customers.filter(pa.array(np.isin(store.group, meeting))))


def within(rows: Rows, period: Period) -> Rows:
    """Return the rows whose time lies in the period, with which the observation ends."""
    time = rows.held["time"]
    begin, end = (pa.scalar(moment, time.type) for moment in (period.begin, period.end))
    kept = rows.kept(pc.and_(pc.greater_equal(time, begin), pc.less(time, end)))
    if kept.ended is not None:
        kept.ended = period.cut(kept.ended)
    return kept


def of_customers(rows: Rows, customers: pa.Array) -> Rows:
    """Return the rows of these customers."""
    column = rows.held["customer"].combine_chunks()
    wanted = pc.is_in(column.dictionary, value_set=customers)
    return rows.kept(pa.chunked_array([wanted.take(column.indices)]))


def groups(rows: Rows, by: str) -> dict[str, pa.Array]:
    """Return the customers by what their first event says in a column, in label order."""
    store = build(rows.comparing(by), by)
    found = {
        group: store.customers.filter(pa.array(store.group == code))
        for code, group in enumerate(store.groups or ())
        if group is not None
    }
    return {group: customers for group, customers in found.items() if len(customers)}


def of_group(rows: Rows, by: str, group: str) -> Rows:
    """Return all rows of the customers of a group."""
    return of_customers(rows, groups(rows, by).get(group, pa.array([], pa.string())))


def customers_of(rows: Rows) -> int:
    """Count the customers of rows."""
    column = rows.held["customer"].unify_dictionaries().combine_chunks()
    return len(pc.unique(column.indices))


def _met(rows: Rows, where: Mapping[str, Scalar]) -> pa.ChunkedArray:
    """Tell of each row whether it meets all conditions; a missing value meets none."""
    table = rows.comparing(*where)
    each = [
        _equal(table[column], value, Place(rows.source, column, None), rows.origin.spec)
        for column, value in where.items()
    ]
    return pc.fill_null(reduce(pc.and_, each), False)


def _equal(
    column: pa.ChunkedArray, value: object, place: Place, spec: ReadingSpec
) -> pa.ChunkedArray:
    """Compare as the condition's type asks: a CSV holds texts only."""
    if not isinstance(value, str | Real | np.bool_):
        raise ColumnError(
            source=place.source,
            column=place.column,
            reason=f"can't be compared with {value!r}",
            way_out="Give one value: text, a number, or true or false.",
        )
    if isinstance(value, str) and pa.types.is_timestamp(column.type):
        return _at(column, value, place)
    if isinstance(value, str):
        return of_texts(column, partial(pc.equal, value))
    if isinstance(value, bool | np.bool_):
        return of_texts(column, lambda texts: pc.equal(pc.utf8_lower(texts), str(value).lower()))
    try:
        return pc.equal(Numbers(spec)(column, place), float(value))
    except ColumnError as error:
        raise ColumnError(
            source=place.source,
            column=place.column,
            reason=f"isn't all numbers, so it can't be compared with {value!r}: it {error.reason}",
            way_out=f"Compare it with text: {{{place.column!r}: {str(value)!r}}}.",
        ) from error


def of_texts(column: pa.ChunkedArray, test: Callable[[Any], Any]) -> pa.ChunkedArray:
    """Test the texts of a column; of a coded one only its labels are looked at."""
    if not pa.types.is_dictionary(column.type):
        return test(column.cast(pa.string()))
    met = [test(chunk.dictionary.cast(pa.string())).take(chunk.indices) for chunk in column.chunks]
    return pa.chunked_array(met, pa.bool_())


def _at(column: pa.ChunkedArray, text: str, place: Place) -> pa.ChunkedArray:
    """Tell which times lie in a period such as a day, or are the moment a text names, in UTC."""
    zone = column.type.tz
    times = column.cast(pa.timestamp("us", zone), safe=False).cast(pa.int64())
    try:
        period = Period.parse(text)
    except ParameterError:
        return pc.equal(times, _moment(text, place))
    begin, end = (microseconds(pd.Timestamp(moment)) for moment in (period.begin, period.end))
    return pc.and_(pc.greater_equal(times, begin), pc.less(times, end))


def _moment(text: str, place: Place) -> int:
    try:
        moment = pd.Timestamp(text)
    except ValueError as error:
        raise ColumnError(
            source=place.source,
            column=place.column,
            reason=f"holds times, so it can't be compared with {text!r}",
            way_out="Give a day such as '2026-01-31', a month, or a moment.",
        ) from error
    return microseconds(moment if moment.tzinfo else moment.tz_localize("UTC"))
