"""The event log: who did what when, with a method for every question."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from jupyter_journey.events import filters
from jupyter_journey.events.digests import digest
from jupyter_journey.events.inputs.origin import Origin
from jupyter_journey.events.partitions import PartitionedLog
from jupyter_journey.events.path_questions import PathQuestions
from jupyter_journey.events.periods import Period
from jupyter_journey.events.question import Question, moment
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.stage_questions import StageQuestions
from jupyter_journey.events.store import Store, build

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["EventLog"]


class EventLog(PathQuestions, StageQuestions):
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
        return pd.Index(self._store.events, dtype="string", name="event")

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
    def period(self) -> Period | None:
        """First and last day with an event, in UTC; None for an empty log."""
        if self.first is None or self.last is None:
            return None
        return Period(self.first.date(), self.last.date())

    @property
    def ties(self) -> float:
        """Share of events that have another one of the same customer at the same time."""
        return self._store.ties

    @property
    def tie_rule(self) -> str:
        """What decides the order of events at the same time."""
        return "sequence" if "sequence" in self.rows.names else "label of the event"

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

    def where(self, conditions: Mapping[str, filters.Scalar]) -> EventLog:
        """Keep the events whose columns hold these values.

        Parameters
        ----------
        conditions
            Value by column: text, number, or true and false; for a column of times a day, a month
            or a moment, in UTC.

        Raises
        ------
        ColumnError
            If there is no such column, or it can't be compared with the value.
        SourceError
            If the column is still in the file, and the file isn't the one that was read any more.
        """
        return self._with(filters.matching(self.rows, conditions))

    def of_customers(self, conditions: Mapping[str, filters.Scalar]) -> EventLog:
        """Keep customers, with all their events: those whose first event holds these values.

        The same rule as that of :meth:`segments`: what a customer is, the first event says. So
        ``{"plan": "team"}`` keeps whole histories, of those who came as a team, events before and
        after a change of plan included; customers whose first event has no value are left out.

        Raises
        ------
        ColumnError
            As :meth:`where`.

        Examples
        --------
        >>> import pandas as pd
        >>> from jupyter_journey.events import read_events
        >>> rows = [("a", "visit", "ad"), ("a", "buy", "shop"), ("b", "visit", "shop")]
        >>> frame = pd.DataFrame(rows, columns=["customer", "event", "channel"])
        >>> log = read_events(frame.assign(time=pd.date_range("2026-01-01", periods=3)))
        >>> log.of_customers({"channel": "ad"}).n, log.where({"channel": "ad"}).n
        (2, 1)
        """
        return self._with(filters.of_first_events(self.rows, conditions))

    def between(self, period: Period | str) -> EventLog:
        """Keep a period, in UTC: ``2026``, ``2026-Q1``, ``2026-01``, ``2026-01-01/2026-03-31``."""
        span = Period.parse(period) if isinstance(period, str) else period
        return self._with(filters.within(self.rows, span))

    def _with(self, rows: Rows) -> EventLog:
        """Return the log of other rows; itself, sorted and coded as it may be, if all are kept."""
        return self if rows is self.rows else EventLog(rows)

    def segments(self, by: str) -> dict[str, EventLog]:
        """Split the log by customer: into one for each value of a column.

        A customer belongs, with all events, to the value of their first event; customers without
        a value are in none.

        Raises
        ------
        ColumnError
            If there is no such column.
        """
        store = build(self.rows.having(by), by)
        return {
            group: EventLog(filters.of_customers(self.rows, names))
            for code, group in enumerate(store.groups or ())
            if group is not None
            and len(names := store.customers.filter(pa.array(store.group == code)))
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

    def ask(self, question: Question[Any], by: str | None = None) -> pd.DataFrame:
        """Answer a question, such as one of your own: an object with ``part`` and ``whole``."""
        store = self._store
        if by is not None:
            store = build(self.rows.having(by), by)
        return question.whole([question.part(store)], store.events)

    def __len__(self) -> int:
        return self.n

    def __repr__(self) -> str:
        span = f", {self.period}" if self.n else ""
        return f"<EventLog {self.source}: {self.n} events of {len(self.customers)} customers{span}>"
