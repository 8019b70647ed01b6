"""Columns left in files until somebody asks for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.columnar import parquet_metadata
from jupyter_journey.events.inputs.gathering import Gathered
from jupyter_journey.events.inputs.opening import batches_of
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.inputs.streams import Item, items

__all__ = ["Head", "Later", "heads", "is_leaving"]

_LARGE = 1 << 28
"""Bytes of text from which on columns stay in the file; a smaller one is soon held whole."""
_BEGINNING = 1 << 20


@dataclass(frozen=True)
class Head:
    """What a file says of itself."""

    name: str
    columns: tuple[str, ...]
    mark: Any
    """What another content would change: a Parquet file's metadata, size and time of a text."""

    @property
    def told(self) -> str:
        """The mark as a text."""
        said = self.mark.to_dict() if hasattr(self.mark, "to_dict") else self.mark
        return json.dumps(said, default=str)


@dataclass(frozen=True)
class Later:
    """Where the further columns of a log are; read in the order of the rows read before."""

    source: Any
    spec: ReadingSpec
    heads: tuple[Head, ...]
    """The files as they were when the log was read."""
    names: tuple[str, ...]

    @property
    def told(self) -> str:
        """What the files told of themselves, as one text."""
        return json.dumps([(head.name, head.columns, head.told) for head in self.heads])

    def read(self, names: Sequence[str], chosen: pa.Array | None = None) -> pa.Table:
        """Return columns as they came, texts coded; null in files that lack them.

        Parameters
        ----------
        chosen
            Numbers of the rows to return, ascending; without: all.

        Raises
        ------
        SourceError
            If the files aren't those the log was read from any more.
        """
        if heads(self.source, self.spec) != self.heads:
            raise SourceError(
                source=str(self.source),
                reason=f"has changed since the log was read, so {', '.join(names)} can't be added",
                way_out="Read the log again",
            )
        gathered, row = Gathered(), 0
        rows = None if chosen is None else chosen.cast(pa.int64()).to_numpy()
        for item in items(self.source):
            for batch in batches_of(item, self.spec, names, lambda schema: _among(names, schema)):
                table, end = batch.table, row + batch.table.num_rows
                if rows is not None:
                    first, last = np.searchsorted(rows, [row, end])
                    table = table.take(pa.array(rows[first:last] - row))
                gathered.add(table)
                row = end
        return gathered.result()[0].select(list(names))


def is_leaving(source: Any, spec: ReadingSpec) -> bool:
    """Tell whether the columns nobody asked for are to stay in the files.

    Parquet gives them singly; of a large text they would fill the memory.
    """
    if spec.format == "parquet":
        return True
    if spec.format != "csv":
        return False
    found = items(source)
    return all(item.changed for item in found) and sum(item.size for item in found) >= _LARGE


def heads(source: Any, spec: ReadingSpec) -> tuple[Head, ...]:
    """Return what the files of a source say of themselves."""
    return tuple(_head(item, spec) for item in items(source))


def _head(item: Item, spec: ReadingSpec) -> Head:
    if spec.format == "parquet":
        metadata = parquet_metadata(item)
        return Head(item.name, tuple(metadata.schema.to_arrow_schema().names), metadata)
    first = next(batches_of(item, spec, size=_BEGINNING))
    return Head(item.name, tuple(first.table.column_names), (item.size, item.changed))


def _among(names: Sequence[str], schema: pa.Schema) -> list[str]:
    """Return those a file has, or else any one: a table without columns doesn't know its rows."""
    return [name for name in names if name in schema.names] or schema.names[:1]
