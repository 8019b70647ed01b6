"""What can happen to a frame, in terms of row keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jupyter_journey.errors import FrameError

__all__ = [
    "INDEX",
    "Change",
    "Delete",
    "Insert",
    "SetCell",
    "as_frame",
    "name_of",
    "own",
    "rows_of",
    "runs",
]

INDEX = -1
"""Stands for the row's label where a column's position is expected."""


@dataclass(frozen=True)
class SetCell:
    """One cell becomes ``new``; as the frame holds it."""

    row: int
    column: int
    new: Any


@dataclass(frozen=True)
class Insert:
    """Rows come after the row ``after``, or first; without ``rows`` they are blank.

    ``freq`` is how far apart the labels are again once these rows are back.
    """

    after: int | None
    keys: tuple[int, ...]
    rows: pd.DataFrame | None = None
    freq: Any = None


@dataclass(frozen=True)
class Delete:
    """Rows go."""

    keys: tuple[int, ...]


Change = SetCell | Insert | Delete


def rows_of(changes: Iterable[Change]) -> Iterable[int]:
    """Return the keys of the rows that are there and change."""
    for change in changes:
        if isinstance(change, SetCell):
            yield change.row
        elif isinstance(change, Delete):
            yield from change.keys


def as_frame(given: Any) -> pd.DataFrame:
    """Return what is given, if it is a frame.

    Raises
    ------
    FrameError
        If it is none.
    """
    if not isinstance(given, pd.DataFrame):
        raise FrameError(
            reason=f"What is given is a {type(given).__name__}, no frame",
            way_out="Give a pandas DataFrame.",
        )
    return given


def own(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a copy that no one else's in-place change reaches, lists in cells included."""
    copied = frame.copy()
    for place in range(copied.shape[1]):
        values = copied.iloc[:, place]
        if values.dtype == object and any(isinstance(value, list) for value in values):
            fresh = [list(value) if isinstance(value, list) else value for value in values]
            copied.isetitem(place, pd.Series(fresh, dtype=object).array)
    return copied


def runs(places: Sequence[int]) -> Iterable[list[int]]:
    """Split positions, in order, into runs without gaps."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def name_of(label: Any) -> str:
    """Return a label as text, one of several levels joined."""
    return " / ".join(map(str, label)) if isinstance(label, tuple) else str(label)
