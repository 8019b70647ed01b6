"""Batches put together to one table, its texts coded on the way so that they stay small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.parsing import TEXT, is_text
from jupyter_journey.events.store import are_in_order, code_type, ranks

__all__ = ["Gathered", "give_back"]

_MANY = 1 << 20
"""So many names may wait before they go into one dictionary: some 25 MB."""


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
        table = pa.table({name: _whole(column) for name, column in self._columns.items()})
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
    """One column: its chunks, for texts one array."""

    def __init__(self, name: str, before: int) -> None:
        self._name = name
        self._kind: pa.DataType | None = None
        self._chunks: list[pa.Array] = []
        self._texts = _Texts()
        self._rows = before  # null as long as the column's type isn't known

    def add(self, column: pa.ChunkedArray) -> None:
        if is_text(column.type):
            column = column.cast(pa.string()).dictionary_encode()
        if pa.types.is_null(column.type):
            self.fill(self._rows + len(column))
            return
        if self._kind is None:
            self._kind = column.type
            self._take([pa.nulls(self._rows, self._kind)])
        elif column.type != self._kind:
            raise ColumnError(
                source="the parts read",
                column=self._name,
                reason=f"is of type {self._kind} in one and {column.type} in another",
                way_out="Give it one type.",
            )
        self._take(column.chunks)
        self._rows += len(column)

    def fill(self, rows: int) -> None:
        if self._kind is not None and rows > self._rows:
            self._take([pa.nulls(rows - self._rows, self._kind)])
        self._rows = rows

    def result(self) -> pa.ChunkedArray:
        if self._kind is None:
            return pa.chunked_array([pa.nulls(self._rows, TEXT)])
        if self._kind == TEXT:
            return pa.chunked_array([self._texts.result()])
        whole, self._chunks = pa.chunked_array(self._chunks, self._kind), []
        if pa.types.is_dictionary(self._kind):
            return whole.unify_dictionaries()
        # In one piece, so that what sorts and asks needs no copy of its own.
        return pa.chunked_array([whole.combine_chunks()]) if _is_plain(self._kind) else whole

    def _take(self, chunks: Sequence[pa.Array]) -> None:
        if self._kind == TEXT:
            self._texts.add(chunks)
        else:
            self._chunks += chunks


def _whole(column: _Column) -> pa.ChunkedArray:
    """Return a column's result, the memory of its pieces given back."""
    result = column.result()
    give_back()
    return result


def give_back() -> None:
    """Let the system have what was freed: what comes next is too large for the gaps."""
    for pool in (pa.default_memory_pool(), pa.system_memory_pool()):
        pool.release_unused()


def _is_plain(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_timestamp(kind))


class _Texts:
    """Coded texts on their way to one array, codes by a dictionary that grows at its end."""

    def __init__(self) -> None:
        self._names = pa.array([], pa.string())
        self._codes = [pa.array([], pa.int32())]
        self._loose: list[pa.DictionaryArray] = []
        self._waiting = 0

    def add(self, chunks: Sequence[pa.DictionaryArray]) -> None:
        self._loose += chunks
        self._waiting += sum(len(chunk.dictionary) for chunk in chunks)
        if self._waiting > _MANY + len(self._names):
            self._share()

    def result(self) -> pa.DictionaryArray:
        """Return all as one array, its dictionary in label order; they are given away."""
        self._share()
        names = self._names
        order = pa.array(np.arange(len(names))) if are_in_order(names) else pc.sort_indices(names)
        places = pa.array(ranks(order).astype(code_type(len(names))))
        for place, codes in enumerate(self._codes):
            self._codes[place] = places.take(codes)
        whole, self._codes = pa.concat_arrays(self._codes), []
        return pa.DictionaryArray.from_arrays(whole, names.take(order))

    def _share(self) -> None:
        """Spare the memory of many dictionaries."""
        pieces = [self._names, *(chunk.dictionary for chunk in self._loose)]
        coded = pa.concat_arrays(pieces).dictionary_encode()
        places = coded.indices[len(self._names) :]
        for chunk in self._loose:
            self._codes.append(places[: len(chunk.dictionary)].take(chunk.indices))
            places = places[len(chunk.dictionary) :]
        self._names, self._loose, self._waiting = coded.dictionary, [], 0
        give_back()
