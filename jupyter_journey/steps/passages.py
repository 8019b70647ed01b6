"""The transitions between stages, and what carries customers over each (MIL-R1, CONV-01)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Conversion, Milestone, Stage
from jupyter_journey.steps.meanings import whole_of

__all__ = ["Passage", "passages"]


class Passage(NamedTuple):
    """The way from one stage to the next one."""

    start: Stage
    end: Stage
    milestones: tuple[str, ...]
    """Names of the milestones that apply and lead out of the one stage, or into the other."""
    conversions: tuple[str, ...]


def passages(journey: Journey) -> Iterator[Passage]:
    """Yield the transitions in order; side stages and sub-steps are none of the way's stages.

    What leads out of a sub-step leads out of its stage, unless it stays in it.

    Examples
    --------
    >>> journey = Journey.new("Shop", stages=["Look", "Buy"])
    >>> [(one.start.name, one.end.name) for one in passages(journey)]
    [('Look', 'Buy')]
    """
    document, whole = journey.document, whole_of(journey)
    way = [stage for stage in document.stages if stage.parent_id is None and not stage.side]
    applying = [item for item in document.milestones if not item.refused_reason]
    for one, other in pairwise(way):
        milestones, conversions = (
            tuple(item.name for item in items if _carries(item, one, other, whole))
            for items in (applying, document.conversions)
        )
        yield Passage(one, other, milestones, conversions)


def _carries(
    item: Milestone | Conversion, one: Stage, other: Stage, whole: Mapping[str, str]
) -> bool:
    start, end = (whole.get(key or "") for key in (item.from_stage_id, item.to_stage_id))
    return end == other.id if start is None else start == one.id and end != start
