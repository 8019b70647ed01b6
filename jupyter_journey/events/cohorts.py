"""How many customers who began together come back later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from jupyter_journey.events.ordering import Codes, blocks
from jupyter_journey.events.question import Question, added, moments, with_rate
from jupyter_journey.events.store import Ints, Store

__all__ = ["Cohorts", "Freq", "Retention", "Tally"]

Freq = Literal["D", "W", "M", "Q", "Y"]
"""Calendar days, weeks from Monday, months, quarters, years, in UTC."""
Retention = Literal["n-day", "unbounded", "bracket"]
Tally = tuple[pd.DataFrame, pd.DataFrame]
"""Customers by cohort; and active ones by cohort and age (the place of a period or bracket)."""

_DAY = 86_400_000_000
_MONTHS = {"M": 1, "Q": 3, "Y": 12}
_COLUMNS = ["cohort", "period", "customers", "active", "rate", "low", "high", "complete"]


@dataclass(frozen=True)
class Cohorts(Question[Tally]):
    """Sizes of cohorts, and how many of each are active how many periods on."""

    freq: Freq
    retention: Retention
    edges: tuple[int, ...]
    """First periods of the brackets, and the one after the last; else empty."""
    end: int
    level: float

    def part(self, store: Store) -> Tally:
        """Count customers, each once per period they are active in."""
        period: Codes = np.empty(len(store), np.int32)
        for block in blocks(len(store)):
            period[block] = _periods(store.time[block], self.freq)
        # What hasn't happened yet is one period more, which no answer shows.
        np.minimum(period, self._last + 1, out=period)
        first = period[store.starts]
        if self.retention == "unbounded":
            seen = np.diff(np.append(0, np.cumsum(store.time <= self.end)[store.ends - 1]))
            rows = (store.starts + seen - 1)[seen > 0]
        else:
            new = np.ones(len(store), bool)
            new[1:] = ~store.follows | (period[1:] != period[:-1])
            rows = np.flatnonzero(new)
        customer = store.customer[rows]
        age = period[rows] - first[customer]
        if self.retention == "bracket":
            customer, age = self._bracketed(customer, age)
        sizes = _counts(first, np.zeros_like(first)).drop(columns="age")
        return sizes.rename(columns={"n": "customers"}), _counts(first[customer], age)

    def whole(self, parts: Sequence[Tally], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Add the counts, and fill in the periods in which nobody of a cohort was active."""
        sizes = added([part[0] for part in parts], ["cohort"])
        active = added([part[1] for part in parts], ["cohort", "age"])
        last = self._last
        frame = sizes.merge(self._ages(last, sizes["cohort"]), how="cross")
        frame = frame[frame["cohort"] + frame["period"] <= last]
        frame = frame.merge(active, on=["cohort", "age"], how="left").fillna({"n": 0})
        if self.retention == "unbounded":
            frame["n"] = frame[::-1].groupby("cohort")["n"].cumsum()
        frame = frame.assign(
            active=frame["n"].astype("int64"),
            complete=frame["cohort"] + frame["until"] < last,
            cohort=_begin(frame["cohort"].to_numpy(np.int64), self.freq),
        )
        return with_rate(frame, "active", "customers", self.level)[_COLUMNS]

    @property
    def _last(self) -> int:
        """Number of the period in which the observation ends."""
        return int(_periods(np.array([self.end]), self.freq)[0])

    def _bracketed(self, customer: Codes, age: Codes) -> tuple[Codes, Codes]:
        """Turn periods into brackets, each customer once in each."""
        bracket = np.searchsorted(self.edges, age, side="right") - 1
        kept = (bracket >= 0) & (bracket < len(self.edges) - 1)
        customer, bracket = customer[kept], bracket[kept]
        new = np.ones(len(bracket), bool)
        new[1:] = (customer[1:] != customer[:-1]) | (bracket[1:] != bracket[:-1])
        return customer[new], bracket[new]

    def _ages(self, last: int, cohorts: pd.Series) -> pd.DataFrame:
        """Return the first and last period of each age."""
        if self.retention == "bracket":
            first, after = np.array(self.edges[:-1]), np.array(self.edges[1:])
        else:
            first = np.arange(last - int(cohorts.min()) + 1 if len(cohorts) else 0)
            after = first + 1
        return pd.DataFrame({"age": np.arange(len(first)), "period": first, "until": after - 1})


def _counts(cohort: Codes, age: Codes) -> pd.DataFrame:
    """Count rows by both."""
    start, width = int(cohort.min()) if len(cohort) else 0, int(age.max(initial=0)) + 1
    counts = np.bincount(np.multiply(cohort - start, width, dtype=np.int64) + age)
    found = np.flatnonzero(counts)
    return pd.DataFrame(
        {"cohort": found // width + start, "age": found % width, "n": counts[found]}
    )


def _periods(time: Ints, freq: Freq) -> Ints:
    """Return the number of the calendar period of each time, counted from 1970."""
    if freq in _MONTHS:
        months: Ints = time.view("M8[us]").astype("M8[M]").astype(np.int64)
        return months // _MONTHS[freq]
    days = time // _DAY
    return days if freq == "D" else (days + 3) // 7  # 1970-01-01 was a Thursday


def _begin(period: Ints, freq: Freq) -> pd.Series:
    """Return the first moment of each period."""
    if freq in _MONTHS:
        starts = (period * _MONTHS[freq]).astype("M8[M]")
    else:
        starts = (period if freq == "D" else period * 7 - 3).astype("M8[D]")
    return moments(starts.astype("M8[us]").astype(np.int64))
