"""What widget and kernel say to each other; the twin of ``widgets/src/hosts/anywidget.ts``.

All pages hear ``changed`` (the ops that now hold) or the whole ``document``; ``refused`` answers a
patch, without an id anything else that was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jupyter_journey.grids.messages import Asked, reader
from jupyter_journey.model.patches import Op

__all__ = ["Patch", "changed", "read", "refused"]

Message = dict[str, Any]


class Patch(Asked):
    """Changes of a map that hold together or not at all."""

    ops: tuple[Op, ...]


read = reader(Patch)


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
