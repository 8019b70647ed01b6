"""What pandas did to a bound frame since the grid last looked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import pandas as pd

from jupyter_journey.grids.frame_changes import SetCell
from jupyter_journey.grids.frame_sheet import Sheet

__all__ = ["MANY", "changed_cells", "has_same_shape", "is_behind"]

MANY = 2000
"""From so many changed cells on, the whole frame is sent anew."""
FEW = 100
"""Up to so many cells are looked at one by one; then the whole frame is compared sooner."""


def has_same_shape(before: pd.DataFrame, after: pd.DataFrame) -> bool:
    """Tell whether only values may differ: rows, labels, columns and dtypes are the same."""
    return (
        before.shape == after.shape
        and (before.index is after.index or before.index.identical(after.index))
        and before.columns.identical(after.columns)
        and before.dtypes.tolist() == after.dtypes.tolist()
    )


def changed_cells(sheet: Sheet, after: pd.DataFrame) -> list[SetCell] | None:
    """Return the cells that differ from what the grid shows; None where more than cells differ.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": [1, 2]})
    >>> sheet = Sheet(frame)
    >>> frame.loc[1, "a"] = 5
    >>> [int(cell.new) for cell in changed_cells(sheet, frame)]
    [5]
    """
    if not has_same_shape(sheet.frame, after):
        return None
    cells: list[SetCell] = []
    for column in range(after.shape[1]):
        old, new = sheet.frame.iloc[:, column], after.iloc[:, column]
        if old.dtype != object and old.equals(new):
            continue
        for row in _differing(old, new):
            cells.append(SetCell(int(sheet.keys[row]), column, after.iat[row, column]))
            if len(cells) > MANY:
                return None
    return cells


class Cell(Protocol):
    """A cell by its row's key and its column's position."""

    @property
    def row(self) -> int:
        """The row's key."""

    @property
    def column(self) -> int:
        """The column's position; below 0 for the label."""


def is_behind(sheet: Sheet, cells: Sequence[Cell]) -> bool:
    """Tell whether pandas changed one of these cells of the bound frame; of many, maybe.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": [1, 2]})
    >>> sheet = Sheet(frame, bound=frame)
    >>> frame.loc[1, "a"] = 5
    >>> [is_behind(sheet, [SetCell(row, 0, 7)]) for row in (0, 1)]
    [False, True]
    """
    if sheet.bound is None:
        return False
    if len(cells) > FEW or not has_same_shape(sheet.frame, sheet.bound):
        return True
    places = [(sheet.position(cell.row), cell.column) for cell in cells if cell.column >= 0]
    return any(place >= 0 and sheet.is_behind(place, column) for place, column in places)


def _differing(old: pd.Series[Any], new: pd.Series[Any]) -> list[int]:
    if old.dtype == object:
        pairs = enumerate(zip(old.tolist(), new.tolist(), strict=True))
        return [row for row, (one, other) in pairs if not _is_same(one, other)]
    both_missing = (old.isna() & new.isna()).to_numpy()
    differs = (old.array != new.array).astype(object)
    return [
        row
        for row, (odd, missing) in enumerate(zip(differs, both_missing, strict=True))
        if not missing and (odd is pd.NA or odd)
    ]


def _is_same(one: Any, other: Any) -> bool:
    if one is other:
        return True
    try:
        return bool(one == other) or bool(one != one and other != other)
    except (TypeError, ValueError):  # arrays and the like have no one answer
        return repr(one) == repr(other)
