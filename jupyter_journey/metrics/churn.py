"""MET-01: customer churn, the lost of those at the start (TRAP-04).

A customer is one from ``subscribe`` or ``renew`` until ``cancel``. Customers won in the period
don't count, so that they can't hide the lost.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from jupyter_journey.events import Period
from jupyter_journey.events.intervals import wilson
from jupyter_journey.metrics.figures import Figure, Inputs

__all__ = ["churn"]

JOINED, LEFT = ("subscribe", "renew"), "cancel"
_STAGE = "retention"
_DAYS = 30


def churn(inputs: Inputs) -> Iterator[Figure]:
    """Yield the churn of the period asked for, or else of the last 30 days of the log."""
    names = set(inputs.history.events)
    if not {"subscribe", LEFT} <= names:
        return
    begin = inputs.asked.begin if inputs.asked else inputs.until - pd.Timedelta(days=_DAYS)
    events = inputs.history.frame()
    events = events[events["event"].isin([*JOINED, LEFT])]
    at_start = _active(events[events["time"] < begin])
    lost = at_start.difference(_active(events[events["time"] <= inputs.until]))
    n = len(at_start)
    low, high = wilson(len(lost), n, inputs.document.settings.level)
    yield Figure(
        value=len(lost) / n if n else np.nan,
        n=n,
        low=float(low),
        high=float(high),
        stage_id=_STAGE if any(s.id == _STAGE for s in inputs.document.stages) else None,
        period=Period(begin.date(), inputs.until.date()),
        formula=(
            "customers at the start of the period who aren't at its end / customers at its start; "
            f"a customer is one from {' or '.join(JOINED)} until {LEFT}"
        ),
    )


def _active(events: pd.DataFrame) -> pd.Index[str]:
    """Return who is a customer after these events, which are in order."""
    last = events.drop_duplicates("customer", keep="last")
    return pd.Index(last.loc[last["event"] != LEFT, "customer"].astype(str))
