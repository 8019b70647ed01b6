"""What a cell may hold, by its lane's kind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from jupyter_journey.errors import CellValueError, UnknownNameError
from jupyter_journey.model.frames import record_of
from jupyter_journey.model.integrity import expected, fits
from jupyter_journey.model.records import Cell, Lane, Stage, Value
from jupyter_journey.model.scalars import plain

__all__ = ["LIST_KINDS", "NUMBER_KINDS", "blank", "coerced", "with_values"]

LIST_KINDS = frozenset({"list", "chips", "reference"})
NUMBER_KINDS = frozenset({"score", "metric"})

_FIELDS = ("evidence", "target", "note")


def coerced(value: Any, lane: Lane, stage: Stage) -> Value | None:
    """Bring a value a person or pandas gave to the form a lane keeps, or refuse it.

    A list lane takes a list, or a text with one item per line; a number lane takes any finite
    number; empty texts, empty lists and missing values mean an empty cell.

    Raises
    ------
    CellValueError
        If the value doesn't suit the lane's kind.
    """
    kept: Value | None = _kept(value, lane)
    if kept is None:
        return None
    wanted = expected(lane)
    if fits(kept, lane):
        if _is_encodable(kept):
            return kept
        wanted = "text without halves of characters"
    raise CellValueError(
        stage=stage.name, lane=lane.name, kind=lane.kind, value=value, expected=wanted
    )


def blank(lane: Lane) -> Any:
    """Return what an empty cell of a lane shows in the wide frame."""
    return math.nan if lane.kind in NUMBER_KINDS else ""


def with_values(
    cells: Iterable[Cell],
    changes: Mapping[tuple[str, str], Value | None],
    persona_id: str | None,
    **fields: Any,
) -> tuple[Cell, ...]:
    """Return the cells with new values by (lane, stage) id; a cell that holds nothing is dropped.

    ``fields`` are a cell's other fields: ``evidence``, ``target``, ``note``.
    """
    for name in fields:
        if name not in _FIELDS:
            raise UnknownNameError(kind="field of a cell", name=name, known=_FIELDS)
    kept = {(cell.lane_id, cell.stage_id, cell.persona_id): cell for cell in cells}
    for (lane_id, stage_id), value in changes.items():
        key = (lane_id, stage_id, persona_id)
        old = kept.get(key) or Cell(lane_id=lane_id, stage_id=stage_id, persona_id=persona_id)
        new = record_of(Cell, {**dict(old), "value": value, **fields}, "cells")
        if new.value is None and new.target is None and not new.note:
            kept.pop(key, None)
        else:
            kept[key] = new
    return tuple(kept.values())


def _is_encodable(value: Value) -> bool:
    """Tell whether a file or a message could hold the value's texts."""
    try:
        for text in value if isinstance(value, tuple) else (value,):
            str(text).encode()
    except UnicodeEncodeError:
        return False
    return True


def _kept(value: Any, lane: Lane) -> Any:
    value = plain(value)
    if value is None or value == "":
        return None
    if lane.kind in LIST_KINDS:
        items = value.splitlines() if isinstance(value, str) else value
        if isinstance(items, list | tuple):
            return tuple(item for item in items if item != "") or None
    if lane.kind in NUMBER_KINDS and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value
