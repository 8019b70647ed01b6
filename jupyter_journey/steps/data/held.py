"""What a log holds and what in it looks wrong, as a report tells it."""

from __future__ import annotations

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.words import percent
from jupyter_journey.events import EventLog
from jupyter_journey.events.quality import quality
from jupyter_journey.model.journey import Journey

__all__ = ["ALWAYS", "held"]

ALWAYS = ("rows", "customers", "events", "days")
"""What every log has; all else is told only if it looks wrong."""
_SHARES = ("ties", "no stage")
_SINGLE_ROWS = ("duplicates", "future", "before 1990")
"""Their remark is one row's event and moment, and no report shows a single row."""
_OF_FEW = ("single events", "busiest")
"""They tell of few customers, or of one."""


def held(log: EventLog, journey: Journey) -> pd.DataFrame:
    """Return the quality of a log in words.

    Returns
    -------
    pandas.DataFrame
        ``fact``, ``value``, ``remark`` (texts); of what may be wrong, only what is.
    """
    names = catalogue.texts(journey.language)["facts"]
    found = quality(log, journey)
    wrong = found["value"] > (found["check"] == "zones").astype(float)  # one zone is none too many
    told = found[found["check"].isin(ALWAYS) | wrong]
    told = told[~told["check"].isin(_OF_FEW)]
    return pd.DataFrame(
        {
            "fact": [names[check] for check in told["check"]],
            "value": [_said(*pair) for pair in zip(told["check"], told["value"], strict=True)],
            "remark": [
                "" if check in _SINGLE_ROWS else where
                for check, where in zip(told["check"], told["where"], strict=True)
            ],
        },
        dtype="string",
    )


def _said(check: str, value: float) -> str:
    return percent(value) if check in _SHARES else f"{value:,.0f}"
