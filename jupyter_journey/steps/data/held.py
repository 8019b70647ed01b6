"""What a log holds and what in it looks wrong, as a report tells it."""

from __future__ import annotations

import pandas as pd

from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.events import Period
from jupyter_journey.events.quality import quality
from jupyter_journey.metrics.cut import Cut
from jupyter_journey.model.journey import Journey

__all__ = ["ALWAYS", "held"]

ALWAYS = ("rows", "customers", "events", "days")
"""What every log has; all else is told only if it looks wrong."""
_SHARES = ("ties", "no stage")
_SINGLE_ROWS = ("duplicates", "future", "before 1990", "similar names")
"""Their remark is of single rows or rare names, which no report shows."""
_OF_FEW = ("single events", "busiest")
"""They tell of few customers, or of one."""
_PERIODS = ("days", "days without events")
_NAMED = 5


def held(cut: Cut, journey: Journey) -> pd.DataFrame:
    """Return the quality of what is looked at in words.

    Returns
    -------
    pandas.DataFrame
        ``fact``, ``value``, ``remark`` (texts); of what may be wrong, only what is.
    """
    say, least = voice(journey.language), journey.settings.min_group
    log, covered = cut.as_read, cut.coverage
    found = quality(log, covered=covered)
    wrong = found["value"] > (found["check"] == "zones").astype(float)  # one zone is none too many
    told = found[found["check"].isin(ALWAYS) | wrong]
    told = told[~told["check"].isin(_OF_FEW)]
    remarks = dict.fromkeys(_SINGLE_ROWS, "") | {
        "no stage": say.listed(_without_stage(covered, least)),
        "ties": say("notes", "ordered", log.tie_rule),
    }
    return pd.DataFrame(
        {
            "fact": [say("facts", check) for check in told["check"]],
            "value": [
                _said(*pair, least, say) for pair in zip(told["check"], told["value"], strict=True)
            ],
            "remark": [
                remarks[check] if check in remarks else _days(check, where, say)
                for check, where in zip(told["check"], told["where"], strict=True)
            ],
        },
        dtype="string",
    )


def _days(check: str, where: str, say: Voice) -> str:
    """Write a remark that is a period as a language does."""
    if check not in _PERIODS or not where:
        return where
    period = Period.parse(where)
    told = say.period(period.first, period.last)
    return told if check == "days" else say("notes", "longest", period=told)


def _without_stage(covered: pd.DataFrame, least: int) -> list[str]:
    """Name the most frequent events that stand for no stage, but for those of few customers."""
    common = covered["customers"] >= least
    return covered.loc[covered["stage"].isna() & common, "event"].head(_NAMED).tolist()


def _said(check: str, value: float, least: int, say: Voice) -> str:
    if check in _SHARES:
        return say.percent(value)
    return f"< {least}" if check in _SINGLE_ROWS and value < least else say.number(value, 0)
