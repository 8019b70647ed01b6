"""Rows and columns of a sheet, found by how a person names them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, get_args

import numpy as np

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
        If there is no such label, or no such way to find rows.
    FrameError
        If several rows have it, or there is no such position.
    """
    index: Any = sheet.frame.index
    if by not in get_args(By):
        raise UnknownNameError(kind="way to find rows", name=str(by), known=get_args(By))
    if by == "position":
        if not isinstance(row, int | np.integer) or not -len(index) <= row < len(index):
            some = f"Positions go from 0 to {len(index) - 1}."
            raise FrameError(
                reason=f"There is no row at position {row!r}",
                way_out=some if len(index) else "The frame has no rows.",
            )
        return int(row) % len(index)
    # get_indexer_for, unlike get_loc, finds nothing rather than raising for other types.
    places = [place for place in index.get_indexer_for([row]) if place >= 0]
    if not places:
        known = [str(label) for label in index[:20]]
        if str(row) in known:
            raise FrameError(
                reason=f"There is no row {row!r}, but one that is written like it",
                way_out=f"Give its label as the index holds it: {index[known.index(str(row))]!r}.",
            )
        raise UnknownNameError(kind="row", name=str(row), known=known)
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
    # As a list: an index also takes what only begins a name of several levels.
    columns = list(sheet.frame.columns)
    if column not in columns:
        raise UnknownNameError(kind="column", name=str(column), known=map(str, columns))
    return columns.index(column)
