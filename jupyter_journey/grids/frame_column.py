"""What a column of a frame may hold: its kind, from its dtype or a schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

import pandas as pd

from jupyter_journey.errors import ColumnError, FrameError, UnknownNameError
from jupyter_journey.model.frames import dtypes
from jupyter_journey.model.records import COLLECTIONS

__all__ = ["Column", "Kind", "Schema", "has_dates", "kind_of", "schema_of", "still_asked"]

Kind = Literal[
    "text", "number", "integer", "boolean", "date", "datetime", "choice", "tags", "other"
]
"""``other`` is shown as text and not edited."""

Schema = Mapping[Any, "Column"] | str

_FITTING: Mapping[Kind, frozenset[Kind]] = {
    "text": frozenset({"choice"}),
    "date": frozenset({"datetime"}),
    "datetime": frozenset({"date"}),
    "integer": frozenset({"choice"}),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """What is asked of one column; what isn't said follows from its dtype.

    Parameters
    ----------
    kind
        One of text, number, integer, boolean, date, datetime, choice, tags, other.
    label
        Header; default: the column's name.
    editable
        Whether cells may be changed in the grid.
    required
        Whether no value may be missing or empty after an edit.
    options
        The values to choose from.
    minimum, maximum
        Bounds of numbers, both included.
    pattern
        A regular expression that a whole text must match.
    unique
        Whether no two rows may hold the same value.

    Examples
    --------
    >>> Column(kind="choice", options=("low", "high")).required
    False
    """

    kind: Kind | None = None
    label: str | None = None
    editable: bool = True
    required: bool = False
    options: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    unique: bool = False


def schema_of(schema: Schema | None, frame: pd.DataFrame) -> dict[Any, Column]:
    """Return what is asked of which column.

    Parameters
    ----------
    schema
        A :class:`Column` by column name, or a collection of a journey such as ``"personas"``.

    Raises
    ------
    UnknownNameError
        If there is no such column or collection.
    ColumnError
        If a column can't be of the kind that is asked for, or what is asked can't be read.
    FrameError
        If the schema is something else.
    """
    if isinstance(schema, str):
        return _of_collection(schema, frame)
    if schema is not None and not isinstance(schema, Mapping):
        raise FrameError(
            reason=f"The schema is a {type(schema).__name__}",
            way_out="Give a Column by column name, or the name of a journey's collection.",
        )
    asked = dict(schema or {})
    known = [str(name) for name in frame.columns]
    for name, column in asked.items():
        if name not in frame.columns:
            raise UnknownNameError(kind="column", name=str(name), known=known)
        _check(name, column, frame[name])
    return asked


def still_asked(schema: Schema | None, frame: pd.DataFrame) -> Schema | None:
    """Return what of a schema a frame still has columns for, after pandas changed it.

    Examples
    --------
    >>> asked = {"age": Column(minimum=0), "gone": Column()}
    >>> still_asked(asked, pd.DataFrame({"age": [31]})).keys()
    dict_keys(['age'])
    """
    if schema is None or isinstance(schema, str):
        return schema
    return {name: column for name, column in schema.items() if name in frame.columns}


def kind_of(series: pd.Series[Any]) -> Kind:
    """Return the kind that suits a column's dtype and, where that is ``object``, its values.

    Examples
    --------
    >>> kind_of(pd.Series([1, 2])), kind_of(pd.Series(["a"])), kind_of(pd.Series([("a", "b")]))
    ('integer', 'text', 'tags')
    """
    dtype: Any = series.dtype
    types = pd.api.types
    if isinstance(dtype, pd.CategoricalDtype):
        names = [str(category) for category in dtype.categories]
        return "choice" if len(set(names)) == len(names) else "other"
    if isinstance(dtype, pd.SparseDtype):
        return "other"
    if types.is_object_dtype(dtype):
        return _kind_of_objects(series)
    if has_dates(dtype):
        return "date"
    if types.is_datetime64_any_dtype(dtype):
        return "date" if _holds_days(series) else "datetime"
    tests: tuple[tuple[Any, Kind], ...] = (
        (types.is_bool_dtype, "boolean"),
        (types.is_integer_dtype, "integer"),
        (types.is_float_dtype, "number"),
        (types.is_string_dtype, "text"),
    )
    return next((kind for test, kind in tests if test(dtype)), "other")


def has_dates(dtype: Any) -> bool:
    """Tell whether a dtype is of days as such; pandas takes Arrow's for moments.

    Examples
    --------
    >>> has_dates(pd.Series([], dtype="date32[day][pyarrow]").dtype)
    True
    """
    return getattr(dtype, "type", None) is date


def _of_collection(name: str, frame: pd.DataFrame) -> dict[Any, Column]:
    if name not in COLLECTIONS:
        raise UnknownNameError(kind="collection", name=name, known=COLLECTIONS)
    kinds = dtypes(COLLECTIONS[name])
    asked = {}
    for column in frame.columns:
        if kinds.get(str(column)) == "object" and kind_of(frame[column]) in ("text", "tags"):
            asked[column] = Column(kind="tags")
        elif column == "name":
            asked[column] = Column(required=True)
    return asked


def _check(name: Any, column: Column, series: pd.Series[Any]) -> None:
    source = "The schema"
    if not isinstance(column, Column):
        raise ColumnError(
            source=source,
            column=name,
            reason=f"is given {column!r}",
            way_out=f"Give a Column, such as Column(kind={column!r}).",
        )
    try:
        re.compile(column.pattern or "")
    except re.error as error:
        raise ColumnError(
            source=source,
            column=name,
            reason=f"has the pattern {column.pattern!r}, which is no regular expression: {error}",
            way_out=r"Write what is meant as such with a backslash: \[.",
        ) from error
    if column.kind is not None and column.kind not in get_args(Kind):
        raise UnknownNameError(kind="kind of column", name=column.kind, known=get_args(Kind))
    if column.kind == "choice" and not column.options and kind_of(series) != "choice":
        raise ColumnError(
            source=source,
            column=name,
            reason="is a choice without options",
            way_out="Say which: Column(kind='choice', options=(…))",
        )
    natural = kind_of(series)
    asked: Kind = column.kind or ("choice" if column.options else natural)
    only_days = has_dates(series.dtype) or series.dtype == object
    fitting = frozenset() if natural == "date" and only_days else _FITTING.get(natural, frozenset())
    fits = asked in (natural, "other") or asked in fitting
    if not fits and not (series.dtype == object and bool(series.isna().all())):
        raise ColumnError(
            source=source,
            column=name,
            reason=f"is asked to be {asked!r}, but its dtype {series.dtype} holds {natural}",
            way_out="Convert the column by astype first, or leave out the kind.",
        )


def _kind_of_objects(series: pd.Series[Any]) -> Kind:
    kinds: Mapping[str, Kind] = {
        "string": "text",
        "empty": "text",
        "boolean": "boolean",
        "integer": "integer",
        "floating": "number",
        "date": "date",
        "datetime": "other",
    }
    found = pd.api.types.infer_dtype(series, skipna=True)
    if found in kinds:
        return kinds[found]
    values = series.dropna()
    # pandas infers "mixed" of tuples as well as of anything else.
    return "tags" if all(_is_tags(value) for value in values) else "other"


def _is_tags(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _holds_days(series: pd.Series[Any]) -> bool:
    if getattr(series.dt, "tz", None) is not None:
        return False
    times = series.dropna()
    if times.empty:
        return str(series.dt.unit) == "s"
    return bool((times.dt.normalize() == times).all())
