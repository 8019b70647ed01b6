"""Where on a map stands what a finding is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jupyter_journey.model.records import COLLECTIONS, Document, Entity

__all__ = ["place_of"]


def place_of(document: Document, where: str) -> dict[str, Any]:
    """Return the spots a finding such as ``goals/growth`` leads to, and whether it has a card.

    A spot is a cell; without a lane it is a stage's heading, without a stage a lane's. The first
    that the map shows is meant. Of a cell in a hidden lane the stage is shown at least.

    Examples
    --------
    >>> import jupyter_journey as jj
    >>> document = jj.Journey.new("Shop", stages=["Look", "Buy"]).document
    >>> place_of(document, "stages/buy")
    {'spots': [{'lane': None, 'stage': 'buy', 'persona': None}], 'has_card': True}
    """
    record = _record(document, where)
    hidden = {lane.id for lane in document.lanes if lane.hidden}
    places = sorted(_places(document, where, record), key=lambda place: place[0] in hidden)
    spots = [
        {"lane": lane, "stage": stage, "persona": persona}
        for lane, stage, persona in (
            (None, place[1], None) if place[0] in hidden else place for place in places
        )
        if lane or stage
    ]
    return {"spots": spots, "has_card": record is not None}


def _record(document: Document, where: str) -> Entity | None:
    kind, _, rest = where.partition("/")
    found: list[Entity] = [
        record
        for record in (getattr(document, kind) if kind in COLLECTIONS else ())
        if getattr(record, "id", None) == rest.split("/")[0]
    ]
    return found[0] if found else None


def _places(
    document: Document, where: str, record: Entity | None
) -> Iterator[tuple[str | None, str | None, str | None]]:
    kind, *ids = where.split("/")
    lane, stage, persona = [*ids, None, None, None][:3]
    if kind == "stages":
        yield None, lane, None
    elif kind == "lanes":
        yield lane, None, None
    elif kind == "cells":
        yield lane, stage, persona
    elif record is not None:
        at = {name: getattr(record, name, None) for name in ("lane_id", "stage_id", "persona_id")}
        if kind == "measurements":
            yield at["lane_id"], at["stage_id"], at["persona_id"]
            return
        yield from _holding(document, kind, record.id)
        yield None, at["stage_id"] or getattr(record, "from_stage_id", None), None


def _holding(
    document: Document, kind: str, key: str
) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Yield the cells that refer to a record, lane by lane and stage by stage."""
    rank = {stage.id: at for at, stage in enumerate(document.stages)}
    for lane in document.lanes:
        if lane.refers_to == kind:
            for cell in sorted(document.cells, key=lambda it: rank[it.stage_id]):
                if cell.lane_id == lane.id and key in (cell.value or ()):  # type: ignore[operator]
                    yield lane.id, cell.stage_id, cell.persona_id
