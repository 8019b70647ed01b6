"""Rows that add nothing to one before them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.any_log import Log
from jupyter_journey.events.question import Question
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.store import Store

__all__ = ["Doubled", "doubled_rows"]


class Doubled(NamedTuple):
    """An event that stands there twice."""

    time: int
    """Microseconds since 1970 in UTC."""
    event: str


def doubled_rows(log: Log) -> tuple[int, Doubled | None]:
    """Count the rows equal to another in all columns; name the first.

    Only customers who did the same twice at the same moment can have any.
    """
    customers = log.ask(_Repeated())["customer"].tolist()
    if not customers:
        return 0, None
    counts, firsts = zip(*log.of_those(customers).each(_doubled), strict=True)
    found = [first for first in firsts if first is not None]
    return sum(counts), min(found) if found else None


class _Repeated(Question[pd.Series]):
    """Who did the same twice at the same moment."""

    def part(self, store: Store) -> pd.Series:
        """Compare each event with the one before it, which stands next to it if it is the same."""
        same = store.follows & (store.time[1:] == store.time[:-1])
        same &= store.event[1:] == store.event[:-1]
        codes = pa.array(np.unique(store.customer[1:][same]))
        return pd.Series(store.customers.take(codes).to_pylist(), dtype="string")

    def whole(self, parts: Sequence[pd.Series], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        return pd.DataFrame({"customer": pd.concat(parts)})


def _doubled(rows: Rows) -> tuple[int, Doubled | None]:
    """Compare all columns of rows."""
    table = rows.table
    plain = {
        name: column.combine_chunks().indices if pa.types.is_dictionary(column.type) else column
        for name, column in (
            (name, table[name].unify_dictionaries())
            for name in table.column_names
            if not pa.types.is_nested(table[name].type)
        )
    }
    keys = pa.table(plain)
    counted = keys.group_by(keys.column_names).aggregate([([], "count_all")])
    more = counted.filter(pc.greater(counted["count_all"], 1))
    if not more.num_rows:
        return 0, None
    names = table["event"].unify_dictionaries().combine_chunks().dictionary
    first = pc.min(more["time"])
    then = more.filter(pc.equal(more["time"], first))
    event = min(names.take(then["event"].combine_chunks()).to_pylist())
    return keys.num_rows - counted.num_rows, Doubled(first.cast(pa.int64()).as_py(), event)
