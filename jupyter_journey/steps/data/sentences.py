"""The gist of each answer in one sentence, in the journey's language."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.data.held import ALWAYS
from jupyter_journey.steps.data.losses import largest_loss
from jupyter_journey.steps.telling import Teller, Told, in_sentences

__all__ = ["sentences"]

_SURE = 0.05


def sentences(journey: Journey, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return a sentence by name of the frame it tells of; those that tell nothing are left out."""
    return in_sentences(frames, _TELLERS, voice(journey.language))


def _quality(frame: pd.DataFrame, say: Voice) -> Told:  # noqa: ARG001
    return ("quality" if len(frame) > len(ALWAYS) else "quality_clean"), {}


def _funnel(frame: pd.DataFrame, say: Voice) -> Told:
    shown = frame.dropna(subset="customers")
    loss = largest_loss(frame)
    if loss is None:
        return None
    first, last = shown.iloc[0], shown.iloc[-1]
    return "funnel", {
        "count": say.number(first["customers"]),
        "first": first["stage"],
        "reached": say.number(last["customers"]),
        "share": say.percent(last["share"]),
        "last": last["stage"],
        "from": loss["before"],
        "to": loss["stage"],
        "rate": say.percent(loss["rate"]),
        "low": say.percent(loss["low"]),
        "high": say.percent(loss["high"]),
    }


def _drop_off(frame: pd.DataFrame, say: Voice) -> Told:
    first = frame.drop_duplicates(["from", "to"])
    most = first.iloc[first["n"].astype(float).argmax()]
    fields = {
        "from": most["from"],
        "to": most["to"],
        "customers": say.number(most["customers"]),
        "n": say.number(most["n"]),
        "share": say.percent(most["share"]),
    }
    if pd.isna(most["instead"]):
        return "drop_off_nothing", fields
    return "drop_off", fields | {"instead": most["instead"]}


def _stage_times(frame: pd.DataFrame, say: Voice) -> Told:
    shown = frame.dropna(subset="median")
    if shown.empty:
        return None
    slow = shown.iloc[shown["median"].astype(float).argmax()]
    return "stage_times", {
        "from": slow["from"],
        "to": slow["to"],
        "median": say.span(slow["median"]),
        "n": say.number(slow["n"]),
        "waiting": say.number(slow["waiting"]),
    }


def _transitions(frame: pd.DataFrame, say: Voice) -> Told:
    first = frame.iloc[0]
    return "transitions", {
        "source": first["source"],
        "target": first["target"],
        "n": say.number(first["n"]),
        "customers": say.number(first["customers"]),
    }


def _cohorts(frame: pd.DataFrame, say: Voice) -> Told:
    next_period = frame[(frame["period"] == 1) & frame["complete"]]
    if next_period.empty:
        return None
    return "cohorts", {
        "customers": say.number(next_period["customers"].sum()),
        "share": say.percent(next_period["active"].sum() / next_period["customers"].sum()),
        "every": say("charts", "cohorts", "every", frame["every"].iloc[0]),
    }


def _variants(frame: pd.DataFrame, say: Voice) -> Told:
    first = frame.iloc[0]
    return "variants", {
        "variant": first["variant"],
        "customers": say.number(first["customers"]),
        "n": say.number(first["n"]),
        "share": say.percent(first["share"]),
        "count": say.number(len(frame)),
        "covered": say.percent(frame["share"].sum()),
    }


def _loops(frame: pd.DataFrame, say: Voice) -> Told:
    first = frame.iloc[0]
    return "loops", {
        "event": first["event"],
        "rate": say.percent(first["rate"]),
        "median": say.span(first["median"]),
    }


def _comparison(frame: pd.DataFrame, say: Voice) -> Told:
    first = frame.iloc[0]
    fields = {"segment": first["segment"], "other": first["other"]}
    if not first["p_adjusted"] <= _SURE:
        return "comparison_none", fields
    form = say.span if first["what"] in ("time", "edge_time") else say.percent
    return f"comparison_{first['what']}", fields | {
        "source": first["source"],
        "target": first["target"],
        "value": form(first["value"]),
        "value_other": form(first["value_other"]),
    }


def _figures(frame: pd.DataFrame, say: Voice) -> Told:
    return "figures", {
        "count": say.number(len(frame)),
        "metrics": say.number(frame["metric"].nunique()),
    }


_TELLERS: Mapping[str, Teller] = {
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
