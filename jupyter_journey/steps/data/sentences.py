"""The gist of each answer in one sentence, in the journey's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.words import days, percent
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.data.held import ALWAYS
from jupyter_journey.steps.data.losses import largest_loss

__all__ = ["sentences"]

_SURE = 0.05
Fields = dict[str, Any]
Told = tuple[str, Fields]
"""The key of a sentence in the language file, and what fills it."""


def sentences(journey: Journey, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return a sentence by name of the frame it tells of; those that tell nothing are left out."""
    words = catalogue.texts(journey.language)["answers"]
    told: dict[str, str] = {}
    for name, tell in _TELLERS.items():
        found = tell(frames[name]) if name in frames else None
        if found is not None:
            key, fields = found
            told[name] = words[key].format(**fields)
    return told


def _quality(frame: pd.DataFrame) -> Told:
    wrong = len(frame) - len(ALWAYS)
    return ("quality", {"wrong": wrong}) if wrong else ("quality_clean", {})


def _funnel(frame: pd.DataFrame) -> Told | None:
    shown = frame.dropna(subset="customers")
    loss = largest_loss(frame)
    if loss is None:
        return None
    first, last = shown.iloc[0], shown.iloc[-1]
    return "funnel", {
        "count": f"{first['customers']:,}",
        "first": first["stage"],
        "reached": f"{last['customers']:,}",
        "share": percent(last["share"]),
        "last": last["stage"],
        "from": loss["before"],
        "to": loss["stage"],
        "rate": percent(loss["rate"]),
        "low": percent(loss["low"]),
        "high": percent(loss["high"]),
    }


def _drop_off(frame: pd.DataFrame) -> Told | None:
    first = frame.drop_duplicates(["from", "to"])
    most = first.iloc[first["n"].astype(float).argmax()]
    fields = {
        "from": most["from"],
        "to": most["to"],
        "customers": f"{most['customers']:,}",
        "n": f"{most['n']:,}",
        "share": percent(most["share"]),
    }
    if pd.isna(most["instead"]):
        return "drop_off_nothing", fields
    return "drop_off", fields | {"instead": most["instead"]}


def _stage_times(frame: pd.DataFrame) -> Told | None:
    shown = frame.dropna(subset="median")
    if shown.empty:
        return None
    slow = shown.iloc[shown["median"].astype(float).argmax()]
    return "stage_times", {
        "from": slow["from"],
        "to": slow["to"],
        "median": days(slow["median"]),
        "n": f"{slow['n']:,}",
        "waiting": f"{slow['waiting']:,}",
    }


def _transitions(frame: pd.DataFrame) -> Told:
    first = frame.iloc[0]
    return "transitions", {
        "source": first["source"],
        "target": first["target"],
        "n": f"{first['n']:,}",
        "customers": f"{first['customers']:,}",
    }


def _cohorts(frame: pd.DataFrame) -> Told | None:
    next_period = frame[(frame["period"] == 1) & frame["complete"]]
    if next_period.empty:
        return None
    return "cohorts", {
        "customers": f"{next_period['customers'].sum():,}",
        "share": percent(next_period["active"].sum() / next_period["customers"].sum()),
    }


def _variants(frame: pd.DataFrame) -> Told:
    first = frame.iloc[0]
    return "variants", {
        "variant": first["variant"],
        "customers": f"{first['customers']:,}",
        "n": f"{first['n']:,}",
        "share": percent(first["share"]),
        "count": len(frame),
        "covered": percent(frame["share"].sum()),
    }


def _loops(frame: pd.DataFrame) -> Told:
    first = frame.iloc[0]
    return "loops", {
        "event": first["event"],
        "rate": percent(first["rate"]),
        "median": days(first["median"]),
    }


def _comparison(frame: pd.DataFrame) -> Told:
    first = frame.iloc[0]
    fields = {"segment": first["segment"], "other": first["other"]}
    if not first["p_adjusted"] <= _SURE:
        return "comparison_none", fields
    form = days if first["what"] == "time" else percent
    return f"comparison_{first['what']}", fields | {
        "source": first["source"],
        "target": first["target"],
        "value": form(first["value"]),
        "value_other": form(first["value_other"]),
    }


def _figures(frame: pd.DataFrame) -> Told:
    return "figures", {"count": len(frame), "metrics": frame["metric"].nunique()}


_TELLERS: Mapping[str, Callable[[pd.DataFrame], Told | None]] = {
    "quality": _quality,
    "funnel": _funnel,
    "drop_off": _drop_off,
    "stage_times": _stage_times,
    "transitions": _transitions,
    "cohorts": _cohorts,
    "variants": _variants,
    "loops": _loops,
    "comparison": _comparison,
    "figures": _figures,
}
