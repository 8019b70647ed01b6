"""The frames of the steps as readers see them: codes in words, numbers in their units."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from jupyter_journey.catalogue import texts
from jupyter_journey.charts.voice import Voice
from jupyter_journey.steps.figures import period_in_words

__all__ = ["compared", "formats", "in_words"]

_COMPARED = ["source", "target", "what", "value", "n", "value_other", "n_other"]
_COMPARED += ["low", "high", "p_adjusted"]
_PAIRS = 3
"""Pairs of personas a reader is shown, the most alike."""
_BECOME = ("kept", "merged", "split", "lost", "new")
_MANY = 3
"""Findings of one kind that a reader is shown as one."""
_NAMED = re.compile("(?<=[“„「])[^“”„「」]+(?=[”“」])")


def in_words(name: str, frame: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Return a step's frame of this name as its table shows it."""
    return _WRITTEN[name](frame, say) if name in _WRITTEN else frame


def formats(name: str, say: Voice) -> dict[str, Callable[[Any], str]]:
    """Return how columns of numbers are written, by column: shares, and spans of time (seconds)."""

    def share(value: float) -> str:
        return say.percent(value, 1)

    bounds = ("low", "high") if name == "stage_times" else ()
    spans = ("median", "median_low", "median_high", "p90", *bounds)
    return {
        "change": lambda value: say.percent(value, sign=True),
        "progress": say.percent,
        "elapsed": say.percent,
        "likeness": say.percent,
        **dict.fromkeys(("rate", "share", "low", "high"), share),
        "threshold": say.percent,
        "day": lambda value: say.number(value, 0),
        "p_adjusted": say.probability,
        **dict.fromkeys(spans, say.span),
    }


