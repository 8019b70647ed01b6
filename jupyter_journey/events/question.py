"""What a question is: a part for any set of whole customers, and the whole from all parts.

So one kernel answers for a log in memory, for partitions on disk and for many machines.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from jupyter_journey.errors import ParameterError
from jupyter_journey.events.intervals import wilson
from jupyter_journey.events.store import Store

__all__ = [
    "Question",
    "added",
    "duration",
    "microseconds",
    "moment",
    "moments",
    "named",
    "whole_number",
    "with_rate",
]

Part = TypeVar("Part")
_PLAIN = re.compile(r"[\s+\-.\d]*")


class Question(ABC, Generic[Part]):
    """A question with its arguments; must pickle, as it may travel to another machine."""

    @abstractmethod
    def part(self, store: Store) -> Part:
        """Return what these customers contribute."""

    @abstractmethod
    def whole(self, parts: Sequence[Part], events: Sequence[str]) -> pd.DataFrame:
        """Return the answer; ``events`` are the names by code, the same in all parts."""


def added(parts: Sequence[pd.DataFrame], keys: Sequence[str]) -> pd.DataFrame:
    """Return the sums of all other columns by the keys, which come out sorted."""
    return pd.concat(parts, ignore_index=True).groupby([*keys], as_index=False).sum()


def named(codes: npt.ArrayLike, events: Sequence[str]) -> pd.Series:
    """Return the names of events; a code past the last one is missing."""
    names = np.array([*events, pd.NA], dtype=object)
    return pd.Series(names[np.asarray(codes, np.int64)], dtype="string")


def with_rate(
    frame: pd.DataFrame, hits: str, of: str, level: float, name: str = "rate"
) -> pd.DataFrame:
    """Return the frame with the share of two of its counts and the Wilson interval."""
    count = frame[of].to_numpy(np.float64)
    rate = frame[hits].to_numpy(np.float64) / np.where(count > 0, count, np.nan)
    low, high = wilson(frame[hits], frame[of], level)
    return frame.assign(**{name: rate, "low": low, "high": high})


def duration(length: object, parameter: str) -> int:
    """Return a span of time in microseconds.

    Raises
    ------
    ParameterError
        If it is none, has no unit, or is not longer than nothing.
    """
    reason = f"is {length!r}. Give a span of time with its unit, such as '30min', '12h' or '7d'."
    if not isinstance(length, str | timedelta) or _PLAIN.fullmatch(str(length)):
        raise ParameterError(template_name="events", parameter=parameter, reason=reason)
    try:
        span = pd.Timedelta(length)
    except ValueError as error:
        raise ParameterError(template_name="events", parameter=parameter, reason=reason) from error
    if not span > pd.Timedelta(0):  # nor is "no time" longer than none
        raise ParameterError(template_name="events", parameter=parameter, reason=reason)
    return span // pd.Timedelta(1, "us")


def whole_number(value: Any, parameter: str, least: int, most: int | None = None) -> None:
    """Refuse what is no whole number of at least, and at most, so many.

    Raises
    ------
    ParameterError
        With the numbers that are taken.
    """
    is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if is_whole and value >= least and (most is None or value <= most):
        return
    wanted = f"of at least {least}" if most is None else f"from {least} to {most:,}"
    reason = f"is {value!r}. Give a whole number {wanted}."
    raise ParameterError(template_name="events", parameter=parameter, reason=reason)


def microseconds(moment: pd.Timestamp | None) -> int:
    """Return a time as the engine counts it, since 1970 in UTC; 0 for none."""
    return 0 if moment is None else int(moment.as_unit("us").to_numpy().view(np.int64))


def moment(microseconds: int | None) -> pd.Timestamp | None:
    """Return a time in UTC; None for none."""
    return None if microseconds is None else pd.Timestamp(microseconds, unit="us", tz="UTC")


def moments(microseconds: npt.NDArray[np.int64]) -> pd.Series:
    """Return times in UTC, without copying them."""
    return pd.Series(microseconds, dtype="datetime64[us, UTC]", copy=False)
