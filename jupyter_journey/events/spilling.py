"""Events dealt out to partitions by customer, as they stream by."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pyarrow as pa

from jupyter_journey.events.partition import Partition, homes

__all__ = ["spill"]

_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")


def spill(
    tables: Iterable[pa.Table], partitions: int, folder: Path, source: str
) -> list[Partition]:
    """Write the tables' rows to one folder per partition; return those that have any.

    Parameters
    ----------
    tables
        With ``customer`` and ``event`` coded, ``time`` in UTC, ``sequence`` if there is one, and
        any further columns, which needn't be in all tables.
    """
    codes: dict[str, int] = {}
    columns: dict[str, None] = {}
    writers: dict[int, _Writer] = {}
    with ExitStack() as writing:
        for table in tables:
            columns.update(dict.fromkeys(table.column_names))
            for number, rows in _dealt(table, partitions, codes):
                if number not in writers:
                    place = folder / f"part-{number:05}"
                    place.mkdir()
                    writers[number] = writing.enter_context(closing(_Writer(place)))
                writers[number].write(rows)
    return [
        Partition(writer.folder, number, tuple(codes), tuple(columns), source)
        for number, writer in sorted(writers.items())
    ]


class _Writer:
    """Writes tables to a folder, those of one form to one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._form: pa.Schema | None = None
        self._files = ExitStack()
        self._count = 0

    def write(self, table: pa.Table) -> None:
        if table.schema != self._form:
            self.close()
            path = self.folder / f"{self._count:05}.arrows"
            sink = self._files.enter_context(pa.OSFile(str(path), "wb"))
            stream = pa.ipc.new_stream(sink, table.schema, options=_PACKED)
            self._stream = self._files.enter_context(stream)
            self._form, self._count = table.schema, self._count + 1
        self._stream.write_table(table)

    def close(self) -> None:
        self._files.close()


def _dealt(
    table: pa.Table, partitions: int, codes: dict[str, int]
) -> Iterable[tuple[int, pa.Table]]:
    """Yield each partition's rows: customers by a dictionary of its own, events by ``codes``."""
    customer = table["customer"].unify_dictionaries().combine_chunks()
    names = customer.dictionary.to_numpy(zero_copy_only=False)
    home = homes(names, partitions)
    at_home = np.argsort(home, kind="stable")
    sizes = np.bincount(home, minlength=partitions)
    starts = np.cumsum(sizes) - sizes
    code = np.empty(len(names), np.int32)
    code[at_home] = np.arange(len(names)) - np.repeat(starts, sizes)

    rows = customer.indices.to_numpy()
    place = home[rows]
    order = np.argsort(place, kind="stable")
    ends = np.cumsum(np.bincount(place, minlength=partitions))
    whole = _plain(table, codes).append_column("customer", pa.array(code[rows])).take(order)
    position = whole.column_names.index("customer")
    for number, (begin, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
        if begin < end:
            part = whole.slice(begin, end - begin)
            own = at_home[starts[number] : starts[number] + sizes[number]]
            labels = customer.dictionary.take(pa.array(own))
            coded = pa.DictionaryArray.from_arrays(part["customer"].combine_chunks(), labels)
            yield number, part.set_column(position, "customer", coded)


def _plain(table: pa.Table, codes: dict[str, int]) -> pa.Table:
    """Return all but the customers: events by the codes of all tables so far, others as texts."""
    event = table["event"].unify_dictionaries().combine_chunks()
    known = [codes.setdefault(name, len(codes)) for name in event.dictionary.to_pylist()]
    columns = {
        name: table[name].cast(pa.string()) if _is_coded(table[name]) else table[name]
        for name in table.column_names
        if name not in ("customer", "event")
    }
    return pa.table({"event": pa.array(np.array(known, np.int32)).take(event.indices)} | columns)


def _is_coded(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_dictionary(column.type))
