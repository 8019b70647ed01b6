"""Customers at the start, MET-37 (conversion per transition), side stages, milestones reached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import nan

from jupyter_journey.metrics.figures import Figure, Inputs

__all__ = ["conversion", "entrants", "milestone_reach", "side_stages"]


def entrants(inputs: Inputs) -> Iterator[Figure]:
    """Yield how many customers entered the first stage: what all rates come from."""
    first = next(iter(inputs.entries))
    count = int(inputs.log.funnel({first: inputs.entries[first]})["customers"].iloc[0])
    yield Figure(
        value=count,
        n=count,
        low=nan,
        high=nan,
        stage_id=first,
        formula=f"customers who entered {first}",
    )


def conversion(inputs: Inputs) -> Iterator[Figure]:
    """Yield, for each stage but the first, the share of the former stage's customers it gets."""
    level = inputs.document.settings.level
    rows = inputs.log.funnel(inputs.entries, level=level).to_dict("records")
    for before, row in pairwise(rows):
        start, target = before["stage"], row["stage"]
        yield Figure(
            value=row["rate"],
            n=row["n"],
            low=row["low"],
            high=row["high"],
            stage_id=target,
            formula=(
                f"customers who entered {target} after {start} / customers who entered {start}; "
                "those still on the way count as not converted"
            ),
        )


def side_stages(inputs: Inputs) -> Iterator[Figure]:
    """Yield, for each stage that may be entered from anywhere, the share of all who ever do."""
    level = inputs.document.settings.level
    entered = {key: inputs.stages[key] for key in inputs.stages if key not in inputs.entries}
    if not entered:
        return
    for row in inputs.log.reach(entered, level=level).to_dict("records"):
        yield Figure(
            value=row["rate"],
            n=row["n"],
            low=row["low"],
            high=row["high"],
            stage_id=row["milestone"],
            formula=f"customers who ever entered {row['milestone']} / all customers",
        )


def milestone_reach(inputs: Inputs) -> Iterator[Figure]:
    """Yield, for each milestone with an event, the share of customers who reach it."""
    level = inputs.document.settings.level
    for milestone in inputs.document.milestones:
        events = inputs.milestones.get(milestone.id)
        if not events or milestone.refused_reason:
            continue
        since = inputs.stages.get(milestone.from_stage_id or "")
        whose = f"customers who entered {milestone.from_stage_id}" if since else "all customers"
        frame = inputs.log.reach(
            {milestone.id: events},
            since={milestone.id: since} if since else None,
            level=level,
        )
        row = frame.to_dict("records")[0]
        yield Figure(
            value=row["rate"],
            n=row["n"],
            low=row["low"],
            high=row["high"],
            stage_id=milestone.to_stage_id,
            milestone_id=milestone.id,
            name=milestone.name,
            formula=f"customers with {' or '.join(events)} after that / {whose}",
        )
