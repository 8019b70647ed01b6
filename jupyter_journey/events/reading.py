"""Event logs from whatever holds them: right, or refused with row and column."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import pyarrow as pa

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.gathering import Gathered
from jupyter_journey.events.inputs.opening import batches, is_path, opened
from jupyter_journey.events.inputs.origin import Origin, place_of, stamp_of
from jupyter_journey.events.inputs.parts import PARTS, check_parts
from jupyter_journey.events.inputs.presets import guess
from jupyter_journey.events.inputs.presets import preset as named_preset
from jupyter_journey.events.inputs.sniffing import settled, sniff
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.times import Times
from jupyter_journey.events.log import EventLog
from jupyter_journey.events.parsing import Place, dictionary, integers

__all__ = ["called", "read_events", "spec_of", "typed"]


def read_events(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
) -> EventLog:
    """Read an event log: one row per event, with who, what and when.

    Ids and names stay text as written (``007``, ``NA``, ``null``). How the rest is written is
    found out (:func:`jupyter_journey.sniff`) and kept in :attr:`EventLog.origin`: one convention
    that fits all is taken, several are refused and listed. Times without a zone are taken as UTC
    unless the spec names a zone. Whatever doesn't fit is refused with its row and column; rows of
    a file count from 1 with the header, rows of a frame, relation or Parquet file from 0.

    Parameters
    ----------
    source
        A path, folder, pattern such as ``logs/*.csv``, or address such as ``s3://…`` (needs
        fsspec), to files of separated text, JSON lines, Excel (needs openpyxl) or Parquet, packed
        by gzip, bzip2 or xz or not; or a frame of pandas, Polars or Arrow, a relation of DuckDB
        (``duckdb.sql("SELECT …")``), or an expression of Ibis.
    columns
        Which column plays which part: ``customer``, ``event``, ``time`` and optionally
        ``sequence`` (whole numbers that order events at the same time). Default: the columns of
        these names. All others are kept for :meth:`EventLog.where`, unless ``spec.keep`` says less.
    spec
        How the source is written, from :func:`jupyter_journey.sniff`; passing it confirms the
        columns it guesses.
    preset
        A known shape, such as ``mixpanel``; passing it confirms its columns.

    Raises
    ------
    SourceError
        If the source is missing or can't be read.
    ColumnError
        If a column is missing or holds what it must not.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"user": ["007"], "event": ["visit"], "time": ["2026-01-01T08:00Z"]})
    >>> read_events(frame, columns={"customer": "user"}).customers.tolist()
    ['007']
    """
    check_parts("events", columns or {})
    stamp = stamp_of(place_of(source))  # as it was before: a change while reading must tell
    source = opened(source)
    spec = spec_of(source, columns or {}, spec, preset)
    times = Times(spec)
    coded = [spec.columns[part] for part in ("customer", "event")]
    gathered = Gathered()
    name = ""
    for batch in batches(source, spec, coded, last=True):
        name = name or batch.source
        gathered.add(typed(batch, spec, times))
    table, dropped = gathered.result(_unique(spec))
    offsets, place = tuple(sorted(times.offsets)), place_of(source)
    origin = Origin(spec, dropped, offsets, place, stamp)
    return EventLog(origin.on(table), called(source, name))


def spec_of(
    source: Any, columns: Mapping[str, str], spec: ReadingSpec | None, preset: str | None
) -> ReadingSpec:
    """Return a spec that leaves nothing open but the decimal sign."""
    if spec is not None:
        spec = spec.change(columns={**spec.columns, **columns})
        return settled(source, _checked(source, spec, preset), "events")
    if is_path(source):
        found = sniff(source, columns=columns, preset=preset)
        if found.preset and preset is None:
            # A guess nobody confirmed: only the plain names count, the error shows the guess.
            given = {part: name for part, name in found.columns.items() if part == name}
            plain = found.change(preset="", columns={**given, **columns}, time="", unique=())
            return _checked(source, plain, None)
        return _checked(source, found, preset)
    table = ReadingSpec(format="table", columns=dict(columns))
    return settled(source, _checked(source, table, preset), "events")


def _checked(source: Any, spec: ReadingSpec, preset: str | None) -> ReadingSpec:
    """Return the spec with a column for each part, or say what's missing and how to name it."""
    batch = next(iter(batches(source, spec, size=1 << 20)))
    found = batch.table.column_names
    if preset and spec.preset != preset:
        shape = named_preset(preset, found, "events")
        columns = {**shape.columns, **spec.columns}
        spec = spec.change(preset=preset, columns=columns, **shape.fields)
    used = {part: spec.columns.get(part, part) for part in PARTS["events"]}
    if "sequence" not in spec.columns and "sequence" not in found:
        del used["sequence"]
    for part, column in used.items():
        if column not in found:
            raise _missing(part, column, found, batch.source)
    return spec.change(columns=used)


def _missing(part: str, column: str, found: Sequence[str], source: str) -> ColumnError:
    close = get_close_matches(column, found, n=1, cutoff=0.6)
    hint = f"Did you mean {close[0]!r}? " if close else ""
    guessed = guess(found, "events")
    if guessed:
        way_out = f"It looks like {guessed.name}: pass preset={guessed.name!r} if it is "
        way_out += f"({', '.join(f'{key} ← {name}' for key, name in guessed.columns.items())})."
    else:
        way_out = f"{hint}Name it by columns={{{part!r}: {close[0] if close else '…'!r}}}."
    return ColumnError(
        source=source,
        column=column,
        reason=f"is missing; found: {', '.join(found)}",
        way_out=way_out,
    )


def typed(batch: Batch, spec: ReadingSpec, times: Times) -> pa.Table:
    """Return a batch's parts under their own names and in their types, and the columns kept."""
    parse: dict[str, Callable[[pa.ChunkedArray, Place], pa.ChunkedArray]] = {
        "customer": dictionary,
        "event": dictionary,
        "time": times,
        "sequence": integers,
    }
    for part, column in spec.columns.items():
        if column not in batch.table.column_names:
            raise _missing(part, column, batch.table.column_names, batch.source)
    parts = {
        part: parse[part](batch.table[column], batch.place(column))
        for part, column in spec.columns.items()
    }
    used = set(spec.columns.values())
    others = {
        name: batch.table[name]
        for name in batch.table.column_names
        if name not in used
        and name not in parts
        and (spec.keep is None or name in spec.keep or name in spec.unique)
    }
    return pa.table(parts | others)


def _unique(spec: ReadingSpec) -> list[str]:
    """Return the columns that tell a row, by the names they have in the log."""
    part_of = {column: part for part, column in spec.columns.items()}
    return [part_of.get(column, column) for column in spec.unique]


def called(source: Any, first: str) -> str:
    """Return what messages call the log: the file, or the folder or pattern of several."""
    if not is_path(source):
        return first
    last = os.fspath(source).rstrip("/").rpartition("/")[2]
    return last or first
