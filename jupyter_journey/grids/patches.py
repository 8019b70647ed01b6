"""What widget and kernel say to each other; the twin of ``widgets/src/hosts/anywidget.ts``.

All pages hear ``changed`` (the ops that now hold) or the whole ``document``; ``refused`` answers a
patch, without an id anything else that was asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jupyter_journey.errors import JourneyError
from jupyter_journey.grids.messages import Asked, reader
from jupyter_journey.model.patches import FieldOp, Op
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


def check_unlocked(document: Document, ops: Iterable[Op]) -> None:
    """Refuse changes within a cell of a locked lane; with its lane or stage a cell may go.

    Raises
    ------
    LockedLaneError
        If there is such a change.
    """
    locked = {lane.id: lane.name for lane in document.lanes if lane.locked}
    for op in ops:
        if isinstance(op, FieldOp) and op.collection == "cells" and op.key[0] in locked:
            raise LockedLaneError(lane=locked[op.key[0]])


def changed(ops: Iterable[Op], revision: int, patch: Patch | None = None) -> Message:
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
