"""Batches put together to one table, its texts coded on the way so that they stay small."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.parsing import TEXT, is_text
from jupyter_journey.events.store import ranks

__all__ = ["Gathered", "shared"]

_MANY = 1 << 22
"""So many names may wait before they go into one dictionary: some 100 MB."""


class Gathered:
    """Collects batches; a column that some of them lack is null there."""

    def __init__(self) -> None:
        self._columns: dict[str, _Column] = {}
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Take a batch."""
        for name in table.column_names:
            if name not in self._columns:
                self._columns[name] = _Column(name, self._rows)
            self._columns[name].add(table[name])
        self._rows += table.num_rows
        for column in self._columns.values():
            column.fill(self._rows)

    def result(self, unique: Sequence[str] = ()) -> tuple[pa.Table, int]:
        """Return the table, one row of those that agree in all ``unique`` columns, and the rest.

        Of such rows the one is kept whose other values come last in order, so that the order of
        the rows doesn't matter. Rows without a value in one of these columns are all kept.
        """
        table = pa.table({name: column.result() for name, column in self._columns.items()})
        keys = [name for name in unique if name in table.column_names]
        if not keys or len(keys) < len(unique) or not table.num_rows:
            return table, 0
        frame = table.select(keys).to_pandas()
        whole = frame.notna().all(axis=1) & (frame.astype("string") != "").all(axis=1)
        again = frame.duplicated(keep=False) & whole
        if not again.any():
            return table, 0
        doubled = table.filter(pa.array(again.to_numpy())).to_pandas()
        doubled["row"] = again.to_numpy().nonzero()[0]
        # Which columns come first depends on the rows, if not all rows have all of them.
        others = sorted(name for name in table.column_names if name not in keys)
        ranked = doubled.assign(**{name: doubled[name].astype("string") for name in others})
        kept = ranked.sort_values(others).drop_duplicates(keys, keep="last")["row"]
        mask = ~again.to_numpy()
        mask[kept.to_numpy()] = True
        return table.filter(pa.array(mask)), int((~mask).sum())


class _Column:
    """One column: chunks, and for texts one dictionary that all chunks share from time to time."""

    def __init__(self, name: str, before: int) -> None:
        self._name = name
        self._kind: pa.DataType | None = None
        self._chunks: list[pa.Array] = []
        self._before = before  # rows that came before the column's type was known
        self._rows = 0
        self._loose = 0
        self._shared = 0

    def add(self, column: pa.ChunkedArray) -> None:
        if is_text(column.type):
            column = column.cast(pa.string()).dictionary_encode()
        if pa.types.is_null(column.type):
            self.fill(self._before + self._rows + len(column))
            return
        if self._kind is None:
            self._kind = column.type
        elif column.type != self._kind:
            raise ColumnError(
                source="the parts read",
                column=self._name,
                reason=f"is of type {self._kind} in one and {column.type} in another",
                way_out="Give it one type.",
            )
        self._chunks += column.chunks
        self._rows += len(column)
        if column.type == TEXT:
            self._loose += sum(len(chunk.dictionary) for chunk in column.chunks)
            if self._loose > _MANY + 2 * self._shared:
                self._share()

    def fill(self, rows: int) -> None:
        lacking = rows - self._before - self._rows
        if self._kind is None:
            self._before += lacking
        elif lacking > 0:
            self._chunks.append(pa.nulls(lacking, self._kind))
            self._rows += lacking

    def result(self) -> pa.ChunkedArray:
        self._kind = self._kind or TEXT
        if self._before:
            self._chunks.insert(0, pa.nulls(self._before, self._kind))
        if self._kind == TEXT:
            self._share()
        whole = pa.chunked_array(self._chunks, self._kind)
        return whole.unify_dictionaries() if pa.types.is_dictionary(self._kind) else whole

    def _share(self) -> None:
        """Spare the memory of many dictionaries; it costs linear time."""
        self._chunks = [shared(self._chunks)]
        self._shared, self._loose = len(self._chunks[0].dictionary), 0


def shared(chunks: Sequence[pa.DictionaryArray]) -> pa.DictionaryArray:
    """Return coded texts as one array, its dictionary in label order."""
    pieces = [chunk.dictionary for chunk in chunks]
    names = pa.concat_arrays([*pieces, pa.array([], pa.string())]).dictionary_encode()
    order = pc.sort_indices(names.dictionary)
    places = pa.array(ranks(order)).take(names.indices)
    codes = []
    for chunk, piece in zip(chunks, pieces, strict=True):
        codes.append(places[: len(piece)].take(chunk.indices))
        places = places[len(piece) :]
    whole = pa.concat_arrays([*codes, pa.array([], pa.int32())])
    return pa.DictionaryArray.from_arrays(whole, names.dictionary.take(order))
