"""What widget and kernel say to each other; the twin of ``widgets/src/hosts/anywidget.ts``.

All pages hear ``changed`` (the ops that now hold) or the whole ``document``; ``refused`` answers a
patch, without an id anything else that was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jupyter_journey.errors import JourneyError
from jupyter_journey.grids.messages import Asked, reader
from jupyter_journey.model.patches import FieldOp, Op, OrderOp, RecordOp
from jupyter_journey.model.records import Document

__all__ = ["LockedLaneError", "Patch", "changed", "check_unlocked", "read", "refused"]

Message = dict[str, Any]


class LockedLaneError(JourneyError):
    """An edit by mouse is about a cell whose lane is locked.

    Fields: ``lane`` (its name).
    """

    template = "lane {lane!r} is locked; unlock it in its menu"


class Patch(Asked):
    """Changes of a map that hold together or not at all."""

    ops: tuple[Op, ...]


read = reader(Patch)


def check_unlocked(document: Document, ops: Sequence[Op]) -> None:
    """Refuse changes of cells in a locked lane; with its lane, stage or persona a cell may go.

    Raises
    ------
    LockedLaneError
        If there is such a change.
    """
    locked = {lane.id: lane.name for lane in document.lanes if lane.locked}
    records = [op for op in ops if isinstance(op, RecordOp)]
    moved = {(op.collection, op.key) for op in records}
    for op in ops:
        if isinstance(op, OrderOp) or op.collection != "cells" or op.key[0] not in locked:
            continue
        owners = zip(("lanes", "stages", "personas"), op.key, strict=True)
        if isinstance(op, FieldOp) or moved.isdisjoint(owners):
            raise LockedLaneError(lane=locked[op.key[0]])


def changed(ops: Sequence[Op], revision: int, patch: Patch | None = None) -> Message:
    """Tell all pages what now holds, and whose patch that answers."""
    return {
        "type": "changed",
        "id": patch.id if patch else None,
        "revision": revision,
        "ops": [op.model_dump(mode="json") for op in ops],
    }


def refused(asked: str | None, revision: int, reason: str) -> Message:
    """Say that nothing holds of the patch of this id, or of what else was asked, and why."""
    return {"type": "refused", "id": asked, "revision": revision, "reason": reason}
