"""The event log: who did what when, with a method for every question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd
import pyarrow as pa

from jupyter_journey.events import filters
from jupyter_journey.events.funnel import funnel
from jupyter_journey.events.passages import Stages
from jupyter_journey.events.periods import Period
from jupyter_journey.events.reach import reach
from jupyter_journey.events.stage_times import stage_times
from jupyter_journey.events.store import Store, build
from jupyter_journey.events.transitions import transitions
from jupyter_journey.events.waits import waits

__all__ = ["EventLog"]


class EventLog:
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

    def __init__(self, table: pa.Table, source: str) -> None:
        self._table = table
        self.source = source
        """What the log was read from, for messages."""

    @cached_property
    def _store(self) -> Store:
        return build(self._table)

    # What it holds

    @property
    def customers(self) -> pd.Index[str]:
        """Ids of the customers with an event, in label order."""
        return pd.Index(self._store.customers, dtype="string", name="customer")

    @property
    def events(self) -> pd.Index[str]:
        """Names of the events, in label order; a filter leaves them all."""
        return pd.Index(self._store.events, dtype="string", name="event")

    @property
    def n(self) -> int:
        """Number of events."""
        return int(self._table.num_rows)

    @property
    def columns(self) -> list[str]:
        """The columns :meth:`where` can filter on."""
        return list(self._table.column_names)

    @property
    def first(self) -> pd.Timestamp | None:
        """Time of the first event, in UTC; None for an empty log."""
        return _moment(int(self._store.time.min())) if self.n else None

    @property
    def last(self) -> pd.Timestamp | None:
        """Time of the last event, in UTC; None for an empty log."""
        return _moment(int(self._store.time.max())) if self.n else None

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
        return "sequence" if "sequence" in self._table.column_names else "label of the event"

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the events in order; equal for equal events in any row order."""
        return self._store.digest()

    def frame(self) -> pd.DataFrame:
        """Return the events in order: customer, event (both categories), time (UTC)."""
        store = self._store
        return pd.DataFrame(
            {
                "customer": pd.Categorical.from_codes(store.customer, pd.Index(store.customers)),
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
            Value by column: text, number, or true and false.

        Raises
        ------
        ColumnError
            If there is no such column, or its texts can't be compared with a number.
        """
        return EventLog(filters.matching(self._table, conditions, self.source), self.source)

    def between(self, period: Period | str) -> EventLog:
        """Keep the events of a period: ``"2026-01"``, or ``"2026-01-01/2026-03-31"``, in UTC."""
        span = Period.parse(period) if isinstance(period, str) else period
        return EventLog(filters.within(self._table, span), self.source)

    # Questions

    def transitions(self) -> pd.DataFrame:
        """Say which event follows which, directly.

        Returns
        -------
        pandas.DataFrame
            ``source`` and ``target`` (events), ``n`` (how often), ``customers`` (of how many);
            the most frequent first.
        """
        return transitions(self._store)

    def funnel(self, stages: Stages, *, level: float = 0.95) -> pd.DataFrame:
        """Count the customers who enter each stage, in strict order.

        A stage counts as entered at the first of its events **after** the entry into the stage
        before. A customer still on the way counts as not (yet) there.

        Parameters
        ----------
        stages
            Event names in order, or a mapping of stage to event or events.
        level
            Confidence level of the intervals.

        Returns
        -------
        pandas.DataFrame
            ``stage``; ``customers`` (who entered it); ``n`` (who entered the stage before; for the
            first: all customers of the log); ``rate`` = customers / n, with its Wilson interval
            ``low`` to ``high``; ``share`` (of the customers of the first stage).

        Raises
        ------
        UnknownNameError
            If an event isn't in the log; the nearest one is named.
        """
        return funnel(self._store, stages, level)

    def stage_times(self, stages: Stages, *, level: float = 0.95) -> pd.DataFrame:
        """Say how long customers take from each stage of a funnel to the next.

        Returns
        -------
        pandas.DataFrame
            ``from``, ``to``; ``n`` (customers who entered both); ``median`` and ``p90`` of their
            times in seconds, and the interval ``low`` to ``high`` of the median; ``waiting``
            (customers not seen to arrive, whose times are not in these figures: the longer they
            have been waiting, the more the median understates).
        """
        return stage_times(self._store, stages, level)

    def reach(
        self,
        milestones: Stages,
        since: Mapping[str, str | Sequence[str]] | None = None,
        *,
        level: float = 0.95,
    ) -> pd.DataFrame:
        """Say how many customers reach each milestone, each taken on its own, and how soon.

        Parameters
        ----------
        milestones
            Event names, or a mapping of milestone to event or events.
        since
            By milestone: the event or events from whose first occurrence on it is counted. Without:
            the customer's first event, whichever.

        Returns
        -------
        pandas.DataFrame
            ``milestone``; ``n`` (customers who started); ``customers`` (who reached it after
            that); ``rate`` with its Wilson interval ``low`` to ``high``; ``waiting`` (not seen to
            reach it); ``median`` and ``p90`` of the time in seconds of those who did, and the
            interval ``median_low`` to ``median_high``.
        """
        return reach(self._store, milestones, since, level)

    def waits(self, start: str | Sequence[str], target: str | Sequence[str]) -> pd.DataFrame:
        """Return, for each customer who started, when, and when they first got to the target.

        Returns
        -------
        pandas.DataFrame
            ``customer``; ``start`` (first start event); ``end`` (first target event after it;
            missing where none was seen).
        """
        return waits(self._store, start, target)

    def __len__(self) -> int:
        return self.n

    def __repr__(self) -> str:
        span = f", {self.period}" if self.n else ""
        return f"<EventLog {self.source}: {self.n} events of {len(self.customers)} customers{span}>"


def _moment(microseconds: int) -> pd.Timestamp:
    return pd.Timestamp(microseconds, unit="us", tz="UTC")
