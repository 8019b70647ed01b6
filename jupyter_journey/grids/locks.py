"""Lanes that no page may write into; Python may."""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_journey.errors import JourneyError
from jupyter_journey.model.patches import FieldOp, Op, OrderOp, RecordOp
from jupyter_journey.model.records import Document

__all__ = ["LockedLaneError", "check_unlocked"]


class LockedLaneError(JourneyError):
    """An edit by mouse is about a cell whose lane is locked.

    Fields: ``lane`` (its name).
    """

    template = "lane {lane!r} is locked; unlock it in its menu"


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
