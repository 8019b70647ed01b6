"""Customers at the start, conversion per transition and by source, side stages, milestones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jupyter_journey.metrics.figures import Figure, share
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.intervals import poisson

__all__ = [
    "campaign_leads",
    "conversion",
    "conversion_by_source",
    "entrants",
    "milestone_reach",
    "side_stages",
    "traffic_by_source",
]

_LEAD, _WON = "consideration", "decision"
_MOST = 10
"""More sources than these, the most frequent, are not told apart."""


def entrants(inputs: Inputs) -> Iterator[Figure]:
    """Yield how many customers entered the first stage: what all rates come from."""
    first = next(iter(inputs.entries))
    count = int(inputs.log.funnel({first: inputs.entries[first]})["customers"].iloc[0])
    low, high = poisson(count, inputs.level)
    yield Figure(value=count, n=count, low=low, high=high, stage_id=first, said={"stage": first})


def conversion(inputs: Inputs) -> Iterator[Figure]:
    """Yield, for each stage but the first, the share of the former stage's customers it gets."""
    rows = inputs.log.funnel(inputs.entries, level=inputs.level).to_dict("records")
    for before, row in pairwise(rows):
        said = {"stage": row["stage"], "start": before["stage"]}
        yield share(row["customers"], row["n"], inputs.level, stage_id=row["stage"], said=said)


def side_stages(inputs: Inputs) -> Iterator[Figure]:
    """Yield, for each stage that may be entered from anywhere, the share of all who ever do."""
    entered = {key: inputs.stages[key] for key in inputs.stages if key not in inputs.entries}
    if not entered:
        return
    for row in inputs.log.reach(entered, level=inputs.level).to_dict("records"):
        key = row["milestone"]
        yield share(row["customers"], row["n"], inputs.level, stage_id=key, said={"stage": key})


def milestone_reach(inputs: Inputs) -> Iterator[Figure]:
    """Yield, for each milestone with an event, the share of customers who reach it."""
    for milestone in inputs.document.milestones:
        events = inputs.milestones.get(milestone.id)
        if not events or milestone.refused_reason:
            continue
        since = inputs.stages.get(milestone.from_stage_id or "")
        log = inputs.since_first(since) if since else inputs.log
        frame = log.reach(
            {milestone.id: events},
            since={milestone.id: since} if since else None,
            level=inputs.level,
        )
        row = frame.to_dict("records")[0]
        yield share(
            row["customers"],
            row["n"],
            inputs.level,
            stage_id=milestone.to_stage_id,
            milestone_id=milestone.id,
            name=milestone.name,
            said={
                "events": events,
                "stage": milestone.from_stage_id,
                "whose": "since" if since else "all",
            },
        )


def traffic_by_source(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of customers of each channel their first event names (MET-11)."""
    groups = inputs.channels
    total = int(groups["all"].sum())
    for name, row in groups.head(_MOST).iterrows():
        about = {"part": str(name), "whole": "channels", "one_n": True}
        yield share(int(row["all"]), total, inputs.level, **about)


def conversion_by_source(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of each channel's customers who subscribe (MET-18)."""
    groups = inputs.channels
    if _WON not in groups:
        return
    for name, row in groups.head(_MOST).iterrows():
        said = {"stage": _WON}
        counts = int(row[_WON]), int(row["all"])
        yield share(*counts, inputs.level, part=str(name), whole="channels", said=said)


def campaign_leads(inputs: Inputs) -> Iterator[Figure]:
    """Yield the share of each campaign's leads who subscribe (MET-19)."""
    groups = inputs.by_first("campaign")
    if not {_LEAD, _WON} <= set(groups):
        return
    for name, row in groups.head(_MOST).iterrows():
        said = {"start": _LEAD, "stage": _WON}
        counts = int(row[_WON]), int(row[_LEAD])
        yield share(*counts, inputs.level, part=str(name), whole="campaigns", said=said)
