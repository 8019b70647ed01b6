"""A piece of a source: columns as they came, and the number of each row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from jupyter_journey.events.parsing import Place

__all__ = ["Batch", "counted_from"]


@dataclass(frozen=True)
class Batch:
    """Rows of one file or frame; texts unless the source knows types."""

    table: pa.Table
    source: str
    """What messages call the source."""
    row_of: Callable[[int], int]
    """The number of a row as its owner sees it, by position in this batch."""

    def place(self, column: str) -> Place:
        """Return a column's place, for messages."""
        return Place(self.source, column, self.row_of)


def counted_from(first: int) -> Callable[[int], int]:
    """Return the numbering that goes on from the first row."""
    return lambda position: position + first
