"""The labels of a frame's rows: how they are edited, and those that new rows get."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jupyter_journey.grids.frame_changes import name_of
from jupyter_journey.grids.frame_field import Field, field_of

__all__ = [
    "appended",
    "as_series",
    "counted_on",
    "freq_of",
    "grows",
    "label_field",
    "new_labels",
]

_LABELLED = frozenset({"text", "number", "integer", "date", "datetime", "choice"})


def label_field(index: pd.Index[Any]) -> Field | None:
    """Return how labels are edited; None where they only count or can't be."""
    if isinstance(index, pd.RangeIndex | pd.MultiIndex):
        return None
    field = field_of(name_of("index" if index.name is None else index.name), as_series(index))
    return field if field.kind in _LABELLED else None


def as_series(index: pd.Index[Any]) -> pd.Series[Any]:
    """Return labels as a column of their dtype: ``to_series`` makes texts of objects.

    Examples
    --------
    >>> as_series(pd.Index(["x", None], dtype=object)).tolist()
    ['x', None]
    """
    return pd.Series(index.array, dtype=index.dtype)


def grows(index: pd.Index[Any], field: Field | None, count: int = 1) -> bool:
    """Tell whether labels can be made up for so many new rows.

    Examples
    --------
    >>> full = pd.Index([127], dtype="int8")
    >>> grows(full, label_field(full))
    False
    """
    if isinstance(index, pd.RangeIndex):
        return True
    if field is None or field.kind not in ("integer", "text"):
        return False
    if not pd.api.types.is_integer_dtype(index.dtype):
        return True
    dtype: Any = index.dtype
    last = int(np.iinfo(getattr(dtype, "numpy_dtype", dtype)).max)
    return _first_free(index) + count - 1 <= last


def new_labels(index: pd.Index[Any], count: int) -> pd.Index[Any]:
    """Return labels that no row has.

    Examples
    --------
    >>> new_labels(pd.Index([7, 3]), 2).tolist(), new_labels(pd.Index(["x"]), 1).tolist()
    ([8, 9], ['row 2'])
    """
    if pd.api.types.is_integer_dtype(index.dtype):
        first = _first_free(index)
        return pd.Index(list(range(first, first + count)), dtype=index.dtype, name=index.name)
    taken = set(index)
    names = (f"row {number}" for number in range(len(index) + 1, 2 * len(index) + count + 2))
    free = [name for name in names if name not in taken][:count]
    return pd.Index(free, dtype=index.dtype, name=index.name)


def _first_free(index: pd.Index[Any]) -> int:
    known = index.dropna()
    return int(known.max()) + 1 if len(known) else 0


def freq_of(index: pd.Index[Any]) -> Any:
    """Return how far apart labels are that are moments or spans, where that is always the same."""
    return index.freq if isinstance(index, pd.DatetimeIndex | pd.TimedeltaIndex) else None


def appended(index: pd.Index[Any], more: pd.Index[Any]) -> pd.Index[Any]:
    """Return labels and behind them more; ``append`` makes texts or numbers of objects.

    Examples
    --------
    >>> objects = [pd.Index(labels, dtype=object) for labels in (["x", None], [7])]
    >>> appended(*objects).tolist()
    ['x', None, 7]
    """
    if index.dtype != object or isinstance(index, pd.MultiIndex):
        return index.append(more)
    labels = np.concatenate([index.to_numpy(), more.to_numpy()])
    return pd.Index(labels, dtype=object, name=index.name, tupleize_cols=False)


def counted_on(old: pd.Index[Any], index: pd.Index[Any]) -> pd.Index[Any]:
    """Count on where the labels were only a count."""
    if not isinstance(old, pd.RangeIndex):
        return index
    stop = old.start + len(index) * old.step
    return pd.RangeIndex(old.start, stop, old.step, name=old.name)
