"""How a frame is looked at: order, filter, widths, locks. None of it changes the frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import traitlets

from jupyter_journey.grids.frame_sheet import Sheet

__all__ = ["FrameLooks"]

WIDTHS = (40, 1200)
"""The narrowest and the widest column, in pixels."""


class FrameLooks(traitlets.HasTraits):
    """What the mouse does to the view, as calls."""

    view = traitlets.Dict(
        help="sort, filter, order, frozen and widths, by the columns' positions in the frame"
    ).tag(sync=True)
    _sheet: Sheet
    _locked = traitlets.List(traitlets.Int()).tag(sync=True)

    def sort(self, column: Any = None, *, descending: bool = False) -> None:
        """Show the rows in the order of this column; without one, in the frame's."""
        at = None if column is None else self._column(column)
        order = [] if at is None else [{"column": at, "descending": descending}]
        self._look(sort=order)

    def filter(self, conditions: Mapping[Any, str] | None = None) -> None:
        """Show only rows that meet all conditions; without any, all rows.

        Parameters
        ----------
        conditions
            By column, as one types it into the grid's filter: ``"ber"`` (contains),
            ``"=berlin"``, ``">=30"``, ``"30..40"``, ``"="`` (missing), ``"!"`` (not missing).
        """
        chosen = {str(self._column(name)): said for name, said in (conditions or {}).items()}
        self._look(filter=chosen)

    def freeze(self, count: int) -> None:
        """Keep the first columns in sight while the others are scrolled."""
        self._look(frozen=max(0, int(count)))

    def arrange(self, columns: Iterable[Any]) -> None:
        """Show these columns first, in this order."""
        self._look(order=[self._column(name) for name in columns])

    def resize(self, column: Any, pixels: int) -> None:
        """Make a column so wide."""
        narrowest, widest = WIDTHS
        width = min(max(int(pixels), narrowest), widest)
        widths = {**self.view.get("widths", {}), str(self._column(column)): width}
        self._look(widths=widths)

    def lock(self, rows: Iterable[Any], *, by: Any = "label") -> None:
        """Let nobody edit or delete these rows in the grid; Python still may."""
        keys = {self._key(row, by) for row in rows}
        self._locked = sorted(keys | set(self._locked))

    def unlock(self, rows: Iterable[Any] | None = None, *, by: Any = "label") -> None:
        """Let these rows be edited again; without any, all."""
        keys = set(self._locked) if rows is None else {self._key(row, by) for row in rows}
        self._locked = sorted(set(self._locked) - keys)

    def _look(self, **change: Any) -> None:
        self.view = {**self.view, **change}

    def _look_at(self, sheet: Sheet) -> None:
        """Take over another sheet's locks; forget the look where its columns stand elsewhere."""
        self._locked = sorted(sheet.locked)
        names, old = sheet.frame.columns, self._sheet.frame.columns
        if not names[: len(old)].equals(old[: len(names)]):
            self.view = {}

    def _locked_keys(self) -> frozenset[int]:
        return frozenset(self._locked)

    def _column(self, column: Any) -> int:
        raise NotImplementedError

    def _key(self, row: Any, by: Any) -> int:
        raise NotImplementedError
