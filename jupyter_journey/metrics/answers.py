"""What customers answer: recommendation, satisfaction, effort, and emotion on the map's scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from jupyter_journey.events.roles import SCALES
from jupyter_journey.metrics.figures import Figure
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import Ends, of_mean
from jupyter_journey.model.names import slug

__all__ = ["effort", "emotion", "promoters", "satisfied"]

_FEELINGS = ("CSAT", "NPS")
_FELT = (-2.0, 2.0)
_NET = (-100.0, 100.0)
_SHARE = (0.0, 1.0)


def promoters(inputs: Inputs) -> Iterator[Figure]:
    """Yield the net promoter score, of all and of each touchpoint (MET-07)."""
    yield from _scores(
        inputs, "NPS", _NET, lambda scores: 100.0 * ((scores >= 9).astype(int) - (scores <= 6))
    )


def satisfied(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of content answers, of all and of each touchpoint (MET-32)."""
    yield from _scores(inputs, "CSAT", _SHARE, lambda scores: (scores >= 4).astype(float))


def effort(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean of effort scores, of all and of each touchpoint (MET-32)."""
    yield from _scores(inputs, "CES", SCALES["CES"], lambda scores: scores)


def emotion(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean emotion of each stage and of each touchpoint with answers (MET-32).

    Effort scores tell how hard something was, not how it felt, and don't count.
    """
    answers = _answers(inputs)
    if answers is None:
        return
    answers = answers[answers["kind"].isin(_FEELINGS)]
    least, most = (
        answers["kind"].map({kind: SCALES[kind][end] for kind in _FEELINGS}).astype(float)
        for end in (0, 1)
    )
    scores = answers["score"].astype(float)
    least_felt, most_felt = _FELT
    felt = (scores - least) / (most - least) * (most_felt - least_felt) + least_felt
    answers = answers.assign(points=felt)
    touchpoints = {item.name: item for item in inputs.document.touchpoints if item.stage_id}
    stages = answers["touchpoint"].map({name: it.stage_id for name, it in touchpoints.items()})
    for stage in inputs.document.stages:
        here = answers[stages == stage.id]
        if here.empty:
            continue
        yield _mean(here, inputs.level, _FELT, stage_id=stage.id)
        for name, group in here.groupby("touchpoint", sort=True):
            yield _mean(
                group,
                inputs.level,
                _FELT,
                stage_id=stage.id,
                touchpoint_id=touchpoints[str(name)].id,
                part=str(name),
                whole=stage.id,
                on_map=False,
            )


def _answers(inputs: Inputs) -> pd.DataFrame | None:
    """Return the answers, their touchpoints called as on the map.

    A touchpoint may have another name than when it was made, of which its id tells; a survey goes
    on calling it so.
    """
    answers = inputs.table("survey", "score")
    if answers is None:
        return None
    now = {item.id: item.name for item in inputs.document.touchpoints}
    given = answers["touchpoint"]
    called = {
        name: now[slug(name)]
        for name in given.dropna().unique()
        if name not in now.values() and slug(name) in now
    }
    return answers.assign(touchpoint=given.map(called).fillna(given)) if called else answers


def _scores(
    inputs: Inputs,
    kind: str,
    ends: Ends,
    points: Callable[[pd.Series[float]], pd.Series[float]],
) -> Iterator[Figure]:
    """Yield the mean of what the answers of a kind count, over all and by touchpoint."""
    answers = _answers(inputs)
    if answers is None or not (answers["kind"] == kind).any():
        return
    answers = answers[answers["kind"] == kind]
    answers = answers.assign(points=points(answers["score"].astype(float)))
    known = {item.name: item for item in inputs.document.touchpoints}
    yield _mean(answers, inputs.level, ends)
    for name, group in answers.groupby("touchpoint", sort=True):
        item = known.get(str(name))
        about = {"stage_id": item.stage_id, "touchpoint_id": item.id} if item else {}
        yield _mean(group, inputs.level, ends, part=str(name), whole="touchpoints", **about)


def _mean(answers: pd.DataFrame, level: float, ends: Ends, **about: Any) -> Figure:
    """Return the mean of the points, which lie between two ends, by whose answers they are."""
    rows = answers["points"].groupby(_whose(answers)).agg(["sum", "size"]).to_numpy(float)
    n, people = len(answers), len(rows)
    value, share = float(answers["points"].mean()), ends == _SHARE
    low, high = of_mean(rows, ends, level)
    return Figure(
        value=value,
        n=n,
        low=low,
        high=high,
        counts=((int(answers["points"].sum()), n),) if share else (),
        people=people,
        **about,
    )


def _whose(answers: pd.DataFrame) -> pd.Series[str]:
    """Return whose answer each is; an answer of nobody known is its own."""
    alone = pd.Series([f"\x1f{row}" for row in answers.index], index=answers.index, dtype="string")
    return answers["customer"].fillna(alone) if "customer" in answers else alone
