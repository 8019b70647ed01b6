"""Tables of a warehouse through Ibis: projected, filtered and mapped there."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from jupyter_journey.events.inputs.batches import Batch, counted_from
from jupyter_journey.events.inputs.columnar import Choice, Stream
from jupyter_journey.events.inputs.spec import ReadingSpec

if TYPE_CHECKING:
    from jupyter_journey.events.selection import Selection

__all__ = ["Warehouse", "is_warehouse"]


def is_warehouse(source: Any) -> bool:
    """Tell whether a source is a table or query of Ibis, without importing that."""
    ibis = sys.modules.get("ibis")
    return ibis is not None and isinstance(source, ibis.Table)


class Warehouse:
    """A table or query that stays where it is until its rows are needed."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def batches(self, choice: Choice | None) -> Iterator[Batch]:
        """Yield the chosen columns without rows, which takes no query, then their rows."""
        schema = self.table.schema().to_pyarrow()
        names = schema.names if choice is None else list(choice(schema))
        empty = schema.empty_table().select(names)
        yield Batch(empty, type(self.table).__name__, counted_from(0))
        if names:
            yield from Stream(self.table.select(names)).last()

    def events(self, column: str) -> list[str]:
        """Return the names of all events, which the warehouse looks for."""
        names = self.table.select(event=self.table[column].cast("string")).distinct()
        return [name for name in names.to_pyarrow()["event"].to_pylist() if name is not None]

    def different(self, columns: Sequence[str]) -> Warehouse:
        """Return the different rows of some columns, which the warehouse looks for."""
        return Warehouse(self.table.select(*columns).distinct())

    def sending(self, spec: ReadingSpec, selection: Selection) -> Warehouse:
        """Return the rows that are needed, events called like their stages.

        Those without an event or a time are among them, for the reading to refuse, and all times
        that are text or numbers, as only the reading knows what they mean.
        """
        table, event, time = self.table, spec.columns["event"], spec.columns["time"]
        bounds = _bounds(table[time].type(), spec, selection)
        if bounds is not None:
            inside = (table[time] >= bounds[0]) & (table[time] < bounds[1])
            table = table.filter(inside | table[time].isnull())
        if selection.stages is not None:
            name = table[event].cast("string")
            table = table.filter(name.isin(list(selection.stage_of)) | name.isnull())
            staged = table[event].cast("string").substitute(selection.stage_of)
            table = table.mutate(**{event: staged})
        return Warehouse(table)


def _bounds(kind: Any, spec: ReadingSpec, selection: Selection) -> tuple[Any, Any] | None:
    """Return the period's first moment and end as the column counts."""
    period = selection.period
    if period is None or not (kind.is_timestamp() or kind.is_date()):
        return None
    zoned = kind.is_timestamp() and kind.timezone is not None
    # Elsewhere days begin up to a day sooner or later; the reading takes off what is too much.
    margin = timedelta(days=0 if zoned or spec.zone == "UTC" else 1)
    begin, end = period.begin - margin, period.end + margin
    if kind.is_date():
        return begin.date(), end.date()
    return (begin, end) if zoned else (_naive(begin), _naive(end))


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
