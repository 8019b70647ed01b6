"""What a log in memory and one on disk share: what they hold, and how they are cut."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Self, TypeVar

from jupyter_journey.events import filters
from jupyter_journey.events.inputs.origin import Origin
from jupyter_journey.events.path_questions import PathQuestions
from jupyter_journey.events.periods import Period
from jupyter_journey.events.rows import Rows
from jupyter_journey.events.stage_questions import StageQuestions

__all__ = ["Log", "Made", "Step"]

Made = TypeVar("Made")
Step = Callable[[Rows], Rows]
"""Chooses or renames rows of whole customers; must pickle, as it may travel to another machine."""


class Log(PathQuestions, StageQuestions):
    """Events of customers, wherever they lie; a filter gives another log."""

    source: str
    """What the log was read from, for messages."""

    @property
    @abstractmethod
    def n(self) -> int:
        """Number of events."""

    @property
    @abstractmethod
    def columns(self) -> list[str]:
        """The columns :meth:`where` can filter on."""

    @property
    @abstractmethod
    def origin(self) -> Origin:
        """How the log was read: the conventions, and what was left out."""

    @property
    @abstractmethod
    def ties(self) -> float:
        """Share of events that have another one of the same customer at the same time."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """Digest of the rows, all their columns too; the same in any row order.

        Of columns still in the files, what tells that the files are others counts instead.
        """

    @property
    def tie_rule(self) -> str:
        """What decides the order of events at the same time."""
        return "sequence" if "sequence" in self.columns else "label of the event"

    @property
    def period(self) -> Period | None:
        """First and last day with an event, in UTC; None for an empty log."""
        first, last = self.first, self.last
        return None if first is None or last is None else Period(first.date(), last.date())

    # Filters

    def where(self, conditions: Mapping[str, filters.Scalar]) -> Self:
        """Keep the events whose columns hold these values.

        Parameters
        ----------
        conditions
            Value by column: text, number, or true and false; for a column of times a day, a month
            or a moment, in UTC.

        Raises
        ------
        ColumnError
            If there is no such column, or it can't be compared with the value; of a log in
            partitions when it is asked.
        SourceError
            If the column is still in the file, and the file isn't the one that was read any more.
        """
        step = partial(filters.matching, where=dict(conditions))
        return self.filtered(step) if conditions else self

    def of_customers(self, conditions: Mapping[str, filters.Scalar]) -> Self:
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
        step = partial(filters.of_first_events, where=dict(conditions))
        return self.filtered(step) if conditions else self

    def between(self, period: Period | str) -> Self:
        """Keep a period, in UTC: ``2026``, ``2026-Q1``, ``2026-01``, ``2026-01-01/2026-03-31``."""
        span = Period.of(period)
        return self.filtered(partial(filters.within, period=span), span)

    @abstractmethod
    def segments(self, by: str) -> Mapping[str, Self]:
        """Split the log by customer: into one for each value of a column.

        A customer belongs, with all events, to the value of their first event; customers without
        a value are in none.

        Raises
        ------
        ColumnError
            If there is no such column.
        """

    @abstractmethod
    def of_those(self, customers: Sequence[str]) -> Self:
        """Keep the events of these customers, by id."""

    # What filters and questions are made of

    @abstractmethod
    def filtered(self, step: Step, period: Period | None = None) -> Self:
        """Return the log of the rows that a step makes, in the period it keeps."""

    @abstractmethod
    def renamed(self, step: Step, events: Sequence[str]) -> Self:
        """Return the log whose events a step calls by these names."""

    @abstractmethod
    def each(self, function: Callable[[Rows], Made]) -> list[Made]:
        """Return what a function makes of the rows, of as many at a time as are in memory.

        All rows of a customer come together; the function must pickle.
        """

    def __len__(self) -> int:
        return self.n
