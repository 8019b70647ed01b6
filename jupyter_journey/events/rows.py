"""The rows of a log: a table, and columns that are read only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from time import time_ns

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.inputs.later import Later
from jupyter_journey.events.inputs.origin import Origin
from jupyter_journey.privacy.pseudonyms import Pseudonyms

__all__ = ["Rows"]


@dataclass
class Rows:
    """Rows as they were read; columns once asked for are remembered, nothing else changes."""

    held: pa.Table
    """The parts of an event, and the further columns read so far."""
    source: str
    """What messages call it."""
    later: Later | None = None
    """Where the other columns are."""
    chosen: pa.Array | None = None
    """The rows these are of those in the files; all of them unless said."""
    ended: int | None = None
    """When the observation ended, where it wasn't with the last of these rows."""
    names: list[str] = field(init=False)
    """All columns, in the order of the files."""

    def __post_init__(self) -> None:
        held = self.held.column_names
        further = self.later.names if self.later else ()
        self.names = [*held, *(name for name in further if name not in held)]

    @property
    def origin(self) -> Origin:
        """How they were read."""
        return Origin.of(self.held)

    @property
    def events(self) -> tuple[str, ...]:
        """Names of the events, in label order; also those a filter left no row of."""
        coded = self.held["event"].unify_dictionaries().combine_chunks()
        return tuple(sorted(coded.dictionary.to_pylist()))

    @cached_property
    def until(self) -> int | None:
        """When the observation ended, in microseconds since 1970; None where no row tells.

        That customers a filter keeps did nothing more was seen until all customers' last event;
        of a time still to come, nothing was.
        """
        if self.ended is not None:
            return self.ended
        last: int | None = pc.max(self.held["time"]).cast(pa.int64()).as_py()
        return None if last is None else min(last, time_ns() // 1000)

    @property
    def table(self) -> pa.Table:
        """All columns."""
        return self.having(*self.names).select(self.names)

    def having(self, *names: str) -> pa.Table:
        """Return the rows with at least these columns.

        Raises
        ------
        ColumnError
            If there is no such column; the nearest one is named.
        SourceError
            If a column is to be read from a file that has changed.
        """
        for name in names:
            if name not in self.names:
                raise self._no_column(name)
        lacking = [name for name in names if name not in self.held.column_names]
        if lacking and self.later:
            read = self.later.read(lacking, self.chosen)
            held = self.held
            for name in lacking:
                held = held.append_column(name, read[name])
            self.held = held
        return self.held

    def comparing(self, *names: str) -> pa.Table:
        """Return the rows with at least these columns, by whose values they are told apart.

        Raises
        ------
        ColumnError
            As :meth:`having`, and if a column holds lists or records.
        SourceError
            As :meth:`having`.
        """
        table = self.having(*names)
        for name in names:
            if pa.types.is_nested(table[name].type):
                raise ColumnError(
                    source=self.source,
                    column=name,
                    reason="holds lists or records, which can't be compared",
                    way_out="Make the part you mean a column of its own, and read that.",
                )
        return table

    def kept(self, mask: pa.ChunkedArray) -> Rows:
        """Return the rows where the mask is true; event names stay, even with no row left.

        They no longer are those of a place: figures from them must not pass as the whole file's.
        """
        held = self.held.filter(mask)
        if not held.num_rows:
            held = self.held.slice(0, 0)
        part = replace(self.origin, place="", stamp="")  # what is in the files is more than this
        rows = replace(self, held=part.on(held), ended=self.until)
        if self.later:
            places = pc.indices_nonzero(mask)
            rows.chosen = places if self.chosen is None else self.chosen.take(places)
        rows.names = self.names
        return rows

    def named(self, events: pa.ChunkedArray) -> Rows:
        """Return the rows with other events."""
        place = self.held.column_names.index("event")
        rows = replace(self, held=self.held.set_column(place, "event", events))
        rows.names = self.names
        return rows

    def under(self, names: Pseudonyms) -> Rows:
        """Return the rows with pseudonyms for their customers' ids."""
        place = self.held.column_names.index("customer")
        held = self.held.set_column(place, "customer", names.column(self.held["customer"]))
        rows = replace(self, held=replace(self.origin, key_id=names.key_id).on(held))
        rows.names = self.names
        return rows

    def _no_column(self, name: str) -> ColumnError:
        known: Sequence[str] = self.names
        close = get_close_matches(name, known, n=1, cutoff=0.6)
        way_out = f"Did you mean {close[0]!r}?" if close else f"Columns: {', '.join(known)}."
        return ColumnError(source=self.source, column=name, reason="doesn't exist", way_out=way_out)
