"""Who did something for the first time within a period."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from jupyter_journey.events import Log, Period

__all__ = ["since_first"]


def since_first(history: Log, log: Log, period: Period | None, events: Sequence[str]) -> Log:
    """Keep, of a log cut to a period, who had the first of these events of all in the period.

    A period alone doesn't tell: its first event of a kind may be one of many.
    """
    if period is None:
        return log
    firsts = history.waits(events, events)
    began = firsts["start"] >= pd.Timestamp(period.begin)
    return log.of_those(firsts.loc[began, "customer"].tolist())
