"""What of a log is asked for: cut, mapped and counted once, for whoever looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from jupyter_journey.events import Log, Mapped, Period, mapped
from jupyter_journey.events.filters import customers_of
from jupyter_journey.events.mapping import coverage_of
from jupyter_journey.metrics.firsts import since_first
from jupyter_journey.metrics.sources import Filters
from jupyter_journey.model.journey import Journey

__all__ = ["Cut"]


@dataclass(frozen=True)
class Cut:
    """The part of a log that filters choose, its events named as the journey means them."""

    source: Log
    """The log as it was read."""
    meant: Mapped
    """All of it, and what its events stand for."""
    filters: Filters

    @classmethod
    def of(cls, source: Log, journey: Journey, filters: Filters) -> Cut:
        """Map a log as a journey says."""
        return cls(source, mapped(source, journey), filters)

    def other(self, filters: Filters) -> Cut:
        """Choose another part of the same log."""
        return Cut(self.source, self.meant, filters)

    @cached_property
    def history(self) -> Log:
        """All events of the customers asked for."""
        return self.filters.customers(self.meant.log)

    @cached_property
    def log(self) -> Log:
        """Their events within the period asked for."""
        return _within(self.history, self.filters.period)

    @cached_property
    def as_read(self) -> Log:
        """The same events, named as the source names them."""
        if self.meant.log is self.source:
            return self.log
        return _within(self.filters.customers(self.source), self.filters.period)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """What each of their events stands for: as :func:`jupyter_journey.events.coverage` says."""
        return coverage_of(replace(self.meant, log=self.log))

    def since_first(self, events: Sequence[str]) -> Log:
        """Those of the customers whose first of these events lies in the period."""
        return since_first(self.history, self.log, self.filters.period, events)

    @cached_property
    def left_out(self) -> int:
        """How many customers of the period the filters leave out."""
        if not self.filters.are_conditions:
            return 0
        everybody = _within(self.meant.log, self.filters.period)
        # Their number is found without putting all their events in order.
        return sum(everybody.each(customers_of)) - len(self.log.customers)


def _within(log: Log, period: Period | None) -> Log:
    return log.between(period) if period else log
