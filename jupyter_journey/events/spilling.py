"""Events dealt out to partitions by customer, as they stream by."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from jupyter_journey.events.partition import Partition

__all__ = ["spill"]

_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")


def spill(
    tables: Iterable[pa.Table], partitions: int, folder: Path, source: str
) -> list[Partition]:
    """Write the tables' rows to one file per partition; return those that have any.

    Parameters
    ----------
    tables
        With ``customer`` and ``event`` coded, ``time`` in UTC, ``sequence`` if there is one, and
        any further columns; all of one form.
    """
    codes: dict[str, int] = {}
    used: list[Path] = []
    with ExitStack() as open_files:
        writers: dict[int, pa.RecordBatchWriter] = {}
        for table in tables:
            place = _places(table["customer"], partitions)
            order = pa.array(np.argsort(place, kind="stable"))
            rows = _plain(table, codes).take(order)
            ends = np.cumsum(np.bincount(place, minlength=partitions))
            for number, (begin, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
                if begin == end:
                    continue
                if number not in writers:
                    used.append(folder / f"part-{number:04}.arrows")
                    sink = open_files.enter_context(pa.OSFile(str(used[-1]), "wb"))
                    writers[number] = open_files.enter_context(
                        pa.ipc.new_stream(sink, rows.schema, options=_PACKED)
                    )
                writers[number].write_table(rows.slice(begin, end - begin))
    return [Partition(path, tuple(codes), source) for path in sorted(used)]


def _places(customers: pa.ChunkedArray, partitions: int) -> npt.NDArray[np.uint16]:
    """Return the partition of each row: by a hash of the id, the same in every run."""
    coded = customers.unify_dictionaries().combine_chunks()
    names = coded.dictionary.to_numpy(zero_copy_only=False)
    hashes = pd.util.hash_array(names, categorize=False) % np.uint64(partitions)
    places: npt.NDArray[np.uint16] = hashes.astype(np.uint16)
    return np.asarray(places[coded.indices.to_numpy()])


def _plain(table: pa.Table, codes: dict[str, int]) -> pa.Table:
    """Return the table with customers as text, and events by the codes of all tables so far."""
    event = table["event"].unify_dictionaries().combine_chunks()
    known = [codes.setdefault(name, len(codes)) for name in event.dictionary.to_pylist()]
    ranks = pa.array(np.array(known, np.int32)).take(event.indices)
    columns = {
        name: table[name].cast(pa.string()) if _is_coded(table[name]) else table[name]
        for name in table.column_names
    }
    return pa.table(columns | {"event": ranks})


def _is_coded(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_dictionary(column.type))
