"""Event logs from whatever holds them: right, or refused with row and column."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pyarrow as pa

from jupyter_journey.errors import ColumnError, ParameterError
from jupyter_journey.events.inputs.batches import Batch
from jupyter_journey.events.inputs.columnar import Choice
from jupyter_journey.events.inputs.gathering import Gathered
from jupyter_journey.events.inputs.later import Later, heads
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
from jupyter_journey.events.partitions import PartitionedLog
from jupyter_journey.events.rows import Rows
from jupyter_journey.privacy.pseudonyms import Pseudonyms, Wish

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["read_events"]


@overload
def read_events(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    keep: Sequence[str] | None = None,
    pseudonyms: Wish = False,
    partitions: None = None,
) -> EventLog: ...


@overload
def read_events(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    keep: Sequence[str] | None = None,
    pseudonyms: Wish = False,
    partitions: int,
    folder: str | os.PathLike[str] | None = None,
    cluster: Client | str | None = None,
) -> PartitionedLog: ...


def read_events(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    keep: Sequence[str] | None = None,
    pseudonyms: Wish = False,
    partitions: int | None = None,
    folder: str | os.PathLike[str] | None = None,
    cluster: Client | str | None = None,
) -> EventLog | PartitionedLog:
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
        these names. All others are there for :meth:`EventLog.where`, unless ``keep`` says less;
        those of Parquet files are read when they are asked for.
    spec
        How the source is written, from :func:`jupyter_journey.sniff`; passing it confirms the
        columns it guesses.
    preset
        A known shape, such as ``mixpanel``; passing it confirms its columns.
    keep
        Further columns to keep; all of them unless said here or in the spec.
    pseudonyms
        Replace customers' ids: True under one's own key, a path under the key of that file, or
        :class:`jupyter_journey.privacy.Pseudonyms`. Ids in further columns stay: leave those out by
        ``spec.keep``. What the journey's figures rest on is always read so.
    partitions
        For a log that doesn't fit memory: into how many parts of customers it is dealt out on
        disk, up to 65,536; some millions of events in each go well. The log is read once, a piece
        at a time, and one partition at a time is in memory. The answers are the same.
    folder
        An empty folder for the partitions; on a cluster, one that all workers see. Without: a
        temporary one that goes with the log.
    cluster
        A Dask client, or the address of a scheduler, to answer on its workers; needs
        ``jupyter-journey[cluster]``.

    Raises
    ------
    SourceError
        If the source is missing or can't be read.
    ColumnError
        If a column is missing or holds what it must not.
    ParameterError
        If the number of partitions can't be, or one customer's repeated rows could be in several.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"user": ["007"], "event": ["visit"], "time": ["2026-01-01T08:00Z"]})
    >>> read_events(frame, columns={"customer": "user"}).customers.tolist()
    ['007']
    >>> read_events(frame, columns={"customer": "user"}, partitions=4).n
    1
    """
    check_parts("events", columns or {})
    stamp = stamp_of(place_of(source))  # as it was before: a change while reading must tell
    source = opened(source)
    spec = _spec_of(source, columns or {}, spec, preset)
    if keep is not None:
        spec = spec.change(keep=tuple(keep))
    names = Pseudonyms.given(pseudonyms)
    if partitions is not None:
        _check_partitions(partitions, spec)
        tables = (_with_pseudonyms(table, names) for table in _tables(source, spec))
        name = _called(source, "stream")
        place = None if folder is None else Path(folder)
        return PartitionedLog.spilled(tables, name, partitions, place, cluster, _unique(spec))
    times = Times(spec)
    coded = [spec.columns[part] for part in ("customer", "event")]
    later = _later(source, spec)
    choice = _needed(spec) if later else None
    gathered = Gathered()
    name = ""
    for batch in batches(source, spec, coded, choice=choice, last=True):
        name = name or batch.source
        gathered.add(_typed(batch, spec, times))
    table, dropped = gathered.result(_unique(spec))
    table = _with_pseudonyms(table, names)
    origin = Origin(
        spec=spec,
        dropped=dropped,
        offsets=tuple(sorted(times.offsets)),
        place=place_of(source),
        stamp=stamp,
        key_id=names.key_id if names else "",
    )
    return EventLog(Rows(origin.on(table), _called(source, name), later))


def _check_partitions(partitions: int, spec: ReadingSpec) -> None:
    if not 1 <= partitions <= 1 << 16:
        reason = f"is {partitions!r}. Give a number from 1 to 65,536."
        raise ParameterError(template_name="events", parameter="partitions", reason=reason)
    if spec.unique and spec.columns["customer"] not in spec.unique:
        reason = (
            f"tells repeated rows by {', '.join(spec.unique)}: without the customer among them, "
            "such rows may lie in several partitions. Read the log without partitions."
        )
        raise ParameterError(template_name="events", parameter="unique", reason=reason)


def _tables(source: Any, spec: ReadingSpec) -> Iterator[pa.Table]:
    times = Times(spec)
    coded = [spec.columns[part] for part in ("customer", "event")]
    choice = None if spec.keep is None else _needed(spec, (*spec.keep, *spec.unique))
    for batch in batches(source, spec, coded, choice=choice, last=True):
        table = _typed(batch, spec, times)
        if table.num_rows:
            yield table


def _spec_of(
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


def _later(source: Any, spec: ReadingSpec) -> Later | None:
    """Return where further columns can be read when they are asked for; None if that's now.

    Of rows to be dropped as doubled, all columns tell which one stays.
    """
    if spec.format != "parquet" or spec.unique:
        return None
    found = tuple(heads(source))
    for head in found:
        for part, column in spec.columns.items():
            if column not in head.columns:
                raise _missing(part, column, head.columns, head.name)
    names = dict.fromkeys(name for head in found for name in head.columns)
    return Later(source, found, tuple(_others(list(names), spec)))


def _needed(spec: ReadingSpec, keep: Sequence[str] = ()) -> Choice:
    """Return what chooses the columns that play parts, and those to keep."""
    wanted = {*spec.columns.values(), *keep}
    return lambda schema: [name for name in schema.names if name in wanted]


def _typed(batch: Batch, spec: ReadingSpec, times: Times) -> pa.Table:
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
    others = {name: batch.table[name] for name in _others(batch.table.column_names, spec)}
    return pa.table(parts | others)


def _with_pseudonyms(table: pa.Table, names: Pseudonyms | None) -> pa.Table:
    """Return the table with pseudonyms for ids, if they are asked for."""
    if names is None:
        return table
    place = table.column_names.index("customer")
    return table.set_column(place, "customer", names.column(table["customer"]))


def _others(names: Sequence[str], spec: ReadingSpec) -> list[str]:
    """Return the further columns to keep; those that are called like a part can't be."""
    taken = {*spec.columns, *spec.columns.values()}
    return [
        name
        for name in names
        if name not in taken and (spec.keep is None or name in spec.keep or name in spec.unique)
    ]


def _unique(spec: ReadingSpec) -> list[str]:
    """Return the columns that tell a row, by the names they have in the log."""
    part_of = {column: part for part, column in spec.columns.items()}
    return [part_of.get(column, column) for column in spec.unique]


def _called(source: Any, first: str) -> str:
    """Return what messages call the log: the file, or the folder or pattern of several."""
    if not is_path(source):
        return first
    last = os.fspath(source).rstrip("/").rpartition("/")[2]
    return last or first
