"""Any pandas frame as a widget: edited with the mouse and the keyboard, read with pandas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import pandas as pd

from jupyter_journey.errors import FrameError, UnknownNameError
from jupyter_journey.grids.frame_changes import Change, Delete, Insert, SetCell
from jupyter_journey.grids.frame_column import Schema
from jupyter_journey.grids.frame_kept import MIME_TYPE, kept_cells, kept_html
from jupyter_journey.grids.frame_kernel import FrameKernel
from jupyter_journey.grids.frame_looks import FrameLooks
from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.paths import front_end

__all__ = ["FrameGrid"]

By = Literal["label", "position"]


class FrameGrid(FrameLooks, FrameKernel):
    """A pandas frame that is edited in the notebook.

    What is typed into a cell stands in :attr:`frame` at once, in the dtype of its column; what
    doesn't fit stays in the cell, which says why, and never reaches the frame.

    Parameters
    ----------
    frame
        Any frame of 0 to some 100,000 rows whose column names differ. Columns that can't be edited
        (intervals, mixed objects …) are shown as text.
    schema
        A :class:`Column` by column name, or a collection of a journey, such as ``"personas"``.
    bind
        Edit the given frame itself, and follow what pandas does to it: after each cell of the
        notebook that ran. Otherwise the grid works on a copy.
    read_only
        Show only.

    Raises
    ------
    DuplicateNameError
        If two columns have one name.
    UnknownNameError, ColumnError
        If the schema doesn't suit the frame.

    Examples
    --------
    >>> grid = FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
    >>> grid.set("Ben", "age", 49)
    >>> grid.frame.loc["Ben", "age"]
    np.int64(49)
    >>> grid.undo()
    True
    """

    _esm = front_end("frame_grid.js")

    def __init__(
        self,
        frame: pd.DataFrame,
        schema: Schema | None = None,
        *,
        bind: bool = False,
        read_only: bool = False,
        **layout: Any,
    ) -> None:
        super().__init__(frame, schema, bind=bind, read_only=read_only, **layout)

    @property
    def frame(self) -> pd.DataFrame:
        """The frame as it is now: the given one if bound, else a copy."""
        with self._guard:
            return self._sheet.bound if self._sheet.bound is not None else self._sheet.frame.copy()

    def set(self, row: Any, column: Any, value: Any, *, by: By = "label") -> None:
        """Change one cell.

        Parameters
        ----------
        row
            The row's label, or its position from 0 with ``by="position"``.

        Raises
        ------
        UnknownNameError
            If there is no such row or column.
        FrameError
            If several rows have this label.
        FrameValueError
            If the value doesn't fit the column.
        """
        with self._guard:
            self._follow()
            place, at = self._row(row, by), self._column(column)
            held = self._sheet.check(place, at, value)
            self._commit([SetCell(int(self._sheet.keys[place]), at, held)])

    def insert(self, position: int | None = None, values: Mapping[Any, Any] | None = None) -> None:
        """Add a row before the row at this position, by default after the last.

        Columns without a value start missing; those whose dtype knows no missing value, with 0 or
        False.

        Raises
        ------
        FrameError
            If no label can be made up for a new row.
        FrameValueError
            If a value doesn't fit its column.
        """
        with self._guard:
            self._follow()
            size = len(self._sheet.keys)
            place = size if position is None else min(max(position, 0), size)
            self._sheet.check_growth()
            (key,) = self._sheet.new_keys(1)
            after = int(self._sheet.keys[place - 1]) if place else None
            changes: list[Change] = [Insert(after, (key,))]
            for name, value in (values or {}).items():
                at = self._column(name)
                changes.append(SetCell(key, at, self._sheet.check(-1, at, value)))
            self._commit(changes)

    def delete(self, rows: Iterable[Any], *, by: By = "label") -> None:
        """Remove rows; raises what :meth:`set` does."""
        with self._guard:
            self._follow()
            places = sorted({self._row(row, by) for row in rows})
            if places:
                self._commit([Delete(tuple(int(self._sheet.keys[place]) for place in places))])

    def apply(self, frame: pd.DataFrame) -> None:
        """Show another frame in place of this one; a bound frame takes over its content.

        Raises
        ------
        DuplicateNameError, UnknownNameError, ColumnError
            If the frame can't be shown under the schema; then nothing changes.
        """
        with self._guard:
            self._follow()
            self._put(Sheet(frame, self._schema, self._sheet.bound))
            self._sheet.fill_bound()
        self._notify()

    def undo(self) -> bool:
        """Take back the last change; False if there is none."""
        return self._step("undo")

    def redo(self) -> bool:
        """Make the last change again that was taken back; False if there is none."""
        return self._step("redo")

    def on_change(self, listener: Callable[[Any], object]) -> Callable[[], None]:
        """Call the listener with this grid after each change; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _row(self, row: Any, by: By) -> int:
        index: Any = self._sheet.frame.index
        if by == "position":
            if not isinstance(row, int) or not -len(index) <= row < len(index):
                raise FrameError(
                    reason=f"There is no row at position {row!r}",
                    way_out=f"Positions go from 0 to {len(index) - 1}.",
                )
            return row % len(index)
        # get_indexer_for, unlike get_loc, finds nothing rather than raising for other types.
        places = [place for place in index.get_indexer_for([row]) if place >= 0]
        if not places:
            raise UnknownNameError(kind="row", name=str(row), known=map(str, index[:20]))
        if len(places) > 1:
            raise FrameError(
                reason=f"{len(places)} rows have the label {row!r}",
                way_out="Say which by its position: set(position, column, value, by='position').",
            )
        return int(places[0])

    def _key(self, row: Any, by: By) -> int:
        return int(self._sheet.keys[self._row(row, by)])

    def _column(self, column: Any) -> int:
        columns = self._sheet.frame.columns
        if column not in columns:
            raise UnknownNameError(kind="column", name=str(column), known=map(str, columns))
        return list(columns).index(column)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live grid, and the forms that stay readable without a kernel."""
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        frame = self.frame
        rows, columns = frame.shape
        data["text/plain"] = f"<FrameGrid of {rows:,} rows × {columns:,} columns>"
        data["text/html"] = kept_html(frame)
        data[MIME_TYPE] = kept_cells(frame)
        return data, metadata | {MIME_TYPE: {"grid_id": self._grid_id}}
