"""Some customers' events on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from jupyter_journey.events import filters
from jupyter_journey.events.inputs.gathering import Gathered
from jupyter_journey.events.parsing import TEXT
from jupyter_journey.events.periods import Period
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.store import Store, build

__all__ = ["Partition"]

_COLUMNS = ("customer", "event", "time")


@dataclass(frozen=True)
class Partition:
    """Where the events are, and which of them are asked about; travels to workers."""

    path: Path
    """A folder of Arrow streams with the events as codes; the sorted columns are kept there."""
    events: tuple[str, ...]
    """Names by code, in order of appearance; the same for all partitions of a log."""
    columns: tuple[str, ...]
    """Names of all columns of the log, also those that are in other partitions only."""
    source: str
    unique: tuple[str, ...] = ()
    """Columns that together tell a row."""
    wheres: tuple[Mapping[str, filters.Scalar], ...] = ()
    periods: tuple[Period, ...] = ()

    def store(self, by: str | None = None) -> Store:
        """Return the events coded and sorted; without filters, sorted once and then mapped."""
        if by is not None:
            return build(self.rows().having(by), by)
        if self.wheres or self.periods:
            return build(self.rows().held)
        if not self._file("names").exists():
            self._keep(build(self.rows().held))
        columns = {name: np.load(self._file(name), mmap_mode="r") for name in _COLUMNS}
        with pa.memory_map(str(self._file("names"))) as source:
            customers = pa.ipc.open_file(source).read_all()["customer"].combine_chunks()
        return Store(customers=customers, events=tuple(sorted(self.events)), **columns)

    def rows(self) -> Rows:
        """Return the events as they were read, filtered."""
        gathered = Gathered()
        names = pa.array(self.events, pa.string())
        for path in sorted(self.path.glob("*.arrows")):
            with pa.OSFile(str(path)) as source:
                table = pa.ipc.open_stream(source).read_all()
            place = table.column_names.index("event")
            codes = table["event"].combine_chunks()
            event = pa.chunked_array([pa.DictionaryArray.from_arrays(codes, names)])
            gathered.add(table.set_column(place, "event", event))
        table, _ = gathered.result(self.unique)
        for name in self.columns:
            if name not in table.column_names:
                table = table.append_column(name, pa.nulls(len(table), TEXT))
        rows = Rows(table.select(self.columns), self.source)
        for where in self.wheres:
            rows = filters.matching(rows, where)
        for period in self.periods:
            rows = filters.within(rows, period)
        return rows

    def _keep(self, store: Store) -> None:
        """Write the sorted columns; the names last, as they tell that all is there."""
        for name in _COLUMNS:
            np.save(self._file(name), getattr(store, name))
        names = pa.table({"customer": store.customers})
        unfinished = self.path / "unfinished"
        with pa.ipc.new_file(str(unfinished), names.schema) as writer:
            writer.write_table(names)
        unfinished.replace(self._file("names"))

    def _file(self, name: str) -> Path:
        return self.path / f"{name}{'.arrow' if name == 'names' else '.npy'}"
