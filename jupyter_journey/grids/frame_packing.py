"""Whole columns as bytes, which a page reads in place: only cells that are shown become values.

The twin of ``widgets/src/store/frame_columns.ts``. A packed cell reads as ``plain`` says.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from jupyter_journey.grids.frame_changes import name_of
from jupyter_journey.grids.frame_column import Kind, has_dates
from jupyter_journey.grids.frame_sheet import Sheet
from jupyter_journey.grids.frame_values import SAFE, plain_list

__all__ = ["Buffers", "Layout", "Packing", "packed"]

Buffers = list[bytes | memoryview]

Layout = dict[str, Any]
"""How a column is packed (``as``), and the places of its buffers."""

_SECONDS_IN_YEARS = (-62_135_596_800, 253_402_300_799)
"""The years 1 to 9999: beyond them no two programs write a day alike."""

_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def packed(sheet: Sheet) -> tuple[dict[str, Any], Buffers]:
    """Return all rows of a sheet: how they are packed, and the bytes."""
    packing = Packing()
    frame, label = sheet.frame, sheet.label
    are_counted = np.array_equal(sheet.keys, np.arange(len(sheet.keys)))
    labels: Layout | None = None
    if label is not None:
        labels = packing.column(frame.index.to_series(), label.kind)
    elif not isinstance(frame.index, pd.RangeIndex):
        labels = packing.texts([name_of(item) for item in frame.index])
    layout = {
        "keys": None if are_counted else packing.numbers(sheet.keys),
        "labels": labels,
        "columns": [
            packing.column(frame.iloc[:, place], field.kind)
            for place, field in enumerate(sheet.fields)
        ],
    }
    return layout, packing.buffers


class Packing:
    """Columns packed one after the other, and the buffers they are packed in.

    Examples
    --------
    >>> packing = Packing()
    >>> packing.column(pd.Series([1.5, None]), "number")
    {'as': 'numbers', 'data': 0}
    >>> np.frombuffer(packing.buffers[0]).tolist()
    [1.5, nan]
    """

    def __init__(self) -> None:
        self.buffers: Buffers = []

    def column(self, series: pd.Series[Any], kind: Kind) -> Layout:
        """Pack a column as what takes least work on both sides."""
        dtype: Any = series.dtype
        numbers = _numbers(series, kind)
        if numbers is not None:
            return self.numbers(numbers)
        if kind == "boolean":
            truths = series.astype("boolean").to_numpy("int8", na_value=-1)
            return self._codes([False, True], truths)
        if kind == "choice" and isinstance(dtype, pd.CategoricalDtype):
            return self._codes([str(name) for name in dtype.categories], series.cat.codes)
        is_moment = getattr(dtype, "kind", "") == "M" and not has_dates(dtype)
        if kind in ("date", "datetime") and is_moment:
            moments = self._moments(series, kind)
            if moments is not None:
                return moments
        if kind in ("tags", "integer", "number"):
            return self._values(plain_list(series, kind))
        return self._texts(_arrow_texts(series, kind))

    def numbers(self, numbers: Any) -> Layout:
        """Pack numbers; not a number is a missing one."""
        return {"as": "numbers", "data": self._put(np.asarray(numbers, "<f8"))}

    def texts(self, texts: Sequence[str]) -> Layout:
        """Pack texts."""
        return self._texts(_from_list(texts))

    def _put(self, data: Any) -> int:
        self.buffers.append(data.tobytes() if isinstance(data, np.ndarray) else data)
        return len(self.buffers) - 1

    def _codes(self, names: list[Any], codes: Any) -> Layout:
        held = np.asarray(codes)
        held = held.astype(held.dtype.newbyteorder("<"))
        return {"as": "codes", "names": names, "width": held.itemsize, "data": self._put(held)}

    def _moments(self, series: Any, kind: Kind) -> Layout | None:
        known = series.dropna()
        if not _are_in_years(known.min(), known.max()):
            return None
        has_zone = isinstance(series.dtype, pd.DatetimeTZDtype)
        local = series.dt.tz_localize(None).to_numpy()
        unit = np.datetime_data(local.dtype)[0]
        if kind == "date":
            local, unit = local.astype("M8[D]"), "D"
        layout: Layout = {"as": "moments", "unit": unit, "offsets": None}
        layout["data"] = self._put(local.view("i8").astype("<i8"))
        if has_zone and kind == "datetime":
            shift = local.view("i8") - series.dt.tz_convert(None).to_numpy().view("i8")
            layout["offsets"] = self._put((shift // _PER_SECOND[unit]).astype("<i4"))
        return layout

    def _values(self, values: list[Any]) -> Layout:
        data = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return {"as": "values", "data": self._put(data.encode(errors="replace"))}

    def _texts(self, texts: pa.Array) -> Layout:
        _, bounds, data = texts.buffers()
        count = len(texts)
        ends = np.zeros(1, "i8")
        if bounds is not None and count:
            ends = np.frombuffer(bounds, "i8")[texts.offset : texts.offset + count + 1]
        held = memoryview(data)[ends[0] : ends[-1]] if data is not None else b""
        missing = texts.is_null().to_numpy(zero_copy_only=False) if texts.null_count else None
        return {
            "as": "texts",
            "data": self._put(held),
            "bounds": self._put((ends - ends[0]).astype("<u4")),
            "missing": None if missing is None else self._put(missing.astype("u1")),
        }


def _numbers(series: pd.Series[Any], kind: Kind) -> Any:
    """Return a column of numbers that are exact as such; None where it isn't one."""
    dtype: Any = series.dtype
    if kind == "integer" and pd.api.types.is_integer_dtype(dtype):
        known = series.dropna()
        if not len(known) or (known.max() <= SAFE and known.min() >= -SAFE):
            return series.to_numpy("f8", na_value=np.nan)
    if kind == "number" and pd.api.types.is_float_dtype(dtype):
        size = getattr(dtype, "itemsize", 8)
        if size >= 8:
            return series.to_numpy("f8", na_value=np.nan)
        # By its digits: 0.1 would become 0.10000000149011612, which nobody wrote.
        return series.to_numpy(f"f{size}", na_value=np.nan).astype("U").astype("f8")
    return None


def _are_in_years(first: Any, last: Any) -> bool:
    low, high = _SECONDS_IN_YEARS
    # A day's margin, as a zone moves a moment.
    return bool(
        pd.isna(first) or (first.timestamp() > low + 86_400 and last.timestamp() < high - 86_400)
    )


def _arrow_texts(series: pd.Series[Any], kind: Kind) -> pa.Array:
    if kind != "text" or not isinstance(series.dtype, pd.StringDtype):
        return _from_list(plain_list(series, kind))
    found = pa.array(series, from_pandas=True)
    whole = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return whole.cast(pa.large_string())


def _from_list(texts: Sequence[str | None]) -> pa.Array:
    try:
        return pa.array(texts, pa.large_string())
    except UnicodeEncodeError:
        # Halves of characters, which no message can carry.
        whole = [text and text.encode(errors="replace").decode() for text in texts]
        return pa.array(whole, pa.large_string())
