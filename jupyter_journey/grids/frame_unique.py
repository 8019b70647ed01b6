"""Columns that take every value once, judged by what they hold after all changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from jupyter_journey.errors import FrameValueError
from jupyter_journey.grids.frame_changes import Change, Delete, SetCell
from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.grids.frame_values import plain, plain_list
from jupyter_journey.grids.phrases import Phrase

__all__ = ["TWICE", "check_unique", "twin"]

TWICE = Phrase("expected", "once")


def check_unique(sheet: Sheet, changes: Sequence[Change]) -> None:
    """Refuse changes after which a column that takes every value once had a new one twice.

    Raises
    ------
    FrameValueError
        If there is such a column.
    """
    cell = twin(sheet, changes)
    if cell is not None:
        name = sheet.field(cell.column).name
        raise FrameValueError(column=name, value=cell.new, expected=TWICE)


def twin(sheet: Sheet, changes: Sequence[Change]) -> SetCell | None:
    """Return the first change to a value that its column would hold twice; None without any.

    Examples
    --------
    >>> import pandas as pd
    >>> from jupyter_journey.grids.frame_column import Column
    >>> sheet = Sheet(pd.DataFrame({"id": [1, 2]}), {"id": Column(unique=True)})
    >>> swap = [SetCell(0, 0, 2), SetCell(1, 0, 1)]
    >>> twin(sheet, swap), twin(sheet, swap[:1])
    (None, SetCell(row=0, column=0, new=2))
    """
    once = {place for place, field in enumerate(sheet.fields) if field.column.unique}
    cells = {
        (cell.column, cell.row): cell
        for cell in changes
        if isinstance(cell, SetCell) and cell.column in once
    }
    gone = {key for change in changes if isinstance(change, Delete) for key in change.keys}
    for column in sorted({column for column, _ in cells}):
        kind = sheet.fields[column].kind
        held = plain_list(sheet.frame.iloc[:, column], kind)
        new = {key: plain(cell.new, kind) for (at, key), cell in cells.items() if at == column}
        after = dict(zip(sheet.keys.tolist(), held, strict=True)) | new
        counts = Counter(_told(value) for key, value in after.items() if key not in gone)
        for key, value in new.items():
            if value is not None and counts[_told(value)] > 1:
                return cells[column, key]
    return None


def _told(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
