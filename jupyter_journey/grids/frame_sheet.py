"""The frame behind a grid: rows with keys of their own, and changes that can be turned round.

Not thread-safe; the grid holds a lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd

from jupyter_journey.errors import DuplicateColumnError, FrameError
from jupyter_journey.grids.frame_changes import (
    INDEX,
    Change,
    Delete,
    Insert,
    SetCell,
    as_frame,
    name_of,
    own,
    runs,
)
from jupyter_journey.grids.frame_column import Schema, schema_of
from jupyter_journey.grids.frame_field import Field, field_of
from jupyter_journey.grids.frame_labels import (
    appended,
    as_series,
    counted_on,
    freq_of,
    grows,
    label_field,
    new_labels,
)
from jupyter_journey.grids.frame_values import plain, plain_list
from jupyter_journey.grids.phrases import Phrase

__all__ = ["Sheet"]


class Sheet:
    """A frame, its fields, and a key for each row that no other row ever gets."""

    def __init__(
        self,
        frame: pd.DataFrame,
        schema: Schema | None = None,
        bound: pd.DataFrame | None = None,
    ) -> None:
        frame = as_frame(frame)
        twins = frame.columns[frame.columns.duplicated()]
        if len(twins):
            raise DuplicateColumnError(kind="column", name=str(twins[0]))
        asked = schema_of(schema, frame)
        self.id = uuid4().hex
        self.frame = own(frame)
        self.bound = bound
        self.locked: frozenset[int] = frozenset()
        """Rows that no page may edit, while another sheet is shown."""
        self.keys = np.arange(len(frame), dtype=np.int64)
        self.fields = tuple(
            field_of(name_of(name), frame[name], asked.get(name)) for name in frame.columns
        )
        self.label = label_field(self.frame.index)
        self._places: dict[int, int] | None = None
        self._next = len(frame)

    def take_keys(self, other: Sheet) -> bool:
        """Know the rows by another sheet's keys, if they are the same rows; tell whether."""
        if not self.frame.index.identical(other.frame.index):
            return False
        self.keys, self._next, self._places = other.keys.copy(), other._next, None
        return True

    def position(self, key: int) -> int:
        """Return where the row stands; -1 if it is gone."""
        # Mostly nothing was inserted or deleted, and the key is the position.
        if 0 <= key < len(self.keys) and self.keys[key] == key:
            return key
        if self._places is None:
            self._places = {known: place for place, known in enumerate(self.keys.tolist())}
        return self._places.get(key, -1)

    def field(self, column: int) -> Field:
        """Return how a column, or the labels, are edited."""
        if column == INDEX:
            if self.label is None:
                raise FrameError(reason=Phrase("fixed_labels"), way_out=Phrase("by_pandas"))
            return self.label
        return self.fields[column]

    def value(self, row: int, column: int) -> Any:
        """Return a cell, as JSON holds it, by the row's position."""
        if column == INDEX:
            label = self.frame.index[row]
            return plain(label, self.label.kind) if self.label else name_of(label)
        return plain(self.frame.iat[row, column], self.fields[column].kind)

    def fill_bound(self) -> None:
        """Give the bound frame all that stands here: whoever holds it sees the new rows."""
        if self.bound is not None:
            # pandas has no public verb that puts rows into a frame without making another one.
            pd.DataFrame.__init__(self.bound, self.frame, copy=True)  # type: ignore[call-arg]
            self.bound.attrs.update(self.frame.attrs)

    def is_behind(self, row: int, column: int) -> bool:
        """Tell whether pandas changed this cell of the bound frame; ``row`` is a position."""
        if self.bound is None:
            return False
        return bool(
            self.value(row, column) != plain(self.bound.iat[row, column], self.fields[column].kind)
        )

    def new_keys(self, count: int) -> tuple[int, ...]:
        """Return keys for rows that Python adds."""
        first, self._next = self._next, self._next + count
        return tuple(range(first, first + count))

    def put(self, cells: Sequence[SetCell]) -> list[SetCell]:
        """Change many cells, each column once; return what takes that back."""
        columns: dict[int, dict[int, SetCell]] = {}
        for cell in cells:
            columns.setdefault(cell.column, {})[cell.row] = cell
        back: list[SetCell] = []
        for column, changes in columns.items():
            chosen = list(changes.values())
            if len(chosen) == 1 or column == INDEX:
                back += [self._set(cell) for cell in chosen]
            else:
                back += self._put(column, chosen)
        return back

    def _put(self, column: int, cells: list[SetCell]) -> list[SetCell]:
        places = [self.position(cell.row) for cell in cells]
        values = self.frame.iloc[:, column].array.copy()
        dtype = values.dtype
        old = values.take(places)
        values[places] = pd.Series([cell.new for cell in cells], dtype=dtype).array
        for frame in self._held():
            # As a series of its dtype: see _become.
            frame.isetitem(column, pd.Series(values.copy(), index=frame.index, dtype=dtype))
        return [SetCell(cell.row, column, value) for cell, value in zip(cells, old, strict=True)]

    def _held(self) -> Iterable[pd.DataFrame]:
        # The bound one first: where it can't be written to, nothing has changed.
        return (self.frame,) if self.bound is None else (self.bound, self.frame)

    def apply(self, change: Change) -> list[Change]:
        """Make a change; return what takes it back, in the order to make it."""
        if isinstance(change, SetCell):
            return [self._set(change)]
        if isinstance(change, Insert):
            return [self._insert(change)]
        return self._delete(change)

    def described(self, change: Change) -> dict[str, Any]:
        """Return a change that was made, as the page hears of it."""
        if isinstance(change, SetCell):
            new = plain(change.new, self.field(change.column).kind)
            return {"op": "set", "row": change.row, "column": change.column, "new": new}
        if isinstance(change, Delete):
            return {"op": "delete", "rows": list(change.keys)}
        places = [self.position(key) for key in change.keys]
        rows = self.frame.iloc[places]
        return {
            "op": "insert",
            "after": change.after,
            "rows": list(change.keys),
            "labels": self._labels(rows.index),
            "values": self._values(rows),
        }

    def describe(self) -> dict[str, Any]:
        """Return what the page has to know of the columns and the labels."""
        index: Any = self.frame.index
        name = " / ".join("" if item is None else str(item) for item in index.names)
        described = self.label.describe() if self.label else None
        counted = isinstance(index, pd.RangeIndex)
        return {
            "size": len(self.frame),
            "columns": [field.describe() for field in self.fields],
            "index": {
                "label": name,
                "field": described,
                "start": index.start if counted else 0,
                "step": index.step if counted else 1,
                "grows": grows(index, self.label),
            },
        }

    def _values(self, rows: pd.DataFrame) -> list[list[Any]]:
        return [plain_list(rows.iloc[:, i], field.kind) for i, field in enumerate(self.fields)]

    def _labels(self, index: pd.Index[Any]) -> list[Any] | None:
        if isinstance(self.frame.index, pd.RangeIndex):
            return None
        if self.label is not None:
            return plain_list(index.to_series(), self.label.kind)
        return [name_of(label) for label in index]

    def check_growth(self, count: int = 1) -> None:
        """Raise FrameError if no labels can be made up for so many new rows."""
        index = self.frame.index
        if not grows(index, self.label, count):
            kind = "MultiIndex" if isinstance(index, pd.MultiIndex) else index.dtype
            raise FrameError(
                reason=Phrase("no_label", dtype=kind),
                way_out=Phrase("reset_index"),
            )

    def _set(self, change: SetCell) -> SetCell:
        row = self.position(change.row)
        if change.column == INDEX:
            index = self.frame.index
            values = as_series(index)
            old = values.iat[row]
            values.iat[row] = change.new
            labels = pd.Index(values, dtype=index.dtype, name=index.name)
            for frame in self._held():
                frame.index = labels
        else:
            old = self.frame.iat[row, change.column]
            for frame in self._held():
                frame.iat[row, change.column] = change.new
        return SetCell(change.row, change.column, old)

    def _insert(self, change: Insert) -> Delete:
        at = 0 if change.after is None else self.position(change.after) + 1
        count = len(change.keys)
        size = len(self.frame)
        order = np.insert(np.arange(size), at, np.arange(size, size + count))
        rows = self._blank(count) if change.rows is None else change.rows
        columns = {}
        for place in range(len(self.fields)):
            series = self.frame.iloc[:, place]
            columns[place] = pd.concat([series, rows.iloc[:, place]]).array.take(order)
        labels = appended(self.frame.index, rows.index).take(order)
        index: Any = counted_on(self.frame.index, labels)
        if change.freq is not None:
            index.freq = change.freq
        self._become(columns, index)
        self.keys = np.insert(self.keys, at, np.asarray(change.keys, dtype=np.int64))
        self._places = None
        return Delete(change.keys)

    def _delete(self, change: Delete) -> list[Change]:
        places = sorted(self.position(key) for key in change.keys)
        back: list[Change] = []
        for run in runs(places):
            after = int(self.keys[run[0] - 1]) if run[0] else None
            keys = tuple(int(self.keys[place]) for place in run)
            freq = freq_of(self.frame.index) if run[-1] == places[-1] else None
            back.append(Insert(after, keys, self.frame.iloc[run].copy(), freq))
        kept = np.delete(np.arange(len(self.frame)), places)
        rest = self.frame.iloc[kept]
        columns = {place: rest.iloc[:, place].array for place in range(rest.shape[1])}
        self._become(columns, counted_on(self.frame.index, rest.index))
        self.keys = self.keys[kept]
        self._places = None
        return back

    def _become(self, columns: dict[int, Any], index: pd.Index[Any]) -> None:
        names, attrs = self.frame.columns, self.frame.attrs
        # As series of their dtype: pandas takes texts in a bare object array for its own kind.
        held = {
            place: pd.Series(values, index=index, dtype=values.dtype)
            for place, values in columns.items()
        }
        self.frame = pd.DataFrame(held, index=index).set_axis(names, axis=1)
        self.frame.attrs.update(attrs)
        self.fill_bound()

    def _blank(self, count: int) -> pd.DataFrame:
        columns = {
            place: pd.Series([field.blank] * count, dtype=field.dtype).array
            for place, field in enumerate(self.fields)
        }
        self.check_growth(count)
        return pd.DataFrame(columns, index=new_labels(self.frame.index, count))
