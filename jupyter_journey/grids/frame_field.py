"""What a column of the grid takes, and how its frame holds it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from jupyter_journey.errors import FrameValueError, UnknownNameError
from jupyter_journey.grids.frame_column import Column, Kind, has_dates, kind_of
from jupyter_journey.grids.frame_values import is_missing, plain
from jupyter_journey.grids.phrases import Phrase

__all__ = ["Field", "field_of"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)")
_INTEGER = re.compile(r"[+-]?\d{1,30}")


@dataclass(frozen=True)
class Field:
    """A column as the grid edits it."""

    name: str
    kind: Kind
    dtype: Any
    column: Column
    options: tuple[Any, ...] = ()
    """The values of a choice, as the frame holds them."""
    container: type = tuple
    """What holds tags."""
    is_nullable: bool = True

    @property
    def is_editable(self) -> bool:
        """Whether cells may be changed at all."""
        return self.column.editable and self.kind != "other"

    @property
    def missing(self) -> Any:
        """What the dtype has for a missing value."""
        return pd.Series([None], dtype=self.dtype).iloc[0]

    @property
    def blank(self) -> Any:
        """What a new row holds: nothing, or 0 and False where the dtype can't be without value."""
        if self.is_nullable:
            return self.missing
        if isinstance(self.dtype, pd.IntervalDtype):
            closed: Any = self.dtype.closed
            return pd.Interval(0, 0, closed)
        return np.zeros(1, getattr(self.dtype, "subtype", self.dtype))[0]

    def coerce(self, value: Any) -> Any:
        """Return the value as the dtype holds it.

        Raises
        ------
        FrameValueError
            If it doesn't fit; nothing is rounded, cut off or guessed.
        """
        given = value.item() if isinstance(value, np.generic) else value
        if self.kind == "other":
            raise self._refusal(given, "fixed", dtype=self.dtype)
        if is_missing(given) or (given == "" and self.kind not in ("text", "choice")):
            if not self.is_nullable or self.column.required:
                raise self._refusal(given, "value")
            return self.missing
        held = self._take(given)
        if self.column.required and plain(held, self.kind) in ("", []):
            raise self._refusal(given, "value")
        return held

    # Once per column, not per cell: a block has thousands.
    @cached_property
    def _take(self) -> Callable[[Any], Any]:
        ways: Mapping[Kind, Callable[[Any], Any]] = {
            "text": self._text,
            "number": self._number,
            "integer": self._integer,
            "boolean": self._boolean,
            "date": self._date,
            "datetime": self._datetime,
            "choice": self._choice,
            "tags": self._tags,
        }
        return ways[self.kind]

    @cached_property
    def _range(self) -> tuple[int, int]:
        bounds = np.iinfo(getattr(self.dtype, "numpy_dtype", self.dtype))
        return int(bounds.min), int(bounds.max)

    def shown(self, value: Any) -> Any:
        """Return a value of this column as pages know it.

        Raises
        ------
        FrameValueError
            If the column can't hold it.
        """
        if is_missing(value) or self.kind == "other":
            return None if is_missing(value) else str(value)
        return value if self.kind == "tags" else plain(self.coerce(value), self.kind)

    def describe(self) -> dict[str, Any]:
        """Return what the editor has to know."""
        return {
            "label": self.column.label or self.name,
            "kind": self.kind,
            "dtype": str(self.dtype),
            "editable": self.is_editable,
            "nullable": self.is_nullable and not self.column.required,
            "options": [str(option) for option in self.options],
            "minimum": self.column.minimum,
            "maximum": self.column.maximum,
            "pattern": self.column.pattern,
            "zone": str(self.zone) if self.zone else None,
        }

    @property
    def zone(self) -> Any:
        """The time zone of moments."""
        arrow = getattr(getattr(self.dtype, "pyarrow_dtype", None), "tz", None)
        return getattr(self.dtype, "tz", None) or arrow

    def _refusal(self, value: Any, what: str, **fields: Any) -> FrameValueError:
        expected = Phrase("expected", what, **fields)
        return FrameValueError(column=self.name, value=value, expected=expected)

    def _text(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self._refusal(value, "text")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self._refusal(value, "whole_letters") from None
        pattern = self.column.pattern
        if pattern and not re.fullmatch(pattern, value):
            raise self._refusal(value, "pattern", pattern=pattern)
        return value

    def _number(self, value: Any) -> Any:
        try:
            # Python reads "1_000", which is no number to anybody else.
            is_none = isinstance(value, bool) or (isinstance(value, str) and "_" in value)
            number = None if is_none else float(value)
        except (TypeError, ValueError, OverflowError):
            number = None
        if number is None or math.isnan(number):
            raise self._refusal(value, "number")
        held: Any = number
        if self.dtype != np.float64:
            with np.errstate(over="ignore"):
                held = pd.Series([number], dtype=self.dtype).iloc[0]
        if math.isinf(held) and not math.isinf(number):
            raise self._refusal(value, "held", dtype=self.dtype)
        self._bounded(number, value)
        return held

    def _integer(self, value: Any) -> Any:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, str) and _INTEGER.fullmatch(value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._refusal(value, "integer")
        if self.dtype != object:
            low, high = self._range
            if not low <= value <= high:
                raise self._refusal(value, "integers", low=low, high=high)
        self._bounded(value, value)
        return value

    def _bounded(self, number: float, value: Any) -> None:
        low, high = self.column.minimum, self.column.maximum
        if low is not None and number < low:
            raise self._refusal(value, "minimum", low=low)
        if high is not None and number > high:
            raise self._refusal(value, "maximum", high=high)

    def _boolean(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self._refusal(value, "boolean")
        return value

    def _date(self, value: Any) -> Any:
        if isinstance(value, str) and not _DAY.fullmatch(value):
            raise self._refusal(value, "date")
        moment = self._timestamp(value, "date")
        if moment != moment.normalize():
            raise self._refusal(value, "no_time")
        is_day = has_dates(self.dtype) or self.dtype == object
        return moment.date() if is_day else self._in_unit(moment, value)

    def _datetime(self, value: Any) -> Any:
        moment = self._timestamp(value, "datetime")
        if self.zone is None:
            if moment.tzinfo is not None:
                raise self._refusal(value, "no_zone")
        elif moment.tzinfo is not None:
            moment = moment.tz_convert(self.zone)
        else:
            try:
                moment = moment.tz_localize(self.zone)
            except ValueError:
                raise self._refusal(value, "offset", zone=self.zone) from None
        return self._in_unit(moment, value)

    def _timestamp(self, value: Any, what: Kind) -> pd.Timestamp:
        # ISO only: whatever else pandas takes would be a guess which is the day, which the month.
        is_iso = isinstance(value, str) and _ISO.match(value)
        if not is_iso and not isinstance(value, date):
            raise self._refusal(value, what)
        try:
            moment = pd.Timestamp(value)
        except (TypeError, ValueError, OverflowError):
            raise self._refusal(value, what) from None
        if is_missing(moment):
            raise self._refusal(value, what)
        return moment

    def _in_unit(self, moment: pd.Timestamp, value: Any) -> pd.Timestamp:
        arrow = getattr(self.dtype, "pyarrow_dtype", None)
        unit: Any = getattr(self.dtype, "unit", None) or getattr(arrow, "unit", None)
        unit = unit or np.datetime_data(self.dtype)[0]
        try:
            return moment.as_unit(unit, round_ok=False)
        except (ValueError, OverflowError):
            raise self._refusal(value, "unit", unit=unit) from None

    def _choice(self, value: Any) -> Any:
        for option in self.options:
            if value == option or value == str(option):
                return option
        if value == "":
            return self.coerce(None)
        known = [str(option) for option in self.options]
        hint = UnknownNameError(kind="choice", name=str(value), known=known)
        # In English: only Python gets here, as pages let choose.
        expected = f"one of its choices. {hint}".rstrip(".")
        raise FrameValueError(column=self.name, value=value, expected=expected)

    def _tags(self, value: Any) -> Any:
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise self._refusal(value, "tags")
        items = list(value)
        return self.container(self._text(item) for item in items)


def field_of(name: str, series: pd.Series[Any], column: Column | None = None) -> Field:
    """Return how a column is edited."""
    asked = column or Column()
    kind: Kind = asked.kind or ("choice" if asked.options else kind_of(series))
    dtype: Any = series.dtype
    options: tuple[Any, ...] = asked.options or ()
    if kind == "choice" and isinstance(dtype, pd.CategoricalDtype):
        options = tuple(
            item
            for item in dtype.categories
            if not asked.options or str(item) in set(map(str, asked.options))
        )
    elif kind == "choice" and pd.api.types.is_integer_dtype(dtype):
        options = tuple(int(item) for item in options)
    held = series.dropna() if kind == "tags" else series.iloc[:0]
    container = list if len(held) and isinstance(held.iloc[0], list) else tuple
    # What a sparse column or one of intervals is made of.
    held_in = getattr(dtype, "subtype", dtype)
    is_nullable = not (isinstance(held_in, np.dtype) and held_in.kind in "iub")
    return Field(name, kind, dtype, asked, options, container, is_nullable)
