"""Trends, pains, joys and frustrations (DAT-02, CHK-507): what the answers say by a stated rule.

A trend is a difference between the earlier and the later half of the cohorts that Fisher's exact
test finds at 5 %. A pain is the stage most customers leave from. A frustration is an event that at
least a tenth of its customers do again, half of them within ten minutes. Of the stages whose
measured emotion differs from that of all answers by more than its interval, the best is a joy, the
worst a frustration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import pandas as pd
from scipy.stats import fisher_exact

from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import unique_id
from jupyter_journey.model.records import Insight
from jupyter_journey.steps.data.losses import largest_loss

__all__ = ["insights", "noted"]

_SURE = 0.05
_OFTEN = 0.1
_SOON = 600
"""Seconds."""
_EMOTION = "MET-32"


Tag = Literal["trend", "pain", "joy", "frustration"]


class _Insight(NamedTuple):
    tag: Tag
    sentence: str
    """Its key in the language file."""
    n: int
    fields: dict[str, Any]
    stage: str = ""
    """Name of the stage it is about."""


def insights(found: Sequence[Insight], language: str) -> pd.DataFrame:
    """Return what stands out as a table.

    Returns
    -------
    pandas.DataFrame
        ``tag`` (trend, pain, joy or frustration, in the language asked for), ``message``, ``n``
        (customers or answers it rests on).
    """
    say = voice(language)
    rows = [(one.tag and say("tags", one.tag), one.name, one.n) for one in found]
    frame = pd.DataFrame(rows, columns=["tag", "message", "n"])
    return frame.astype({"tag": "string", "message": "string", "n": "Int64"})


def noted(frames: Mapping[str, pd.DataFrame], measured: Journey) -> list[Insight]:
    """Say what stands out in the answers of step 5 and in the figures measured.

    Parameters
    ----------
    frames
        Answers by name, without small groups: ``cohorts``, ``funnel``, ``loops``.
    measured
        The journey with its figures.
    """
    say = voice(measured.language)
    stages = {stage.name: stage.id for stage in measured.document.stages}
    found = [
        *_trends(frames.get("cohorts"), say),
        *_pains(frames.get("funnel"), say),
        *_again(frames.get("loops"), say),
        *_feelings(measured, say),
    ]
    keys: list[str] = []
    for one in found:
        keys.append(unique_id(one.sentence, set(keys)))
    return [
        Insight(
            id=key,
            name=say("insights", one.sentence, **one.fields),
            tag=one.tag,
            stage_id=stages.get(one.stage),
            n=one.n,
            computed=True,
        )
        for key, one in zip(keys, found, strict=True)
    ]


def _trends(cohorts: pd.DataFrame | None, say: Voice) -> Iterator[_Insight]:
    """Compare how many of the earlier and of the later cohorts come back in the next period."""
    if cohorts is None:
        return
    back = cohorts[(cohorts["period"] == 1) & cohorts["complete"]]
    halves = back.iloc[: len(back) // 2], back.iloc[len(back) // 2 :]
    (active, whole), (active_late, whole_late) = (
        (int(half["active"].sum()), int(half["customers"].sum())) for half in halves
    )
    if not whole or not whole_late:
        return
    table = [[active, whole - active], [active_late, whole_late - active_late]]
    if fisher_exact(table).pvalue < _SURE:
        rate, late = active / whole, active_late / whole_late
        every = say("charts", "cohorts", "every", cohorts["every"].iloc[0])
        fields = {"rate": say.percent(rate), "late": say.percent(late), "every": every}
        sentence = "comes_back_more" if late > rate else "comes_back_less"
        yield _Insight("trend", sentence, whole + whole_late, fields)


def _pains(funnel: pd.DataFrame | None, say: Voice) -> Iterator[_Insight]:
    """Name the stage that most customers don't get to from the one before."""
    worst = None if funnel is None else largest_loss(funnel)
    if worst is None:
        return
    fields = {
        "lost": say.number(worst["lost"]),
        "n": say.number(worst["n"]),
        "share": say.percent(1 - worst["rate"]),
        "from": worst["before"],
        "to": worst["stage"],
    }
    yield _Insight("pain", "lost", int(worst["n"]), fields, worst["before"])


def _again(loops: pd.DataFrame | None, say: Voice) -> Iterator[_Insight]:
    """Name what customers do again soon: as a rule, because it didn't work."""
    if loops is None:
        return
    for row in loops[(loops["rate"] >= _OFTEN) & (loops["median"] <= _SOON)].to_dict("records"):
        fields = {
            "event": row["event"],
            "rate": say.percent(row["rate"]),
            "median": say.span(row["median"]),
        }
        yield _Insight("frustration", "again", int(row["n"]), fields)


def _feelings(measured: Journey, say: Voice) -> Iterator[_Insight]:
    """Name the stages that customers feel best and worst about, if they stand out."""
    stages = {stage.id: stage.name for stage in measured.document.stages}
    felt = measured.measurements
    of_stages = felt["touchpoint_id"].isna()
    felt = felt[(felt["metric"] == _EMOTION) & felt["value"].notna() & of_stages]
    if felt.empty:
        return
    mean = float((felt["value"] * felt["n"]).sum() / felt["n"].sum())
    best, worst = felt.iloc[felt["value"].argmax()], felt.iloc[felt["value"].argmin()]
    sides: tuple[tuple[Tag, pd.Series[Any], bool], ...] = (
        ("joy", best, best["low"] > mean),
        ("frustration", worst, worst["high"] < mean),
    )
    for tag, row, stands_out in sides:
        if stands_out:
            fields = {name: say.signed(row[name]) for name in ("value", "low", "high")}
            fields |= {"stage": stages.get(row["stage_id"], ""), "mean": say.signed(mean)}
            yield _Insight(tag, f"feels_{tag}", int(row["n"]), fields, fields["stage"])
