"""Spans of whole days in UTC, as filters and measurements write them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from jupyter_journey.errors import ParameterError

__all__ = ["Period"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})|-?[Qq](?P<quarter>[1-4]))?")


@dataclass(frozen=True)
class Period:
    """The days from ``first`` to ``last``, both included.

    Examples
    --------
    >>> Period.parse("2026-02").last
    datetime.date(2026, 2, 28)
    >>> str(Period.parse("2026-01/2026-02-14"))
    '2026-01-01/2026-02-14'
    >>> str(Period.parse("2025-Q4/2026"))
    '2025-10-01/2026-12-31'
    """

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a year, quarter, month or day, or two of them with a slash between.

        Raises
        ------
        ParameterError
            If the text is none of these, or ends before it begins.
        """
        ends = text.strip().split("/")
        try:
            first, last = _days(ends[0])[0], _days(ends[-1])[1]
        except ValueError as error:
            raise _refused(text) from error
        if len(ends) > 2 or first > last:
            raise _refused(text)
        return cls(first, last)

    @classmethod
    def of(cls, period: Period | str) -> Period:
        """Return a period, or the one a text tells.

        Raises
        ------
        ParameterError
            If it is neither.
        """
        if isinstance(period, Period):
            return period
        if not isinstance(period, str):  # a year without quotes, as a rule
            raise _refused(period)
        return cls.parse(period)

    @property
    def begin(self) -> datetime:
        """The first moment of the period."""
        return datetime.combine(self.first, time(), tzinfo=UTC)

    @property
    def end(self) -> datetime:
        """The first moment after the period."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=UTC)

    def cut(self, moment: int) -> int:
        """Return a moment, in microseconds since 1970, or the period's last if that is sooner.

        Examples
        --------
        >>> Period.parse("1970-01-01").cut(10**12)
        86399999999
        """
        return min(moment, (self.end - _EPOCH) // timedelta(microseconds=1) - 1)

    def holds(self, other: Period) -> bool:
        """Tell whether another period lies in this one, from its first to its last day.

        Examples
        --------
        >>> Period.parse("2026-01/2026-02-15").holds(Period.parse("2026-02"))
        False
        """
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def _days(text: str) -> tuple[date, date]:
    named = _MONTHS.fullmatch(text)
    if named:
        year, begin, end = int(named["year"]), 1, 12
        if named["quarter"]:
            begin, end = 3 * int(named["quarter"]) - 2, 3 * int(named["quarter"])
        elif named["month"]:
            begin = end = int(named["month"])
        return date(year, begin, 1), date(year, end, monthrange(year, end)[1])
    day = date.fromisoformat(text)
    return day, day


def _refused(given: object) -> ParameterError:
    reason = (
        f"is {given!r}. Give a text: a year such as '2026', a quarter such as '2026-Q1', a month "
        "such as '2026-01', or first and last day such as '2026-01-01/2026-03-31'."
    )
    return ParameterError(template_name="events", parameter="period", reason=reason)
