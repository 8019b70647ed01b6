"""The kernel's side of a frame's grid: one truth, its history, and the talk with the pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Protocol, cast

import pandas as pd

from jupyter_journey.errors import FrameError, JourneyError
from jupyter_journey.grids import frame_patches as patches
from jupyter_journey.grids.frame_changes import Change, SetCell, rows_of
from jupyter_journey.grids.frame_column import Schema, still_asked
from jupyter_journey.grids.frame_following import changed_cells, is_behind
from jupyter_journey.grids.frame_looks import Looks
from jupyter_journey.grids.frame_packing import Buffers, packed
from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.grids.interrupts import unbroken
from jupyter_journey.grids.messages import GUARD, STEPS, Line, Look, Rejoin
from jupyter_journey.grids.phrases import Phrase, phrase_of, worded

__all__ = ["Desk", "Tell"]

READ_ONLY = Phrase("read_only")

_Step = list[Change] | Sheet


class Tell(Protocol):
    """Tells all pages; each message carries the revision that now holds."""

    def __call__(self, message: dict[str, Any], buffers: Buffers | None = None) -> None:
        """Send a message to every page that shows the grid."""


class Desk:
    """Holds the frame, takes the pages' patches, tells all pages what holds.

    Parameters
    ----------
    notify
        Called after each change of the frame.
    language
        In which pages read why something is refused.
    """

    def __init__(
        self,
        sheet: Sheet,
        schema: Schema | None,
        looks: Looks,
        *,
        line: Line,
        tell: Tell,
        notify: Callable[[], None],
        language: str,
    ) -> None:
        self.revision = 0
        self._sheet = sheet
        self._schema = schema
        self._looks = looks
        self._line = line
        self._tell_pages = tell
        self._notify = notify
        self._language = language
        self._done: deque[_Step] = deque(maxlen=STEPS)
        self._undone: deque[_Step] = deque(maxlen=STEPS)

    @contextmanager
    def held(self) -> Iterator[Sheet]:
        """Hold the frame still for a change, what pandas did to it taken over."""
        with GUARD:
            self.follow()
            yield self._sheet

    @contextmanager
    def seen(self) -> Iterator[pd.DataFrame]:
        """Hold the frame still to be read."""
        with GUARD:
            yield self._sheet.frame if self._sheet.bound is None else self._sheet.bound

    @property
    def frame(self) -> pd.DataFrame:
        """The frame as it is now: the given one if bound, else a copy."""
        with self.seen() as frame:
            return frame if frame is self._sheet.bound else frame.copy()

    def state(self) -> dict[str, Any]:
        """Return all that a page needs to begin."""
        with GUARD:
            rows, data = packed(self._sheet)
            return {**self._about(), "rows": rows, "data": data}

    def replace(self, frame: pd.DataFrame) -> None:
        """Show another frame in place of this one; a bound frame takes over its content."""
        with self.held() as sheet:
            shown = Sheet(frame, self._schema, sheet.bound)
            with unbroken():
                # Before anybody hears of it: whoever does may fail.
                shown.fill_bound()
                self._put(shown)
        self._notify()

    def _about(self) -> dict[str, Any]:
        about = {"frame_id": self._sheet.id, "revision": self.revision, **self._history()}
        return {**about, **self._sheet.describe()}

    def _history(self) -> dict[str, bool]:
        return {"can_undo": bool(self._done), "can_redo": bool(self._undone)}

    def hear(self, content: Mapping[str, Any], *, is_read_only: bool) -> None:
        """Do what a page says."""
        said = patches.read(content)
        with GUARD:
            if isinstance(said, patches.Patch):
                if self._line.repeat(said.id):
                    self._send_snapshot()
                else:
                    self._take(said, is_read_only)
            elif isinstance(said, Rejoin):
                self._line.rejoin(said, self.revision, self._send_snapshot)
            elif isinstance(said, Look):
                self._looks.change(**said.change)
                self._line.say({"type": "looked", "id": said.id})
            elif not is_read_only:
                self.step(said.type, self._looks.locked)

    def _take(self, patch: patches.Patch, is_read_only: bool) -> None:
        try:
            changes = self._asked(patch, is_read_only)
        except patches.Misfit as misfit:
            self.refuse(patch.id, **misfit.fields, changes=self._present(patch))
            return
        self.commit(changes, patch)

    def refuse(
        self,
        asked: str | None,
        reason: str,
        *,
        row: int | None = None,
        column: int | None = None,
        changes: Sequence[dict[str, Any]] = (),
    ) -> None:
        """Tell the page that asked, by its patch's id, why nothing of that holds.

        ``row`` and ``column`` are those of the cell that it fails at; ``changes`` say what stands
        in the cells that were to change.
        """
        self._tell_pages(
            {
                "type": "refused",
                "id": asked,
                "frame_id": self._sheet.id,
                "revision": self.revision,
                "row": row,
                "column": column,
                "reason": worded(reason, self._language),
                "changes": list(changes),
                **self._history(),
            }
        )

    def _asked(self, patch: patches.Patch, is_read_only: bool) -> list[Change]:
        if is_read_only:
            raise patches.Misfit(row=None, column=None, reason=READ_ONLY)
        try:
            self._follow_where(patch)
        except JourneyError as error:
            raise patches.Misfit(row=None, column=None, reason=phrase_of(error)) from error
        return patches.resolved(self._sheet, patch, self._looks.locked)

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

    def commit(self, changes: list[Change], patch: patches.Patch | None = None) -> None:
        """Make changes that were checked, as one step, and tell all pages."""
        with unbroken():
            self._undone.clear()
            self._make(changes, self._done, patch)
        self._notify()

    def _make(
        self, changes: list[Change], target: deque[_Step], patch: patches.Patch | None = None
    ) -> None:
        back: list[Change] = []
        made: list[dict[str, Any]] = []
        for kind, group in groupby(changes, type):
            some = list(group)
            if kind is SetCell:
                back[:0] = self._sheet.put(cast("list[SetCell]", some))
                made += map(self._sheet.described, some)
                continue
            for change in some:
                back[:0] = self._sheet.apply(change)
                made.append(self._sheet.described(change))
        target.append(back)
        self._tell(made, patch)

    def _tell(self, made: list[dict[str, Any]], patch: patches.Patch | None) -> None:
        kind = "changed" if patch is None else "accepted"
        if patch is not None and patch.base_rev < self.revision:
            kind = "rebased"
        self.revision += 1
        self._tell_pages(
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
        rows, data = packed(self._sheet)
        self._tell_pages({"type": "snapshot", **self._about(), "rows": rows}, data)

    def _put(self, sheet: Sheet) -> None:
        """Show another sheet; the one before can be brought back."""
        before = self._sheet
        self._done.append(before)
        self._undone.clear()
        if sheet.take_keys(before):
            sheet.locked = self._looks.locked
        self._change_to(sheet)

    def _change_to(self, sheet: Sheet) -> None:
        self._looks.turn_to(sheet, self._sheet)
        self._sheet = sheet
        self.revision += 1
        self._send_snapshot()

    def step(self, which: str, locked: frozenset[int] = frozenset()) -> bool:
        """Undo or redo one step; False if there is none.

        Raises
        ------
        FrameError
            If it changes one of the locked rows.
        """
        if which == "undo":
            return self._turn(self._done, self._undone, locked)
        return self._turn(self._undone, self._done, locked)

    def _turn(self, source: deque[_Step], target: deque[_Step], locked: frozenset[int]) -> bool:
        with GUARD:
            self.follow()
            if not source:
                return False
            step = source[-1]
            rows = self._sheet.keys.tolist() if isinstance(step, Sheet) else rows_of(step)
            if not locked.isdisjoint(rows):
                raise FrameError(reason=Phrase("step_locked"), way_out=Phrase("unlock"))
            with unbroken():
                source.pop()
                if isinstance(step, Sheet):
                    step.fill_bound()
                    target.append(self._sheet)
                    self._change_to(step)
                else:
                    self._make(step, target)
        self._notify()
        return True

    def follow(self) -> None:
        """Take over what pandas did to a bound frame; a step that can be undone."""
        with GUARD:
            bound = self._sheet.bound
            if bound is None:
                return
            cells = changed_cells(self._sheet, bound)
            if cells:
                # The bound frame holds it already; making it again changes nothing there.
                self.commit(list(cells))
            elif cells is None:
                shown = Sheet(bound, still_asked(self._schema, bound), bound)
                with unbroken():
                    self._put(shown)
                self._notify()

    def _follow_where(self, patch: patches.Patch) -> None:
        """Look at the cells that a patch is about only: a frame is compared whole per cell run."""
        if is_behind(self._sheet, [op for op in patch.ops if isinstance(op, patches.SetOp)]):
            self.follow()
