"""Who leaves and who stays: churn both ways (TRAP-04), retention, early churn, milestones' effect.

What makes a customer is :func:`jupyter_journey.metrics.paying.paying`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import nan
from typing import Any

import numpy as np
import pandas as pd

from jupyter_journey.events.intervals import difference_interval
from jupyter_journey.metrics.early import LANDMARK_DAYS
from jupyter_journey.metrics.figures import Figure, share
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import bootstrap

__all__ = ["churn", "early_churn", "milestone_effect", "net_change", "retention"]

_WON = "decision"
EARLY_DAYS = 90
EFFECT_DAYS = 120


def churn(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share lost of those at the start; those won in the period can't hide them."""
    for start, end, said in _both_ends(inputs):
        lost = len(start.difference(end))
        yield share(lost, len(start), inputs.level, period=inputs.recent, said=said)


def retention(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share kept of those at the start."""
    for start, end, _ in _both_ends(inputs):
        kept = len(start.intersection(end))
        yield share(kept, len(start), inputs.level, period=inputs.recent)


def net_change(inputs: Inputs) -> Iterator[Figure]:
    """Yield by how much the number of customers fell, in percent of those at the start."""
    for start, end, _ in _both_ends(inputs):
        people = start.union(end)
        cases = np.column_stack([people.isin(start), people.isin(end)])
        low, high = bootstrap(cases, lambda s: 100 * (s[:, 0] - s[:, 1]) / s[:, 0], inputs.level)
        n = len(start)
        lost, won = len(start.difference(end)), len(end.difference(start))
        yield Figure(
            value=100 * (n - len(end)) / n if n else nan,
            n=n,
            low=low,
            high=high,
            counts=((lost, n), (won, len(people))),
            period=inputs.recent,
        )


def _both_ends(
    inputs: Inputs,
) -> Iterator[tuple[pd.Index[str], pd.Index[str], dict[str, Any]]]:
    """Yield who is a customer at the start and at the end of the period, if the events tell."""
    if inputs.paying is not None:
        said = {"joined": inputs.paying.joined, "left": inputs.paying.left}
        yield inputs.paying.at(inputs.recent_begin), inputs.paying.last, said


def early_churn(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share lost in their first 90 days, of those whose 90 days are over (MET-20)."""
    if inputs.paying is None:
        return
    window = pd.Timedelta(days=EARLY_DAYS)
    new = inputs.paying.new
    new = new[(new["start"] >= inputs.begin) & (new["start"] + window <= inputs.until)]
    lost = int((new["end"] - new["start"] <= window).sum())
    said = {"days": EARLY_DAYS, "joined": inputs.stages[_WON]}
    yield share(lost, len(new), inputs.level, said=said)


def milestone_effect(inputs: Inputs) -> Iterator[Figure]:
    """Yield by how much more often those stay who reach a milestone early (MET-44).

    Counted from a :mod:`jupyter_journey.metrics.landmark`, of those who could be watched to the
    end: 120 days after they joined.
    """
    for found in inputs.landmarks:
        people = found.people
        end = people["start"] + pd.Timedelta(days=EFFECT_DAYS)
        watched = (end <= inputs.until).to_numpy()
        stays = (people["end"].isna() | (people["end"] > end))[watched]
        early = people["early"][watched]
        if early.all() or not early.any():
            continue  # nobody to compare with
        without, having = (
            share(int(group.sum()), len(group), inputs.level)
            for group in (stays[~early], stays[early])
        )
        low, high = difference_interval(
            (without.value, without.low, without.high), (having.value, having.low, having.high)
        )
        yield Figure(
            value=100 * (having.value - without.value),
            n=len(stays),
            low=100 * float(low),
            high=100 * float(high),
            counts=(*without.counts, *having.counts),
            stage_id=found.milestone.to_stage_id,
            milestone_id=found.milestone.id,
            part=found.milestone.name,
            said={
                "events": found.events,
                "landmark": LANDMARK_DAYS,
                "until": EFFECT_DAYS,
                "joined": inputs.stages[_WON],
            },
        )
