"""The event log: who did what when, with a method for every question."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from jupyter_journey.events import filters
from jupyter_journey.events.any_log import Log, Made, Step
from jupyter_journey.events.digests import digest
from jupyter_journey.events.inputs.origin import Origin
from jupyter_journey.events.partitions import PartitionedLog
from jupyter_journey.events.periods import Period
from jupyter_journey.events.question import Question, moment
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.store import Store, build

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["EventLog"]


class EventLog(Log):
    """Events of customers in order; made by :func:`jupyter_journey.read_events`, never changed.

    Events are ordered within a customer by time, then by the sequence column where there is one,
    then by the label of the event; so the order of the input's rows never matters. All counts are
    full: suppressing small groups is for whoever shows them.

    Examples
    --------
    >>> import pandas as pd
    >>> from jupyter_journey.events import read_events
    >>> log = read_events(pd.DataFrame({
    ...     "customer": ["a", "a", "b"],
    ...     "event": ["visit", "buy", "visit"],
    ...     "time": ["2026-01-01", "2026-01-03", "2026-01-02"],
    ... }))
    >>> log
    <EventLog frame: 3 events of 2 customers, 2026-01-01/2026-01-03>
    >>> log.funnel(["visit", "buy"])[["stage", "customers", "rate"]].values.tolist()
    [['visit', 2, 1.0], ['buy', 1, 0.5]]
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        """The rows as they were read."""
        self.source = rows.source
        """What the log was read from, for messages."""

    @cached_property
    def _store(self) -> Store:
        return build(self.rows.held)

    # What it holds

    @property
    def table(self) -> pa.Table:
        """The rows as they were read, further columns too, as an Arrow table."""
        return self.rows.table

    @property
    def origin(self) -> Origin:
        """How the log was read: the conventions, and what was left out."""
        return self.rows.origin

    @cached_property
    def customers(self) -> pd.Index[str]:
        """Ids of the customers with an event, in label order."""
        names: pd.Series[str] = self._store.customers.to_pandas()
        return pd.Index(names, dtype="string", name="customer")

    @property
    def events(self) -> pd.Index[str]:
        """Names of the events, in label order; a filter leaves them all."""
        return pd.Index(self.rows.events, dtype="string", name="event")

    @property
    def n(self) -> int:
        """Number of events."""
        return int(self.rows.held.num_rows)

    @property
    def columns(self) -> list[str]:
        """The columns :meth:`where` can filter on."""
        return list(self.rows.names)

    @property
    def first(self) -> pd.Timestamp | None:
        """Time of the first event, in UTC; None for an empty log."""
        return moment(int(self._store.time.min())) if self.n else None

    @property
    def last(self) -> pd.Timestamp | None:
        """Time of the last event, in UTC; None for an empty log."""
        return moment(int(self._store.time.max())) if self.n else None

    @property
    def until(self) -> pd.Timestamp | None:
        """When the observation ends, in UTC; None for an empty source.

        With the last event that was read, of whichever customer, or with the last moment of a
        period if the log was cut to one; where events lie in the future, now. Filters
        and segments keep it: that a customer was silent until then has been seen. Of a warehouse,
        what it doesn't send hasn't.
        """
        return moment(self.rows.until)

    @property
    def ties(self) -> float:
        """Share of events that have another one of the same customer at the same time."""
        return self._store.ties

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the rows, all their columns too; the same in any row order.

        Of columns still in the files, what tells that the files are others counts instead.
        """
        return digest(self.rows)

    def frame(self) -> pd.DataFrame:
        """Return the events in order: customer, event (both categories), time (UTC)."""
        store = self._store
        customers = pd.Index(store.customers.to_pandas())
        return pd.DataFrame(
            {
                "customer": pd.Categorical.from_codes(store.customer, customers),
                "event": pd.Categorical.from_codes(store.event, pd.Index(store.events)),
                "time": pd.Series(store.time.view("M8[us]")).dt.tz_localize("UTC"),
            }
        )

    # Filters

    def filtered(self, step: Step, period: Period | None = None) -> EventLog:  # noqa: ARG002
        """Return the log of the rows that a step makes; itself, sorted and coded, if of all."""
        rows = step(self.rows)
        return self if rows is self.rows else EventLog(rows)

    def renamed(self, step: Step, events: Sequence[str]) -> EventLog:  # noqa: ARG002
        """Return the log whose events a step calls by other names."""
        return self.filtered(step)

    def of_those(self, customers: Sequence[str]) -> EventLog:
        """Keep the events of these customers, by id."""
        return EventLog(filters.of_customers(self.rows, pa.array(customers, pa.string())))

    def segments(self, by: str) -> dict[str, EventLog]:
        """Split the log by customer: into one for each value of a column.

        A customer belongs, with all events, to the value of their first event; customers without
        a value are in none.

        Raises
        ------
        ColumnError
            If there is no such column.
        """
        return {
            group: EventLog(filters.of_customers(self.rows, names))
            for group, names in filters.groups(self.rows, by).items()
        }

    def partitioned(
        self,
        partitions: int,
        folder: str | os.PathLike[str] | None = None,
        cluster: Client | str | None = None,
    ) -> PartitionedLog:
        """Deal the log out to disk by customer: the same answers from a part of the memory.

        Parameters
        ----------
        partitions
            How many; the answers don't depend on it.
        folder
            Where to keep them; without: in a temporary folder that goes with the log.
        cluster
            A Dask client, or the address of a scheduler, to answer on its workers.
        """
        place = None if folder is None else Path(folder)
        return PartitionedLog.spilled([self.rows], self.source, partitions, place, cluster)

    def each(self, function: Callable[[Rows], Made]) -> list[Made]:
        """Return what a function makes of the rows: all of them are in memory."""
        return [function(self.rows)]

    def ask(self, question: Question[Any], by: str | None = None) -> pd.DataFrame:
        """Answer a question, such as one of your own: an object with ``part`` and ``whole``."""
        store = self._store
        if by is not None:
            store = build(self.rows.comparing(by), by)
        return question.whole([question.part(piece) for piece in store.pieces], store.events)

    def __repr__(self) -> str:
        span = f", {self.period}" if self.n else ""
        return f"<EventLog {self.source}: {self.n} events of {len(self.customers)} customers{span}>"
