"""Sources that know their columns' types: frames, Arrow streams, Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pa_parquet

from jupyter_journey.errors import ColumnError, SourceError
from jupyter_journey.events.inputs.batches import Batch, counted_from
from jupyter_journey.events.inputs.streams import Item
from jupyter_journey.events.parsing import TEXT, is_text

__all__ = ["Stream", "frame", "is_streamable", "parquet", "parquet_names"]


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
        elif is_text(field.type):
            table = table.set_column(place, field.name, column.cast(pa.string()))
    return table


def parquet(item: Item, coded: Sequence[str], rows: int) -> Iterator[Batch]:
    """Yield a Parquet file's rows, at most so many at a time; they count from 0."""
    with item.opened() as source:
        try:
            file = pa_parquet.ParquetFile(source, read_dictionary=list(coded))
            row = 0
            for batch in file.iter_batches(rows):
                yield Batch(pa.Table.from_batches([batch]), item.name, counted_from(row))
                row += batch.num_rows
            schema = file.schema_arrow
        except (pa.ArrowInvalid, OSError) as error:
            raise _broken(item, error) from error
        yield Batch(schema.empty_table(), item.name, counted_from(row))


def parquet_names(item: Item) -> list[str]:
    """Return the columns of a Parquet file."""
    with item.opened() as source:
        try:
            return list(pa_parquet.read_schema(source).names)
        except (pa.ArrowInvalid, OSError) as error:
            raise _broken(item, error) from error


def _broken(item: Item, error: Exception) -> SourceError:
    reason = f"isn't a whole Parquet file ({str(error).splitlines()[0].rstrip('.')})"
    return SourceError(source=item.name, reason=reason, way_out="Fetch or write it again")


def _column(source: str, column: str, reason: str, way_out: str) -> ColumnError:
    return ColumnError(source=source, column=column, reason=reason, way_out=way_out)
