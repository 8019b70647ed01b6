"""Rows that tell the beginning and the end of an activity apart: only its end is counted."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.errors import ColumnError
from jupyter_journey.events.inputs.spec import ReadingSpec
from jupyter_journey.events.parsing import Place, dictionary

__all__ = ["Lifecycle"]


class Lifecycle:
    """Keeps the rows that say ``complete``, batch by batch; all of them without such a column."""

    def __init__(self, spec: ReadingSpec) -> None:
        self.column = spec.lifecycle
        self.left_out = 0
        self._begun: set[str] = set()
        self._done: set[str] = set()
        self._source = ""

    def kept(self, table: pa.Table, states: pa.ChunkedArray, place: Place) -> pa.Table:
        """Return a batch's rows that are complete, whatever the case of the word.

        Raises
        ------
        ColumnError
            If a row has no state.
        """
        texts = pc.utf8_lower(dictionary(states, place).cast(pa.string()))
        complete = table.filter(pc.equal(texts, "complete"))
        self._begun.update(_names(table))
        self._done.update(_names(complete))
        self.left_out += table.num_rows - complete.num_rows
        self._source = place.source
        return complete

    def check(self) -> None:
        """Refuse activities no row of which is complete: leaving them out would hide them.

        Raises
        ------
        ColumnError
            With their names.
        """
        never = sorted(self._begun - self._done)
        if never:
            raise ColumnError(
                source=self._source,
                column=self.column,
                candidates=tuple(never),
                reason=f"says complete in no row of {', '.join(map(repr, never[:5]))}",
                way_out="Give them one, or count every row: pass a spec with lifecycle=''.",
            )


def _names(table: pa.Table) -> list[str]:
    names: list[str] = pc.unique(table["event"].cast(pa.string())).to_pylist()
    return names
