"""What widget and kernel say to each other; the twin of ``widgets/src/hosts/anywidget.ts``.

The widget sends ``patch`` (ops, all or none), ``history`` (undo or redo) and ``refresh``. All pages
hear ``changed`` (the ops that now hold) or the whole ``document``, and ``refused`` answers a patch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jupyter_journey.errors import JourneyError
from jupyter_journey.model.patches import FieldOp, Op
from jupyter_journey.model.records import Document

__all__ = [
    "History",
    "LockedLaneError",
    "Patch",
    "Refresh",
    "changed",
    "check_unlocked",
    "read",
    "refused",
]

Message = dict[str, Any]


class LockedLaneError(JourneyError):
    """An edit by mouse is about a cell whose lane is locked.

    Fields: ``lane`` (its name).
    """

    template = "lane {lane!r} is locked; unlock it in its menu"


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Patch(_Said):
    """Changes that hold together or not at all."""

    type: Literal["patch"]
    id: str
    base_rev: int
    ops: tuple[Op, ...]


class History(_Said):
    """A step back, or forth again."""

    type: Literal["history"]
    step: Literal["undo", "redo"]


class Refresh(_Said):
    """A page asks whether it knows the present revision."""

    type: Literal["refresh"]
    revision: int


_said: TypeAdapter[Patch | History | Refresh] = TypeAdapter(
    Annotated[Patch | History | Refresh, Field(discriminator="type")]
)


def read(content: Mapping[str, Any]) -> Patch | History | Refresh:
    """Check a message from the widget.

    Raises
    ------
    pydantic.ValidationError
        If it is none: then widget and package are of different versions.
    """
    return _said.validate_python(content)


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


def refused(patch: Patch, revision: int, reason: str) -> Message:
    """Say that nothing of the patch holds, and why."""
    return {"type": "refused", "id": patch.id, "revision": revision, "reason": reason}
