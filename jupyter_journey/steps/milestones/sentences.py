"""The gist of step 6 in a sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.metrics.early import LANDMARK_DAYS
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.telling import Teller, Told, in_sentences

__all__ = ["sentences"]


def sentences(journey: Journey, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return a sentence by name of the frame it tells of."""
    return in_sentences(frames, _TELLERS, voice(journey.language))


def _milestones(frame: pd.DataFrame, say: Voice) -> Told:
    shown = frame.dropna(subset="rate")
    if shown.empty:
        return None
    least = shown.iloc[shown["rate"].astype(float).argmin()]
    return "milestones", {
        "milestone": least["milestone"],
        "rate": say.percent(least["rate"]),
        "n": say.number(least["n"]),
        "count": say.number(len(shown)),
    }


def _missed(frame: pd.DataFrame, say: Voice) -> Told:
    most = frame.iloc[frame["customers"].astype(float).argmax()]
    fields = {
        "milestone": most["to"],
        "stage": most["from"],
        "n": say.number(most["n"]),
        "customers": say.number(most["customers"]),
    }
    if pd.isna(most["instead"]):
        return "missed_nothing", fields
    return "missed", fields | {"instead": most["instead"]}


def _survival(frame: pd.DataFrame, say: Voice) -> Told:
    """Compare the milestone whose two groups differ most at the last day both are told of."""
    best: tuple[float, dict[str, Any]] | None = None
    for name, part in frame.groupby("milestone", sort=False):
        day = part.groupby("early")["day"].max().min()
        at = part[part["day"] <= day].sort_values("day").groupby("early")["share"].last()
        gap = abs(at[True] - at[False])
        if best is None or gap > best[0]:
            fields = {
                "milestone": name,
                "day": say.number(day, 0),
                "landmark": LANDMARK_DAYS,
                "share": say.percent(at[True]),
                "share_other": say.percent(at[False]),
            }
            best = (gap, fields)
    return None if best is None else ("survival", best[1])


def _paid(frame: pd.DataFrame, say: Voice) -> Told:
    sure = frame[(frame["low"] > 0) | (frame["high"] < 0)]
    if sure.empty:
        return "paid_none", {}
    most = sure.iloc[sure["difference"].abs().argmax()]
    return "paid", {
        "milestone": most["milestone"],
        "landmark": LANDMARK_DAYS,
        **{
            name: say.quantity(most[name], most["unit"])
            for name in ("value", "value_other", "low", "high")
        },
    }


_TELLERS: Mapping[str, Teller] = MappingProxyType(
    {"milestones": _milestones, "missed": _missed, "survival": _survival, "paid": _paid}
)
