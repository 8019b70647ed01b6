"""The kernel's side of a frame's grid: one truth, its history, and the talk with the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import RLock
from typing import Any
from uuid import uuid4

import anywidget
import pandas as pd
import traitlets

from jupyter_journey.grids import frame_patches as patches
from jupyter_journey.grids.frame_changes import Change
from jupyter_journey.grids.frame_column import Schema
from jupyter_journey.grids.frame_following import changed_cells, has_same_shape
from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.grids.notebook import after_each_cell

__all__ = ["FrameKernel"]

READ_ONLY = "the grid is read-only"

_Step = list[Change] | Sheet


class FrameKernel(anywidget.AnyWidget):
    """Holds the frame, takes patches, tells all pages; its verbs are :class:`FrameGrid`'s."""

    # Also where a frame is refused before there is anything to stop.
    _unhook: Callable[[], None] | None = None

    revision = traitlets.Int(0, read_only=True)
    """Counts the changes of the frame, wherever they came from."""
    read_only = traitlets.Bool(False).tag(sync=True)
    _grid_id = traitlets.Unicode().tag(sync=True)
    # Set by the page: see widgets/src/hosts/confirm.ts.
    _answered = traitlets.Int().tag(sync=True)
    # Asked for, not sent: a page that loads gets the present state, an edit sends only itself.
    _snapshot = traitlets.Any().tag(sync=True, to_json=lambda _, grid: grid._state())  # noqa: SLF001

    def __init__(
        self, frame: pd.DataFrame, schema: Schema | None, *, bind: bool, **traits: Any
    ) -> None:
        # Edits arrive in another thread than the one that runs the user's cell.
        self._guard = RLock()
        self._schema = schema
        self._sheet = Sheet(frame, schema, frame if bind else None)
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._listeners: list[Callable[[Any], object]] = []
        super().__init__(_grid_id=uuid4().hex, **traits)
        self.on_msg(self._hear)
        if bind:
            self._unhook = after_each_cell(self, "_follow")

    def close(self) -> None:
        """Take the grid off all pages and stop following a bound frame."""
        if self._unhook:
            self._unhook()
        super().close()

    def _locked_keys(self) -> frozenset[int]:
        raise NotImplementedError

    def _look_at(self, sheet: Sheet) -> None:
        raise NotImplementedError

    def _state(self) -> dict[str, Any]:
        with self._guard:
            return {**self._about(), "data": self._data()}

    def _about(self) -> dict[str, Any]:
        about = {"frame_id": self._sheet.id, "revision": self.revision, **self._history()}
        return {**about, **self._sheet.describe()}

    def _data(self) -> bytes:
        data = json.dumps(self._sheet.snapshot(), ensure_ascii=False, separators=(",", ":"))
        return data.encode(errors="replace")

    def _history(self) -> dict[str, bool]:
        return {"can_undo": bool(self._done), "can_redo": bool(self._undone)}

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        said = patches.read(content)
        with self._guard:
            if isinstance(said, patches.Patch):
                self._take(said)
            elif isinstance(said, patches.Turn):
                if not self.read_only:
                    self._step(said.type)
            elif said.revision != self.revision:
                self._send_snapshot()

    def _take(self, patch: patches.Patch) -> None:
        try:
            changes = self._asked(patch)
        except patches.Misfit as misfit:
            self.send(
                {
                    "type": "refused",
                    "id": patch.id,
                    "frame_id": self._sheet.id,
                    "revision": self.revision,
                    **misfit.fields,
                    "changes": self._present(patch),
                    **self._history(),
                }
            )
            return
        self._commit(changes, patch)

    def _asked(self, patch: patches.Patch) -> list[Change]:
        if self.read_only:
            raise patches.Misfit(row=None, column=None, reason=READ_ONLY)
        self._follow_where(patch)
        return patches.resolved(self._sheet, patch, self._locked_keys())

    def _present(self, patch: patches.Patch) -> list[dict[str, Any]]:
        """Say what the cells hold that a refused patch was about."""
        if patch.frame_id != self._sheet.id:
            return []
        cells = {(op.row, op.column) for op in patch.ops if isinstance(op, patches.SetOp)}
        return [
            {"op": "set", "row": row, "column": at, "new": self._sheet.value(place, at)}
            for row, at in cells
            if (place := self._sheet.position(row)) >= 0
        ]

    def _commit(self, changes: list[Change], patch: patches.Patch | None = None) -> None:
        """Make changes that were checked, as one step, and tell all pages."""
        self._undone.clear()
        self._make(changes, self._done, patch)
        self._notify()

    def _make(
        self, changes: list[Change], target: list[_Step], patch: patches.Patch | None = None
    ) -> None:
        back: list[Change] = []
        made = []
        for change in changes:
            back[:0] = self._sheet.apply(change)
            made.append(self._sheet.described(change))
        target.append(back)
        self._tell(made, patch)

    def _tell(self, made: list[dict[str, Any]], patch: patches.Patch | None) -> None:
        kind = "changed" if patch is None else "accepted"
        if patch is not None and patch.base_rev < self.revision:
            kind = "rebased"
        self.set_trait("revision", self.revision + 1)
        self.send(
            {
                "type": kind,
                "id": patch.id if patch else None,
                "frame_id": self._sheet.id,
                "revision": self.revision,
                "changes": made,
                **self._history(),
            }
        )

    def _send_snapshot(self) -> None:
        self.send({"type": "snapshot", **self._about()}, [self._data()])

    def _put(self, sheet: Sheet) -> None:
        """Show another sheet; the one before can be brought back."""
        before = self._sheet
        self._done.append(before)
        self._undone.clear()
        if sheet.take_keys(before):
            sheet.locked = self._locked_keys()
        self._change_to(sheet)

    def _change_to(self, sheet: Sheet) -> None:
        self._sheet.locked = self._locked_keys()
        self._look_at(sheet)
        self._sheet = sheet
        self.set_trait("revision", self.revision + 1)
        self._send_snapshot()

    def _step(self, which: str) -> bool:
        if which == "undo":
            return self._turn(self._done, self._undone)
        return self._turn(self._undone, self._done)

    def _turn(self, source: list[_Step], target: list[_Step]) -> bool:
        with self._guard:
            self._follow()
            if not source:
                return False
            step = source.pop()
            if isinstance(step, Sheet):
                target.append(self._sheet)
                self._change_to(step)
                step.fill_bound()
            else:
                self._make(step, target)
        self._notify()
        return True

    def _follow(self) -> None:
        """Take over what pandas did to a bound frame; a step that can be undone."""
        with self._guard:
            bound = self._sheet.bound
            if bound is None:
                return
            cells = changed_cells(self._sheet, bound)
            if cells:
                # The bound frame holds it already; making it again changes nothing there.
                self._commit(list(cells))
            elif cells is None:
                self._put(Sheet(bound, self._schema, bound))
                self._notify()

    def _follow_where(self, patch: patches.Patch) -> None:
        """Look at the cells that a patch is about only: a frame is compared whole per cell run."""
        bound = self._sheet.bound
        if bound is None:
            return
        if not has_same_shape(self._sheet.frame, bound):
            self._follow()
            return
        for op in patch.ops:
            if isinstance(op, patches.SetOp) and op.column >= 0:
                place = self._sheet.position(op.row)
                if place >= 0 and self._sheet.is_behind(place, op.column):
                    self._follow()
                    return

    def _notify(self) -> None:
        for listener in tuple(self._listeners):
            listener(self)
