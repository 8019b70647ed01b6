"""The edits of a frame that the mouse can make, as calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from jupyter_journey.errors import FrameError
from jupyter_journey.grids.frame_changes import INDEX, Change, Delete, Insert, SetCell
from jupyter_journey.grids.frame_desk import Desk
from jupyter_journey.grids.frame_finding import By, column_of, keys_of, listed, row_of
from jupyter_journey.grids.frame_unique import check_unique

__all__ = ["FrameEdits"]


class FrameEdits:
    """What a frame's grid lets do to its frame, by mouse as by Python; each call is one step."""

    _desk: Desk

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

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
        >>> grid.set("Ben", "age", 49)
        >>> grid.frame["age"].tolist()
        [31, 49]
        """
        with self._desk.held() as sheet:
            place, at = row_of(sheet, row, by), column_of(sheet, column)
            held = sheet.field(at).coerce(value)
            changes: list[Change] = [SetCell(int(sheet.keys[place]), at, held)]
            check_unique(sheet, changes)
            self._desk.commit(changes)

    def rename(self, row: Any, label: Any, *, by: By = "label") -> None:
        """Give a row another label; raises what :meth:`set` does.

        Raises
        ------
        FrameError
            If the labels only count, or have several levels: those are changed with pandas.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
        >>> grid.rename("Ben", "Bo")
        >>> grid.frame.index.tolist()
        ['Ada', 'Bo']
        """
        with self._desk.held() as sheet:
            held = sheet.field(INDEX).coerce(label)
            key = int(sheet.keys[row_of(sheet, row, by)])
            self._desk.commit([SetCell(key, INDEX, held)])

    def paste(
        self,
        row: Any,
        column: Any,
        block: Iterable[Iterable[Any]] | pd.DataFrame,
        *,
        by: By = "label",
    ) -> None:
        """Put a block of values where a cell stands; it adds rows where it reaches beyond the last.

        Parameters
        ----------
        row, column
            Of the block's first cell; the columns beside follow as in the frame.
        block
            Its rows, each a list of values, or a frame; no value is changed if one doesn't fit.

        Raises
        ------
        FrameError
            If it is wider than the frame from there on, or no labels can be made up for new rows;
            and all that :meth:`set` raises.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"name": ["Ada", "Ben"], "age": [31, 48]}))
        >>> grid.paste(1, "name", [["Bo", 49], ["Cem", 25]])
        >>> grid.frame["name"].tolist()
        ['Ada', 'Bo', 'Cem']
        """
        given: Iterable[Any] = listed(block)
        if isinstance(block, pd.DataFrame):
            given = block.itertuples(index=False, name=None)
        lines = [list(listed(line)) for line in given]
        with self._desk.held() as sheet:
            top, left = row_of(sheet, row, by), column_of(sheet, column)
            room = len(sheet.fields) - left
            widest = max(map(len, lines), default=0)
            if widest > room:
                raise FrameError(
                    reason=f"The block has {widest} columns, and from {column!r} on there are "
                    f"only {room}",
                    way_out="Begin further left, or make it narrower.",
                )
            keys: list[int] = sheet.keys.tolist()
            added = sheet.new_keys(max(0, top + len(lines) - len(keys)))
            changes: list[Change] = []
            if added:
                sheet.check_growth(len(added))
                changes.append(Insert(keys[-1], added))
            for key, line in zip([*keys[top:], *added], lines, strict=False):
                for at, value in enumerate(line, left):
                    changes.append(SetCell(key, at, sheet.field(at).coerce(value)))
            check_unique(sheet, changes)
            if changes:
                self._desk.commit(changes)

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

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"name": ["Ada", "Ben"], "age": [31, 48]}))
        >>> grid.insert(1, {"name": "Cem"})
        >>> grid.frame.to_numpy().tolist()
        [['Ada', 31], ['Cem', 0], ['Ben', 48]]
        """
        with self._desk.held() as sheet:
            size = len(sheet.keys)
            place = size if position is None else min(max(position, 0), size)
            sheet.check_growth()
            (key,) = sheet.new_keys(1)
            after = int(sheet.keys[place - 1]) if place else None
            changes: list[Change] = [Insert(after, (key,))]
            for name, value in (values or {}).items():
                at = column_of(sheet, name)
                changes.append(SetCell(key, at, sheet.field(at).coerce(value)))
            check_unique(sheet, changes)
            self._desk.commit(changes)

    def delete(self, rows: Iterable[Any], *, by: By = "label") -> None:
        """Remove rows; raises what :meth:`set` does.

        Examples
        --------
        >>> import jupyter_journey as jj, pandas as pd
        >>> grid = jj.FrameGrid(pd.DataFrame({"age": [31, 48]}, index=["Ada", "Ben"]))
        >>> grid.delete(["Ada"])
        >>> grid.frame.index.tolist()
        ['Ben']
        """
        with self._desk.held() as sheet:
            keys = keys_of(sheet, rows, by)
            if keys:
                self._desk.commit([Delete(tuple(sorted(keys, key=sheet.position)))])
