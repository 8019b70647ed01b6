"""Columns left in Parquet files until somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from jupyter_journey.errors import SourceError
from jupyter_journey.events.inputs.columnar import Head, parquet, parquet_head
from jupyter_journey.events.inputs.gathering import Gathered
from jupyter_journey.events.inputs.streams import items

__all__ = ["Later", "heads"]


@dataclass(frozen=True)
class Later:
    """Where the further columns of a log are; read in the order of the rows read before."""

    source: Any
    heads: tuple[Head, ...]
    """The files as they were when the log was read."""
    names: tuple[str, ...]

    def read(self, names: Sequence[str]) -> pa.Table:
        """Return columns as they came, texts coded; null in files that lack them.

        Raises
        ------
        SourceError
            If the files aren't those the log was read from any more.
        """
        now = tuple(heads(self.source))
        if len(now) != len(self.heads) or not all(map(Head.same, self.heads, now)):
            raise SourceError(
                source=str(self.source),
                reason=f"has changed since the log was read, so {', '.join(names)} can't be added",
                way_out="Read the log again",
            )
        gathered = Gathered()
        for item in items(self.source):
            for batch in parquet(item, names, lambda schema: _among(names, schema)):
                gathered.add(batch.table)
        return gathered.result()[0].select(list(names))


def heads(source: Any) -> Iterator[Head]:
    """Yield what the files of a source say of themselves."""
    return map(parquet_head, items(source))


def _among(names: Sequence[str], schema: pa.Schema) -> list[str]:
    return [name for name in names if name in schema.names]
