"""What customers answer: recommendation, satisfaction, effort, and emotion on the map's scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from jupyter_journey.events.intervals import mean_interval, wilson
from jupyter_journey.events.roles import SCALES
from jupyter_journey.metrics.figures import Figure
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import bootstrap

__all__ = ["effort", "emotion", "promoters", "satisfied"]

_FEELINGS = ("CSAT", "NPS")


def promoters(inputs: Inputs) -> Iterator[Figure]:
    """Yield the net promoter score, of all and of each touchpoint (MET-07)."""
    yield from _scores(
        inputs, "NPS", lambda scores: 100.0 * ((scores >= 9).astype(int) - (scores <= 6))
    )


def satisfied(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of content answers, of all and of each touchpoint (MET-32)."""
    yield from _scores(inputs, "CSAT", lambda scores: (scores >= 4).astype(float), shares=True)


def effort(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean of effort scores, of all and of each touchpoint (MET-32)."""
    yield from _scores(inputs, "CES", lambda scores: scores)


def emotion(inputs: Inputs) -> Iterator[Figure]:
    """Yield the mean emotion of each stage and of each touchpoint with answers (MET-32).

    Effort scores tell how hard something was, not how it felt, and don't count.
    """
    answers = inputs.table("survey", "score")
    if answers is None:
        return
    answers = answers[answers["kind"].isin(_FEELINGS)]
    least, most = (
        answers["kind"].map({kind: SCALES[kind][end] for kind in _FEELINGS}).astype(float)
        for end in (0, 1)
    )
    scores = answers["score"].astype(float)
    answers = answers.assign(feeling=(scores - least) / (most - least) * 4 - 2)
    touchpoints = {item.name: item for item in inputs.document.touchpoints if item.stage_id}
    stages = answers["touchpoint"].map({name: it.stage_id for name, it in touchpoints.items()})
    for stage in inputs.document.stages:
        here = answers[stages == stage.id]
        if here.empty:
            continue
        yield _felt(here, inputs.level, stage.id)
        for name, group in here.groupby("touchpoint", sort=True):
            touchpoint = touchpoints[str(name)].id
            yield _felt(group, inputs.level, stage.id, touchpoint=touchpoint, part=str(name))


def _felt(
    answers: pd.DataFrame, level: float, stage: str, touchpoint: str | None = None, part: str = ""
) -> Figure:
    values = answers["feeling"].to_numpy(dtype=float)
    low, high = mean_interval(values, level)
    return Figure(
        value=float(values.mean()),
        n=len(values),
        low=max(low, -2.0),
        high=min(high, 2.0),
        people=_people(answers),
        stage_id=stage,
        touchpoint_id=touchpoint,
        part=part,
        whole=stage if part else "",
        on_map=not part,
    )


def _scores(
    inputs: Inputs,
    kind: str,
    points: Callable[[pd.Series[float]], pd.Series[float]],
    *,
    shares: bool = False,
) -> Iterator[Figure]:
    """Yield the mean of what the answers of a kind count, over all and by touchpoint."""
    answers = inputs.table("survey", "score")
    if answers is None or not (answers["kind"] == kind).any():
        return
    answers = answers[answers["kind"] == kind]
    answers = answers.assign(points=points(answers["score"].astype(float)))
    known = {item.name: item for item in inputs.document.touchpoints}
    yield _mean(answers, inputs.level, shares=shares)
    for name, group in answers.groupby("touchpoint", sort=True):
        item = known.get(str(name))
        about = {"stage_id": item.stage_id, "touchpoint_id": item.id} if item else {}
        whole = {"part": str(name), "whole": "touchpoints"}
        yield _mean(group, inputs.level, shares=shares, **about, **whole)


def _mean(answers: pd.DataFrame, level: float, *, shares: bool, **about: Any) -> Figure:
    """Return the mean of the points; answers of one customer are drawn together.

    The share of people who answer once each has Wilson's interval, and so does that of people who
    all agree, of whom each draw were the same.
    """
    rows = answers["points"].groupby(_whose(answers)).agg(["sum", "size"])
    n, people = len(answers), len(rows)
    value = float(answers["points"].mean()) if n else nan
    if shares and (people == n or value in (0, 1)):
        low, high = map(float, wilson(value * people, people, level))
    else:
        low, high = bootstrap(rows, lambda sums: sums[:, 0] / sums[:, 1], level)
    return Figure(
        value=value,
        n=n,
        low=low,
        high=high,
        counts=((int(answers["points"].sum()), n),) if shares else (),
        people=_people(answers),
        **about,
    )


def _people(answers: pd.DataFrame) -> int:
    return int(np.unique(_whose(answers).astype(str)).size)


def _whose(answers: pd.DataFrame) -> pd.Series[str]:
    """Return whose answer each is; an answer of nobody known is its own."""
    alone = pd.Series([f"\x1f{row}" for row in answers.index], index=answers.index, dtype="string")
    return answers["customer"].fillna(alone) if "customer" in answers else alone
