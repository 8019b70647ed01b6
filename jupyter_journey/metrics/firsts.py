"""Who did something for the first time within a period."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from jupyter_journey.events import EventLog, Period, filters

__all__ = ["of_those", "since_first"]


def since_first(
    history: EventLog, log: EventLog, period: Period | None, events: Sequence[str]
) -> EventLog:
    """Keep, of a log cut to a period, who had the first of these events of all in the period.

    A period alone doesn't tell: its first event of a kind may be one of many.
    """
    if period is None:
        return log
    firsts = history.waits(events, events)
    return of_those(log, firsts.loc[firsts["start"] >= pd.Timestamp(period.begin), "customer"])


def of_those(log: EventLog, customers: pd.Series[str]) -> EventLog:
    """Keep the events of these customers."""
    names = customers.astype(str).tolist()
    return EventLog(filters.of_customers(log.rows, pa.array(names, pa.string())))
