"""Cells of a frame as JSON holds them, losing nothing.

Numbers are numbers, whole ones beyond 2^53 and infinite ones texts; days and moments ISO texts;
choices their names; tags lists; a missing value null.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from jupyter_journey.grids.frame_column import Kind

__all__ = ["is_missing", "plain", "plain_list"]

SAFE = 2**53 - 1
"""The largest whole number that JavaScript keeps exactly."""

_TRAILING = re.compile(r"(\.\d*?)0+(?=[+-]|$)")


def plain(value: Any, kind: Kind) -> Any:
    """Return a cell's value as JSON holds it.

    Examples
    --------
    >>> plain(pd.Timestamp("2026-03-31 14:30", tz="UTC"), "datetime"), plain(pd.NA, "text")
    ('2026-03-31 14:30:00+00:00', None)
    """
    if is_missing(value):
        return None
    return _PLAIN[kind](value)


def plain_list(series: pd.Series[Any], kind: Kind) -> list[Any]:
    """Return a whole column as JSON holds it, cell by cell what :func:`plain` says.

    Examples
    --------
    >>> plain_list(pd.Series([1.5, float("nan")]), "number")
    [1.5, None]
    """
    dtype: Any = series.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in "iu" and kind == "integer":
        values: np.ndarray[Any, Any] = series.to_numpy()
        if not len(values) or (values.max() <= SAFE and values.min() >= -SAFE):
            return list(values.tolist())
    if dtype == np.bool_ and kind == "boolean":
        return list(series.tolist())
    if dtype == np.float64 and kind == "number" and not np.isinf(series.to_numpy()).any():
        return [None if item != item else item for item in series.tolist()]
    if kind == "number" and getattr(dtype, "itemsize", 8) < 8:
        series = pd.Series(
            list(series.to_numpy(f"f{dtype.itemsize}", na_value=np.nan)), dtype=object
        )
    if kind == "choice" and isinstance(dtype, pd.CategoricalDtype):
        names = [*(str(category) for category in dtype.categories), None]
        return [names[code] for code in series.cat.codes.tolist()]
    if kind in ("date", "datetime") and isinstance(dtype, np.dtype) and dtype.kind == "M":
        return _moments(series, kind)
    convert = _PLAIN[kind]
    missing = series.isna().tolist()
    return [
        None if gone else convert(value)
        for value, gone in zip(series.tolist(), missing, strict=True)
    ]


def _moments(series: pd.Series[Any], kind: Kind) -> list[Any]:
    values: Any = series.to_numpy()
    unit: Any = "D" if kind == "date" else np.datetime_data(values.dtype)[0]
    texts = np.datetime_as_string(values, unit=unit).tolist()
    if kind == "date":
        return [None if text == "NaT" else text for text in texts]
    return [None if text == "NaT" else _short(text.replace("T", " ")) for text in texts]


def _short(text: str) -> str:
    """Drop a fraction's trailing zeros, so that a moment has one text whatever its unit."""
    return _TRAILING.sub(r"\1", text).replace(".+", "+").rstrip(".")


def _plain_number(value: Any) -> Any:
    # A short float would show digits that nobody wrote: 0.1 as 0.10000000149011612.
    is_short = isinstance(value, np.floating) and value.dtype.itemsize < 8
    number = float(str(value)) if is_short else float(value)
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def _plain_integer(value: Any) -> Any:
    number = int(value)
    return number if abs(number) <= SAFE else str(number)


_PLAIN: Mapping[Kind, Callable[[Any], Any]] = {
    "text": str,
    "number": _plain_number,
    "integer": _plain_integer,
    "boolean": bool,
    "date": lambda value: value.isoformat()[:10],
    "datetime": lambda value: _short(value.isoformat(sep=" ")),
    "choice": str,
    "tags": list,
    "other": str,
}


def is_missing(value: Any) -> bool:
    """Tell a missing value, of whatever dtype, from all others."""
    return value is None or value is pd.NA or value is pd.NaT or value != value
