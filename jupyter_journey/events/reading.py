"""Event logs from whatever holds them: right, or refused with row and column."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, overload

from jupyter_journey.errors import ParameterError
from jupyter_journey.events.columns import (
    coded,
    identities,
    later_columns,
    narrowed,
    needed,
    spec_of,
    typed,
    unique,
)
from jupyter_journey.events.inputs.gathering import Gathered, give_back
from jupyter_journey.events.inputs.identities import Identities
from jupyter_journey.events.inputs.lifecycle import Lifecycle
from jupyter_journey.events.inputs.opening import batches, is_path, opened
from jupyter_journey.events.inputs.origin import Origin, place_of, stamp_of
from jupyter_journey.events.inputs.parts import check_parts
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.times import Times
from jupyter_journey.events.inputs.warehouse import Warehouse
from jupyter_journey.events.log import EventLog
from jupyter_journey.events.partitions import PartitionedLog
from jupyter_journey.events.periods import Period
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.selection import Selection
from jupyter_journey.privacy.pseudonyms import Pseudonyms, Wish

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["read_events"]


class _Options(TypedDict, total=False):
    query: str | None
    keep: str | Sequence[str] | None
    pseudonyms: Wish
    period: Period | str | None
    stages: Mapping[str, str | Sequence[str]] | None


@overload
def read_events(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    partitions: None = None,
    **options: Unpack[_Options],
) -> EventLog: ...


@overload
def read_events(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    partitions: int,
    folder: str | os.PathLike[str] | None = None,
    cluster: Client | str | None = None,
    **options: Unpack[_Options],
) -> PartitionedLog: ...


def read_events(
    source: Any,
    columns: Mapping[str, str] | None = None,
    spec: ReadingSpec | None = None,
    preset: str | None = None,
    *,
    query: str | None = None,
    keep: str | Sequence[str] | None = None,
    pseudonyms: Wish = False,
    period: Period | str | None = None,
    stages: Mapping[str, str | Sequence[str]] | None = None,
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
        fsspec), to files of separated text, JSON lines, Excel (needs openpyxl), Parquet or Arrow,
        text packed by gzip, bzip2 or xz or not; or a frame of pandas, Polars (a lazy one is
        collected) or Arrow, a relation of DuckDB (``duckdb.sql("SELECT …")``), or a table of Ibis:
        a warehouse then picks the columns, the period and the stages itself, and sends nothing
        else. With ``query``: a DuckDB file, or a connection of DuckDB or Ibis.
    columns
        Which column plays which part: ``customer``, ``event``, ``time`` and optionally
        ``sequence`` (whole numbers that order events at the same time). Default: the columns of
        these names. With ``device``, a row without a customer is its device's: one on which a
        single customer was ever seen is that customer's, another one is a customer for itself,
        called ``$device:`` and its id; presets name it where tools have one. All other columns are
        there for :meth:`EventLog.where`, unless ``keep`` says less; those of Parquet files, and of
        separated text from 256 MB on, are read when they are asked for.
    spec
        How the source is written, from :func:`jupyter_journey.sniff`; passing it confirms the
        columns it guesses.
    preset
        A known shape, such as ``mixpanel``; passing it confirms its columns. Of those of process
        mining, ``xes`` and ``bupar``, only rows count whose life cycle says ``complete``.
    query
        SQL that selects the rows from a database; a text as ``source`` is always a path. A journey
        keeps it in its source's spec, ``{"query": "SELECT …"}``, beside the path of the database.
        Of one that answers by Ibis, period and stages are taken there, too.
    keep
        Further column or columns to keep; unless said here or in the spec: all of them, of a
        warehouse none.
    pseudonyms
        Replace customers' ids: True under one's own key, a path under the key of that file, or
        :class:`jupyter_journey.privacy.Pseudonyms`. Ids in further columns stay: leave those out by
        ``keep``. What the journey's figures rest on is always read so.
    period
        Read only the events of these days, in UTC: ``"2026"``, ``"2026-Q1"``, ``"2026-01"``,
        ``"2026-01-01/2026-03-31"``.
    stages
        Read only events that have a stage, and call them like it: event or events by stage.
    partitions
        For a log that doesn't fit memory: into how many parts of customers it is dealt out on
        disk, up to 65,536; some millions of events in each go well. The log is read once, a piece
        at a time, and one partition at a time is in memory. The answers are the same. A journey
        keeps it in its source's spec, ``{"partitions": "16"}``.
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
    UnknownNameError
        If an event of ``stages`` isn't in the source.
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
    selection, names = Selection.of(period, stages), Pseudonyms.given(pseudonyms)
    place = place_of(source)
    stamp = stamp_of(place)  # as it was before: a change while reading must tell
    if query is not None:
        spec = (spec or ReadingSpec()).change(query=query)
    if spec and spec.query:
        source, spec = opened(source, spec.query), spec.change(format="table")
    else:
        source = opened(source)
    spec = spec_of(source, columns or {}, spec, preset)
    whose = identities(source, spec)
    if isinstance(source, Warehouse):
        spec = spec.change(keep=spec.keep or ())
        selection.check(source.events(spec.columns["event"]) if stages else ())
        source, selection = source.sending(spec, selection), replace(selection, mapped=True)
    if keep is not None:
        spec = spec.change(keep=(keep,) if isinstance(keep, str) else tuple(keep))
    partitions = partitions if partitions is not None else spec.partitions or None
    origin = Origin(spec, place=place, stamp=stamp)
    if partitions is None:
        rows = _rows(source, origin, selection, whose)
        return EventLog(rows.under(names) if names else rows)
    _check_unique(spec)
    pieces = _pieces(source, origin, selection, whose, names)
    name = _called(source, "stream")
    where = None if folder is None else Path(folder)
    return PartitionedLog.spilled(pieces, name, partitions, where, cluster, unique(spec))


def _rows(source: Any, origin: Origin, selection: Selection, whose: Identities | None) -> Rows:
    spec = origin.spec
    times, lifecycle = Times(spec), Lifecycle(spec)
    later = later_columns(source, spec)
    gathered = Gathered()
    name = ""
    for batch in batches(source, spec, coded(spec), choice=needed(spec, later), last=True):
        name = name or batch.source
        gathered.add(typed(batch, spec, times, lifecycle, whose))
    lifecycle.check()
    table, dropped = gathered.result(unique(spec))
    table = narrowed(table)
    give_back()
    offsets = tuple(sorted(times.offsets))
    left_out = lifecycle.left_out
    origin = replace(origin, dropped=dropped, incomplete=left_out, offsets=offsets)
    rows = Rows(origin.on(table), _called(source, name), later)
    selection.check(rows.held["event"].chunk(0).dictionary.to_pylist())
    return selection.applied(rows)


def _pieces(
    source: Any,
    origin: Origin,
    selection: Selection,
    whose: Identities | None,
    pseudonyms: Pseudonyms | None,
) -> Iterator[Rows]:
    spec = origin.spec
    times, lifecycle = Times(spec), Lifecycle(spec)
    names: set[str] = set()
    for batch in batches(source, spec, coded(spec), choice=needed(spec), last=True):
        table = typed(batch, spec, times, lifecycle, whose)
        offsets = tuple(sorted(times.offsets))
        seen = replace(origin, incomplete=lifecycle.left_out, offsets=offsets)
        rows = Rows(seen.on(table), batch.source)
        for chunk in rows.held["event"].chunks:
            names.update(chunk.dictionary.to_pylist())
        kept = selection.applied(rows)
        yield kept.under(pseudonyms) if pseudonyms else kept
    lifecycle.check()
    selection.check(names)


def _check_unique(spec: ReadingSpec) -> None:
    if spec.unique and spec.columns["customer"] not in spec.unique:
        reason = (
            f"tells repeated rows by {', '.join(spec.unique)}: without the customer among them, "
            "such rows may lie in several partitions. Read the log without partitions."
        )
        raise ParameterError(template_name="events", parameter="unique", reason=reason)


def _called(source: Any, first: str) -> str:
    """Return what messages call the log: the file, or the folder or pattern of several."""
    if not is_path(source):
        return first
    last = os.fspath(source).rstrip("/").rpartition("/")[2]
    return last or first