def _figures(figures: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Write each figure's value and interval in its own unit, and its period in words."""
    told = _in_units(figures, figures["unit"], ["value", "low", "high"], say).drop(columns="unit")
    return told.assign(period=[period_in_words(period, say) for period in told["period"]])


def _cohorts(cohorts: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Name the cohorts by their calendar periods."""
    pairs = zip(cohorts["cohort"], cohorts["every"], strict=True)
    return cohorts.assign(cohort=[say.cohort(*pair) for pair in pairs]).drop(columns="every")


def _comparison(differences: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Write shares and times each in their own form, and say which is which."""
    units = differences["what"].map({"time": "seconds", "edge_time": "seconds"}).fillna("share")
    told = _in_units(differences, units, ["value", "value_other", "low", "high"], say)
    kinds = [say("charts", "comparison", "kinds", kind) for kind in differences["what"]]
    return told.assign(what=kinds)[_COMPARED]


def compared(frame: pd.DataFrame) -> dict[str, str]:
    """Name the columns of two segments by what the segments are called."""
    if not {"segment", "other"} <= set(frame):
        return {}
    first = frame.iloc[0]
    return {"value": str(first["segment"]), "value_other": str(first["other"])}


def _paid(paid: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Write amounts in their currency, and drop its column."""
    amounts = ["value", "value_other", "difference", "low", "high"]
    return _in_units(paid, paid["unit"], amounts, say).drop(columns="unit")


def _likeness(pairs: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Say in a line what two are alike in; of all pairs, only the first."""
    first = pairs.head(_PAIRS)
    return first.assign(
        same=first["same"].map(say.listed).astype("string"),
        apart=first["apart"].map(say.listed).astype("string"),
    )


def _drafts(proposals: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Call the fields of a persona by their names."""
    return proposals.assign(field=proposals["field"].map(say.column))


def _change(stages: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Say in words what becomes of each stage, and which meanings have none any more."""
    return pd.DataFrame(
        {
            "from": stages["from_name"],
            "to": stages["to_name"],
            "what": _called(stages["what"], "stage_changes", say),
            "content": stages["content"],
            "loses": [tuple(_stage(key, say) for key in keys) for keys in stages["loses"]],
        }
    )


def _models(models: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Put the stages of a model in one line, and in another what becomes of the map's."""
    what = [
        " · ".join(
            say("charts", "labelled", name=say.column(kind), value=say.number(row[kind]))
            for kind in _BECOME
            if row[kind]
        )
        for row in models.to_dict("records")
    ]
    stages = models["stages"].map(" → ".join).astype("string")
    return models.assign(stages=stages, what=what).drop(columns=[*_BECOME])


def _stage(key: str, say: Voice) -> str:
    named: dict[str, str] = texts(say.language)["stages"]
    return named.get(key, key)


def _pace(goals: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Say in words which way is better and how a goal stands."""
    return goals.assign(
        direction=_called(goals["direction"], "directions", say),
        what=_called(goals["what"], "paces", say),
    )


def _contacts(touchpoints: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Say in words whether a contact is direct."""
    return touchpoints.assign(contact=_called(touchpoints["contact"], "choices", say))


def _states(touchpoints: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """Say in words how it is with a touchpoint."""
    return touchpoints.assign(what=_called(touchpoints["what"], "states", say))


def _called(codes: pd.Series, section: str, say: Voice) -> pd.Series:
    return pd.Series(
        [None if pd.isna(code) else say(section, code) for code in codes],
        index=codes.index,
        dtype="string",
    )


def _findings(findings: pd.DataFrame, say: Voice) -> pd.DataFrame:
    """List findings that differ only in what they name first as one, with all these places."""
    told = findings.assign(
        level=[say("widget", "levels", it) for it in findings["level"]],
        where=[_place(it, say) for it in findings["where"]],
        kind=[_NAMED.sub("…", it, count=1) for it in findings["message"]],
    )
    kinds = [part for _, part in told.groupby(["check", "kind", "fix"], sort=False)]
    rows = [_as_one(part, say) if len(part) >= _MANY else part for part in kinds]
    return pd.concat(rows or [told])[[*findings.columns]]


def _place(where: str, say: Voice) -> str:
    """Say where a finding is: in which collection, and the id of what it is about."""
    collection, _, key = where.partition("/")
    called: str = texts(say.language)["places"].get(collection, collection)
    return " · ".join(filter(None, [called, key]))


def _as_one(findings: pd.DataFrame, say: Voice) -> pd.DataFrame:
    named = map(_NAMED.search, findings["message"])
    places = [it[0] if it else at for it, at in zip(named, findings["where"], strict=True)]
    where = say.listed([*dict.fromkeys(places)])
    return findings.head(1).assign(message=findings["kind"].iloc[0], where=where)


def _experience(points: pd.DataFrame, say: Voice) -> pd.DataFrame:
    return points.assign(curve=[say("charts", "experience", it) for it in points["curve"]])


def _in_units(
    frame: pd.DataFrame, units: pd.Series, columns: list[str], say: Voice
) -> pd.DataFrame:
    return frame.assign(
        **{
            column: pd.Series(
                [_in_unit(*pair, say) for pair in zip(frame[column], units, strict=True)],
                index=frame.index,
                dtype="string",
            )
            for column in columns
        }
    )


_WRITTEN: Mapping[str, Callable[[pd.DataFrame, Voice], pd.DataFrame]] = MappingProxyType(
    {
        "figures": _figures,
        "alike": _likeness,
        "touchpoints": _contacts,
        "offered": _contacts,
        "chain": _states,
        "change": _change,
        "loose": _states,
        "models": _models,
        "pace": _pace,
        "unseen": _states,
        "cohorts": _cohorts,
        "comparison": _comparison,
        "drafts": _drafts,
        "experience": _experience,
        "findings": _findings,
        "paid": _paid,
    }
)


def _in_unit(value: Any, unit: str, say: Voice) -> str | None:
    if pd.isna(value):
        return None
    if unit in ("share", "%"):
        return say.percent(value if unit == "share" else value / 100, 1)
    return say.span(value) if unit == "seconds" else say.quantity(value, unit)
