"""What must hold between a journey's records: unique ids, no dangling ids, values that fit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from jupyter_journey.model.records import COLLECTIONS, Document, Entity, Lane, LaneKind, Value

__all__ = ["SCORE_RANGE", "Flaw", "expected", "fits", "flaws"]

SCORE_RANGE = (-2.0, 2.0)


class Flaw(NamedTuple):
    """One thing wrong: where (a JSON path) and why."""

    where: str
    reason: str


_REFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "stage_id": "stages",
        "from_stage_id": "stages",
        "to_stage_id": "stages",
        "lane_id": "lanes",
        "persona_id": "personas",
        "segment_id": "segments",
        "milestone_id": "milestones",
        "touchpoint_id": "touchpoints",
        "source_id": "sources",
        "parent_id": "stages",
    }
)


def flaws(document: Document) -> Iterator[Flaw]:
    """Yield everything that makes a document impossible, in the order of the file."""
    ids = {name: _ids(getattr(document, name)) for name in COLLECTIONS}
    lanes = {lane.id: lane for lane in document.lanes}
    for name in COLLECTIONS:
        yield from _twins(document, name)
        links = [field for field in _REFERENCES if field in COLLECTIONS[name].model_fields]
        for position, record in enumerate(getattr(document, name)):
            for field in links:
                target, collection = getattr(record, field), _REFERENCES[field]
                if target is not None and target not in ids[collection]:
                    reason = f"there is no {target!r} among the {collection}"
                    yield Flaw(f"$.{name}[{position}].{field}", reason)
    for position, cell in enumerate(document.cells):
        lane = lanes.get(cell.lane_id)
        if lane is not None and cell.value is not None and not fits(cell.value, lane):
            reason = f"lane {lane.id!r} is of kind {lane.kind!r} and takes {expected(lane)}"
            yield Flaw(f"$.cells[{position}].value", f"{reason}, not {cell.value!r}")
    yield from _circles(document)


def fits(value: Value, lane: Lane) -> bool:
    """Tell whether a value suits a lane's kind."""
    return _FITS[lane.kind](value, lane)


def expected(lane: Lane) -> str:
    """Say in words what a lane takes."""
    if lane.kind == "choice":
        return f"one of {', '.join(lane.options)}"
    return _EXPECTED[lane.kind]


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_score(value: Value, _: Lane) -> bool:
    low, high = SCORE_RANGE
    return isinstance(value, int | float) and _is_number(value) and low <= value <= high


def _is_list(value: Value, _: Lane) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, str) for item in value)


def _is_text(value: Value, _: Lane) -> bool:
    return isinstance(value, str)


_FITS: Mapping[LaneKind, Callable[[Any, Lane], bool]] = MappingProxyType(
    {
        "text": _is_text,
        "date": _is_text,
        "image": _is_text,
        "choice": lambda value, lane: isinstance(value, str) and value in lane.options,
        "list": _is_list,
        "chips": _is_list,
        "reference": _is_list,
        "score": _is_score,
        "metric": lambda value, _: _is_number(value),
    }
)
_EXPECTED: Mapping[LaneKind, str] = MappingProxyType(
    {
        "text": "a text",
        "date": "a date as text, such as 2026-03-31",
        "image": "a path as text",
        "list": "a list of texts",
        "chips": "a list of texts",
        "reference": "a list of ids",
        "score": "a number from -2 to 2",
        "metric": "a finite number",
    }
)


def _ids(records: tuple[Any, ...]) -> set[str]:
    return {record.id for record in records if isinstance(record, Entity)}


def _twins(document: Document, name: str) -> Iterator[Flaw]:
    seen: set[Any] = set()
    for position, record in enumerate(getattr(document, name)):
        if isinstance(record, Entity):
            key: Any = record.id
        else:
            key = (record.lane_id, record.stage_id, record.persona_id)
        if key in seen:
            yield Flaw(f"$.{name}[{position}]", f"{key!r} occurs twice")
        seen.add(key)


def _circles(document: Document) -> Iterator[Flaw]:
    parents = {stage.id: stage.parent_id for stage in document.stages}
    for position, stage in enumerate(document.stages):
        seen, current = {stage.id}, stage.parent_id
        while current is not None and current not in seen:
            seen.add(current)
            current = parents.get(current)
        if current is not None:
            yield Flaw(f"$.stages[{position}].parent_id", "a stage can't be its own sub-step")
