"""Sources that know their columns' types: frames, Arrow, Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pa_parquet

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.events.inputs.batches import Batch, counted_from
from jupyter_journey.events.inputs.streams import CHUNK, Item
from jupyter_journey.events.parsing import TEXT, is_text

__all__ = [
    "ARROW_FILE",
    "Choice",
    "Stream",
    "arrow",
    "frame",
    "is_lazy",
    "is_streamable",
    "parquet",
    "parquet_metadata",
]

ARROW_FILE = b"ARROW1\0\0"
"""How an Arrow file begins, other than a stream."""

_ROW = 16
"""Bytes a row of Parquet takes at least, once read."""


def frame(data: pd.DataFrame) -> Iterator[Batch]:
    """Yield a pandas frame as one batch; rows count from 0."""
    arrays = {}
    names = list(map(str, data.columns))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise _column("frame", twice, "stands there more than once", "Rename one of them.")
    for name, (_, column) in zip(names, data.items(), strict=True):
        try:
            arrays[name] = pa.chunked_array([pa.array(column, from_pandas=True)])
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            way_out = "Turn it into text, or drop it."
            raise _column("frame", name, "mixes values of several types", way_out) from error
    yield Batch(pa.table(arrays), "frame", counted_from(0))


def is_streamable(data: Any) -> bool:
    """Tell whether something hands out Arrow data: Polars, Arrow, DuckDB and Ibis do."""
    return hasattr(data, "__arrow_c_stream__")


def is_lazy(data: Any) -> bool:
    """Tell whether something is a frame of Polars still to be computed, without importing that."""
    polars = sys.modules.get("polars")
    return polars is not None and isinstance(data, polars.LazyFrame)


class Stream:
    """Anything that hands out Arrow data, read but once: a query may answer otherwise again.

    What was looked at is kept and comes again, until :meth:`last` is called for.
    """

    def __init__(self, data: Any) -> None:
        self._name = type(data).__name__
        self._reader = pa.RecordBatchReader.from_stream(data)
        self._seen: list[Batch] = []
        self._rest = self._batches()

    def __iter__(self) -> Iterator[Batch]:
        yield from list(self._seen)
        for batch in self._rest:
            self._seen.append(batch)
            yield batch

    def last(self) -> Iterator[Batch]:
        """Yield all batches for the last time, keeping none."""
        while self._seen:
            yield self._seen.pop(0)
        yield from self._rest

    def _batches(self) -> Iterator[Batch]:
        row = 0
        for batch in self._reader:
            yield Batch(_plain(pa.Table.from_batches([batch])), self._name, counted_from(row))
            row += batch.num_rows
        yield Batch(_plain(self._reader.schema.empty_table()), self._name, counted_from(row))


def _plain(table: pa.Table) -> pa.Table:
    """Return texts in the one layout that everything can be done with."""
    for place, field in enumerate(table.schema):
        column = table.column(place)
        if pa.types.is_dictionary(field.type) and is_text(field.type.value_type):
            chunks = [
                pa.DictionaryArray.from_arrays(
                    chunk.indices.cast(pa.int32()), chunk.dictionary.cast(pa.string())
                )
                for chunk in column.chunks
            ]
            table = table.set_column(place, field.name, pa.chunked_array(chunks, TEXT))
        elif (kind := _plain_type(field.type)) != field.type:
            table = table.set_column(place, field.name, column.cast(kind))
    return table


def _plain_type(kind: pa.DataType) -> pa.DataType:
    """Return a type with its texts in that layout, those in lists and records, too."""
    if is_text(kind):
        return pa.string()
    if pa.types.is_list(kind):
        return pa.list_(_plain_type(kind.value_type))
    if pa.types.is_large_list(kind):
        return pa.large_list(_plain_type(kind.value_type))
    if pa.types.is_struct(kind):
        fields = [kind.field(place) for place in range(kind.num_fields)]
        return pa.struct([field.with_type(_plain_type(field.type)) for field in fields])
    return kind


Choice = Callable[[pa.Schema], Sequence[str]]
"""Says which columns of a file are needed."""


def parquet(
    item: Item, coded: Sequence[str] = (), choice: Choice | None = None, size: int = CHUNK
) -> Iterator[Batch]:
    """Yield a Parquet file's columns without rows, then its rows; these count from 0.

    Parameters
    ----------
    coded
        Columns of text to be read as codes, which is how most files hold them.
    choice
        Without: all columns are read.
    size
        At most so many bytes are held at a time.
    """
    with item.opened() as source:
        try:
            metadata = pa_parquet.read_metadata(source)
            known = metadata.schema.to_arrow_schema()
            texts = [one.name for one in known if is_text(one.type) and one.name in coded]
            file = pa_parquet.ParquetFile(source, metadata=metadata, read_dictionary=texts)
            schema = file.schema_arrow
            names = None
            if choice is not None:
                names = list(choice(schema))
                schema = pa.schema([schema.field(name) for name in names])
            yield Batch(schema.empty_table(), item.name, counted_from(0))
            row = 0
            # Batches that cross row groups repeat the dictionaries of both.
            for group in range(file.num_row_groups):
                for batch in file.iter_batches(size // _ROW + 1, row_groups=[group], columns=names):
                    yield Batch(pa.Table.from_batches([batch]), item.name, counted_from(row))
                    row += batch.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise _broken(item, "Parquet", error) from error


def arrow(item: Item, choice: Choice | None = None) -> Iterator[Batch]:
    """Yield the columns of an Arrow file (as Feather is) or stream without rows, then its rows."""
    with item.opened() as source:
        try:
            is_file = source.read(len(ARROW_FILE)) == ARROW_FILE
            source.seek(0)
            reader = pa.ipc.open_file(source) if is_file else pa.ipc.open_stream(source)
            names = reader.schema.names if choice is None else list(choice(reader.schema))
            empty = reader.schema.empty_table().select(names)
            yield Batch(_plain(empty), item.name, counted_from(0))
            held = range(reader.num_record_batches) if is_file else ()
            row = 0
            for piece in map(reader.get_batch, held) if is_file else reader:
                table = pa.Table.from_batches([piece]).select(names)
                yield Batch(_plain(table), item.name, counted_from(row))
                row += piece.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise _broken(item, "Arrow", error) from error


def parquet_metadata(item: Item) -> pa_parquet.FileMetaData:
    """Return what a Parquet file says of itself, without its rows."""
    with item.opened() as source:
        try:
            return pa_parquet.read_metadata(source)
        except (pa.ArrowInvalid, OSError) as error:
            raise _broken(item, "Parquet", error) from error


def _broken(item: Item, kind: str, error: Exception) -> SourceError:
    reason = f"isn't a whole {kind} file ({str(error).splitlines()[0].rstrip('.')})"
    return SourceError(source=item.name, reason=reason, way_out="Fetch or write it again")


def _column(source: str, column: str, reason: str, way_out: str) -> ColumnError:
    return ColumnError(source=source, column=column, reason=reason, way_out=way_out)
