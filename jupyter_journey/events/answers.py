"""What every log that answers questions has, whether it lies in memory or on disk."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import pandas as pd

from jupyter_journey.events.passages import Stages, sets_of
from jupyter_journey.events.question import Question, duration, microseconds
from jupyter_journey.events.store import Ints

__all__ = ["Answers"]


class Answers(ABC):
    """A log's events, customers and end, and its way to an answer."""

    @property
    @abstractmethod
    def customers(self) -> pd.Index[str]:
        """Ids of the customers with an event, in label order."""

    @property
    @abstractmethod
    def events(self) -> pd.Index[str]:
        """Names of the events, in label order; a filter leaves them all."""

    @property
    @abstractmethod
    def first(self) -> pd.Timestamp | None:
        """Time of the first event, in UTC; None for an empty log."""

    @property
    @abstractmethod
    def last(self) -> pd.Timestamp | None:
        """Time of the last event, in UTC; None for an empty log."""

    @property
    @abstractmethod
    def until(self) -> pd.Timestamp | None:
        """When the observation ends, in UTC; None for an empty source.

        With the last event that was read, of whichever customer, or with the last moment of a
        period if the log was cut to one; where events lie in the future, now: that somebody was
        silent until then has been seen.
        """

    @abstractmethod
    def ask(self, question: Question[Any], by: str | None = None) -> pd.DataFrame:
        """Answer a question, by groups of customers if a column is given."""

    @property
    def _names(self) -> Sequence[str]:
        return self.events.tolist()

    @property
    def _end(self) -> int:
        return microseconds(self.until)

    def _sets(self, stages: Stages) -> dict[str, Ints]:
        return sets_of(self._names, stages)

    def _span(self, length: str | pd.Timedelta | None, parameter: str) -> int | None:
        return None if length is None else duration(length, parameter)
