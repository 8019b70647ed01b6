"""Event logs from files and frames: right, or refused with row and column."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from jupyter_journey.errors import ColumnError, SourceError, UnknownNameError
from jupyter_journey.events import parsing
from jupyter_journey.events.log import EventLog
from jupyter_journey.events.parsing import Place

__all__ = ["read_events"]

_ROLES = ("customer", "event", "time", "sequence")
_CODED = pa.dictionary(pa.int32(), pa.string())


def read_events(
    source: str | os.PathLike[str] | pd.DataFrame, columns: Mapping[str, str] | None = None
) -> EventLog:
    """Read an event log: one row per event, with who, what and when.

    Ids and names stay text as written (``007``, ``NA``, ``null``). Times are ISO 8601, all with a
    zone or all without (then UTC). Whatever doesn't fit is refused with its row and column; rows of
    a file count from 1 with the header, rows of a frame from 0.

    Parameters
    ----------
    source
        A CSV file (comma, UTF-8) or Parquet file, or a pandas frame.
    columns
        Which column plays which part: ``customer``, ``event``, ``time`` and optionally
        ``sequence`` (whole numbers that order events at the same time). Default: the columns of
        these names. All others are kept for :meth:`EventLog.where`.

    Raises
    ------
    SourceError
        If the file is missing or can't be read.
    ColumnError
        If a column is missing or holds what it must not.

    Examples
    --------
    >>> frame = pd.DataFrame({"user": ["007"], "event": ["visit"], "time": ["2026-01-01T08:00Z"]})
    >>> read_events(frame, columns={"customer": "user"}).customers.tolist()
    ['007']
    """
    for role in columns or {}:
        if role not in _ROLES:
            raise UnknownNameError(kind="part of an event log", name=role, known=_ROLES)
    if isinstance(source, pd.DataFrame):
        name, first_row, table = "frame", 0, _frame(source)
    else:
        path = Path(source)
        name, (first_row, table) = path.name, _file(path, columns or {})
    used = _used(table.column_names, columns or {}, name)
    return EventLog(_typed(table, used, name, first_row), name)


def _used(found: list[str], columns: Mapping[str, str], source: str) -> dict[str, str]:
    """Return the column of each role, or say what's missing and how to name it."""
    for column in found:
        if found.count(column) > 1:
            raise ColumnError(
                source=source,
                column=column,
                reason="stands there more than once",
                way_out="Rename one of them.",
            )
    used = {role: columns.get(role, role) for role in _ROLES}
    if "sequence" not in columns and "sequence" not in found:
        del used["sequence"]
    for role, column in used.items():
        if column not in found:
            close = get_close_matches(column, found, n=1, cutoff=0.6)
            hint = f"Did you mean {close[0]!r}? " if close else ""
            guess = close[0] if close else "…"
            raise ColumnError(
                source=source,
                column=column,
                reason=f"is missing; found: {', '.join(found)}",
                way_out=f"{hint}Name it by columns={{{role!r}: {guess!r}}}.",
            )
    return used


def _typed(table: pa.Table, used: Mapping[str, str], source: str, first_row: int) -> pa.Table:
    parse = {
        "customer": parsing.dictionary,
        "event": parsing.dictionary,
        "time": parsing.times,
        "sequence": parsing.integers,
    }
    parts = {
        role: parse[role](table[column], Place(source, column, first_row))
        for role, column in used.items()
    }
    others = {
        name: table[name]
        for name in table.column_names
        if name not in used.values() and name not in parts
    }
    return pa.table(parts | others)


def _frame(frame: pd.DataFrame) -> pa.Table:
    arrays = {}
    for label, column in frame.items():
        try:
            arrays[str(label)] = pa.chunked_array([pa.array(column, from_pandas=True)])
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise ColumnError(
                source="frame",
                column=str(label),
                reason="mixes values of several types",
                way_out="Turn it into text, or drop it.",
            ) from error
    return pa.table(arrays)


def _file(path: Path, columns: Mapping[str, str]) -> tuple[int, pa.Table]:
    if not path.is_file():
        raise SourceError(
            source=str(path), reason="there is no such file", way_out="Check the path"
        )
    coded = [columns.get(role, role) for role in ("customer", "event")]
    try:
        if path.suffix.lower() in (".parquet", ".pq"):
            return 0, pa_parquet.read_table(path, read_dictionary=coded)
        if path.suffix.lower() == ".csv":
            return 2, _csv(path, coded)
    except pa.ArrowInvalid as error:
        raise SourceError(
            source=str(path),
            reason=str(error).splitlines()[0].rstrip("."),
            way_out="Event logs are read from comma-separated UTF-8 text and from Parquet",
        ) from error
    raise SourceError(
        source=str(path),
        reason=f"files of type {path.suffix!r} aren't read",
        way_out="Give a .csv or .parquet file, or read it with pandas and pass the frame",
    )


def _csv(path: Path, coded: list[str]) -> pa.Table:
    """Read every column as text: guessing types would turn 007 into 7."""
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    with pa_csv.open_csv(path, parse_options=parse) as head:
        names = head.schema.names
    kinds = {name: _CODED if name in coded else pa.string() for name in names}
    convert = pa_csv.ConvertOptions(column_types=kinds, strings_can_be_null=False)
    return pa_csv.read_csv(path, parse_options=parse, convert_options=convert)
