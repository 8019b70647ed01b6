"""Rows and columns of a sheet, found by how a person names them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from jupyter_journey.errors import FrameError, UnknownNameError
from jupyter_journey.grids.frame_sheet import Sheet

__all__ = ["By", "column_of", "keys_of", "listed", "row_of"]

By = Literal["label", "position"]
"""Whether a row is named by its label or counted from 0."""


def row_of(sheet: Sheet, row: Any, by: By) -> int:
    """Return a row's position.

    Raises
    ------
    UnknownNameError
        If there is no such label.
    FrameError
        If several rows have it, or there is no such position.
    """
    index: Any = sheet.frame.index
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


def keys_of(sheet: Sheet, rows: Any, by: By) -> set[int]:
    """Return the keys of rows; raises what :func:`row_of` and :func:`listed` do."""
    return {int(sheet.keys[row_of(sheet, row, by)]) for row in listed(rows)}


def listed(given: Any) -> Iterable[Any]:
    """Return several names.

    Raises
    ------
    FrameError
        If it is one: a text would be taken letter by letter.
    """
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise FrameError(reason=f"{given!r} is no list", way_out=f"Give one: [{given!r}].")
    return given


def column_of(sheet: Sheet, column: Any) -> int:
    """Return a column's position.

    Raises
    ------
    UnknownNameError
        If there is no such column.
    """
    columns = sheet.frame.columns
    if column not in columns:
        raise UnknownNameError(kind="column", name=str(column), known=map(str, columns))
    return list(columns).index(column)
