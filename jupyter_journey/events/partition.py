"""Some customers' events on disk."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from jupyter_journey.events.any_log import Step
from jupyter_journey.events.inputs.gathering import Gathered
from jupyter_journey.events.parsing import TEXT
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.store import Store, build

__all__ = ["Partition", "homes"]

_COLUMNS = ("first", "event", "time")


def homes(customers: Sequence[str], partitions: int) -> npt.NDArray[np.uint16]:
    """Return in which partition each customer lives: by a hash that is the same in every run."""
    hashes = pd.util.hash_array(np.asarray(customers, object), categorize=False)
    return (hashes % np.uint64(partitions)).astype(np.uint16)


@dataclass(frozen=True)
class Partition:
    """Where the events are, and which of them are asked about; travels to workers."""

    path: Path
    """A folder of Arrow streams with the events as codes; what was asked is kept there, sorted."""
    number: int
    """Which of the partitions it is, as :func:`homes` counts them."""
    names: tuple[str, ...]
    """Events by code, in order of appearance; the same for all partitions of a log."""
    columns: tuple[str, ...]
    """Names of all columns of the log, also those that are in other partitions only."""
    source: str
    unique: tuple[str, ...] = ()
    """Columns that together tell a row."""
    steps: tuple[Step, ...] = ()
    """What is done to the rows that were read."""
    key: str = ""
    """Tells the steps from others, in names of files."""
    called: tuple[str, ...] = ()
    """All names of events that the steps give, where they give others."""

    @property
    def events(self) -> tuple[str, ...]:
        """Names of the events, in label order."""
        return tuple(sorted(self.called or self.names))

    def then(self, step: Step, called: Sequence[str] = ()) -> Self:
        """Return the partition with one more step."""
        said = hashlib.sha256(self.key.encode() + pickle.dumps(step)).hexdigest()[:16]
        steps, events = (*self.steps, step), tuple(called) or self.called
        return replace(self, steps=steps, key=f"-{said}", called=events)

    def store(self, by: str | None = None) -> Store:
        """Return the events coded and sorted; sorted once for all questions, and then mapped."""
        if by is not None:
            return build(self.rows().comparing(by), by)
        if not self._file("names").exists():
            self._keep(build(self.rows().held))
        columns = {name: np.load(self._file(name), mmap_mode="r") for name in _COLUMNS}
        with pa.memory_map(str(self._file("names"))) as source:
            customers = pa.ipc.open_file(source).read_all()["customer"].combine_chunks()
        return Store(customers=customers, events=self.events, **columns)

    def rows(self) -> Rows:
        """Return the events as they were read, with all steps."""
        table, _ = self._read()
        for name in self.columns:
            if name not in table.column_names:
                table = table.append_column(name, pa.nulls(len(table), TEXT))
        rows = Rows(table.select(self.columns), self.source)
        for step in self.steps:
            rows = step(rows)
        return rows

    def dropped(self) -> int:
        """Count the rows left out because another agrees with them in all of ``unique``."""
        return self._read()[1] if self.unique else 0

    def _read(self) -> tuple[pa.Table, int]:
        gathered = Gathered()
        names = pa.array(self.names, pa.string())
        for path in sorted(self.path.glob("*.arrows")):
            with pa.OSFile(str(path)) as source:
                table = pa.ipc.open_stream(source).read_all()
            place = table.column_names.index("event")
            codes = table["event"].combine_chunks()
            event = pa.chunked_array([pa.DictionaryArray.from_arrays(codes, names)])
            gathered.add(table.set_column(place, "event", event))
        return gathered.result(self.unique)

    def _keep(self, store: Store) -> None:
        """Write the sorted columns; the names last, as they tell that all is there."""
        for name in _COLUMNS:
            np.save(self._file(name), getattr(store, name))
        names = pa.table({"customer": store.customers})
        unfinished = self.path / f"unfinished{self.key}"
        with pa.ipc.new_file(str(unfinished), names.schema) as writer:
            writer.write_table(names)
        unfinished.replace(self._file("names"))

    def _file(self, name: str) -> Path:
        return self.path / f"{name}{self.key}{'.arrow' if name == 'names' else '.npy'}"
