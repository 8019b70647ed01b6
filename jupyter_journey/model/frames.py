"""Records to pandas frames and back, losing nothing either way."""

from __future__ import annotations

import typing
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from types import UnionType
from typing import Any, TypeVar

import pandas as pd
from pydantic import ValidationError

from jupyter_journey.errors import RecordError, UnknownNameError
from jupyter_journey.model.complaints import complaint
from jupyter_journey.model.names import no_twins, unique_id
from jupyter_journey.model.records import Entity, Record
from jupyter_journey.model.scalars import plain

__all__ = ["dtypes", "frame_of", "record_of", "records_of"]

R = TypeVar("R", bound=Record)

_DTYPES: Mapping[type, str] = {
    str: "string",
    float: "Float64",
    int: "Int64",
    bool: "boolean",
    date: "datetime64[s]",
    datetime: "datetime64[us, UTC]",
}


@cache
def dtypes(kind: type[Record]) -> dict[str, str | pd.CategoricalDtype]:
    """Return the pandas dtype of each column of a record's frame.

    Texts are ``string``, numbers ``Float64`` and ``Int64``, flags ``boolean``, days
    ``datetime64[s]``, moments ``datetime64[us, UTC]``, choices categories in their order; lists
    (tuples of texts), mappings and cell values are ``object``.
    """
    hints = typing.get_type_hints(kind)
    return {name: _dtype(hints[name]) for name in kind.model_fields}


def frame_of(records: Iterable[R], kind: type[R]) -> pd.DataFrame:
    """Return one row per record, one column per field, with the dtypes of :func:`dtypes`.

    Examples
    --------
    >>> from jupyter_journey.model.records import Stage
    >>> frame = frame_of([Stage(id="trial", name="Trial", actions=("sign up",))], Stage)
    >>> frame.loc[0, "actions"]
    ('sign up',)
    """
    rows = [{name: getattr(record, name) for name in kind.model_fields} for record in records]
    columns = {}
    for name, dtype in dtypes(kind).items():
        columns[name] = pd.Series([_thawed(row[name]) for row in rows], dtype=dtype)
    return pd.DataFrame(columns)


def records_of(
    frame: pd.DataFrame, kind: type[R], collection: str, taken: Iterable[str] = ()
) -> tuple[R, ...]:
    """Turn a frame's rows into records.

    Missing columns take the fields' defaults, missing values too; a missing ``id`` is made from
    the name. ``taken`` are ids that must not be given again.

    Raises
    ------
    UnknownNameError
        If a column is no field of the record.
    RecordError
        If a row doesn't make a record; it names the collection, row and column.
    """
    known = list(kind.model_fields)
    no_twins("column", map(str, frame.columns))
    for column in frame.columns:
        if column not in known:
            raise UnknownNameError(kind=f"column of {collection}", name=str(column), known=known)
    used = {*taken, *(str(item) for item in frame.get("id", pd.Series(dtype=str)).dropna())}
    records = []
    for position, row in enumerate(frame.to_dict(orient="records")):
        fields = _fields(row, kind)
        if issubclass(kind, Entity) and not fields.get("id") and fields.get("name"):
            fields["id"] = unique_id(str(fields["name"]), used)
            used.add(fields["id"])
        records.append(record_of(kind, fields, collection, position))
    return tuple(records)


def record_of(kind: type[R], fields: Mapping[str, Any], collection: str, row: int = 0) -> R:
    """Return a record with these fields.

    Raises
    ------
    RecordError
        If they don't make one; it names the collection, row and column.
    """
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        place, reason = complaint(error, fields)
        column = str(place[0])
        raise RecordError(collection=collection, row=row, column=column, reason=reason) from error


def _fields(row: Mapping[Hashable, Any], kind: type[Record]) -> dict[str, Any]:
    types = dtypes(kind)
    fields = {}
    for key, value in row.items():
        name = str(key)
        given = plain(value)
        if given is not None:
            fields[name] = _in_type(given, types[name])
    return fields


def _in_type(value: Any, dtype: str | pd.CategoricalDtype) -> Any:
    """Undo what pandas does to types: days become moments, whole numbers with gaps floats."""
    if dtype == "datetime64[s]" and isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if dtype == "Int64" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _thawed(value: Any) -> Any:
    """Return a mapping as a dict; an empty one is missing, as Parquet has no type for it."""
    return dict(value) or None if isinstance(value, Mapping) else value


def _dtype(hint: Any) -> str | pd.CategoricalDtype:
    """Derive a dtype from a field's type hint, looking through ``Annotated`` and ``| None``."""
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        choices = typing.get_args(hint)
        return pd.CategoricalDtype(list(choices)) if isinstance(choices[0], str) else "Int64"
    if origin in (UnionType, typing.Union):
        parts = [part for part in typing.get_args(hint) if part is not type(None)]
        return _dtype(parts[0]) if len(parts) == 1 else "object"
    if origin is typing.Annotated:
        return _dtype(typing.get_args(hint)[0])
    return _DTYPES.get(hint, "object")
