"""Who was a customer, from when until when, as the events tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from jupyter_journey.events import Log
from jupyter_journey.events.ordering import Codes
from jupyter_journey.events.question import Question, microseconds, moments
from jupyter_journey.events.store import Ints, Store

__all__ = ["Paying", "paying"]

_JOIN, _STAY, _LEFT = "decision", "retention", "cancel"
_MONTH = 365.25 / 12 * 86_400.0
_NEVER = np.iinfo(np.int64).min  # NaT


@dataclass(frozen=True)
class Paying:
    """The times in which customers were customers, up to the end of the observation."""

    spans: pd.DataFrame
    """``customer``, ``start``, ``end`` (missing for those who still are one), ``won`` (whether it
    starts with an event of ``decision``); a customer's in order."""
    log: Log
    rule: _Spans
    until: pd.Timestamp

    @property
    def joined(self) -> tuple[str, ...]:
        """The events that make a customer."""
        return self.rule.joined

    @property
    def left(self) -> str:
        """The event that ends it."""
        return _LEFT

    @property
    def new(self) -> pd.DataFrame:
        """The first time of each customer who was seen to become one."""
        first = self.spans.drop_duplicates("customer")
        return first[first["won"]]

    def at(self, moment: pd.Timestamp) -> pd.Index[str]:
        """Return who is a customer just before a moment."""
        spans = self.spans
        still = spans["end"].isna() | (spans["end"] >= moment)
        names: pd.Index[str] = pd.Index(spans.loc[(spans["start"] < moment) & still, "customer"])
        return names

    @property
    def last(self) -> pd.Index[str]:
        """Who is a customer at the end."""
        names: pd.Index[str] = pd.Index(self.spans.loc[self.spans["end"].isna(), "customer"])
        return names

    def months(self, begin: pd.Timestamp) -> pd.DataFrame:
        """Return by customer ``months`` as one from ``begin`` on, and ``losses`` in them."""
        start = self.spans["start"].where(self.spans["start"] >= begin, begin)
        end = self.spans["end"].fillna(self.until)
        here = end >= begin
        told = pd.DataFrame(
            {
                "customer": self.spans["customer"],
                "months": (end - start).dt.total_seconds() / _MONTH,
                "losses": self.spans["end"].notna().astype(float),
            }
        )
        return told[here].groupby("customer", sort=True).sum()

    def did(self, events: Collection[str], begin: pd.Timestamp) -> pd.Series[int]:
        """Count by customer the events of these, from ``begin`` on, while they were one."""
        found = self.log.ask(_During(self.rule, tuple(events), microseconds(begin)))
        return found.set_index("customer")["n"]


def paying(
    log: Log,
    stages: Mapping[str, tuple[str, ...]],
    labels: Mapping[str, tuple[str, ...]],
    until: pd.Timestamp,
) -> Paying | None:
    """Read from the events up to the end who was a customer when.

    A customer is one from an event that enters the stage ``decision`` (or ``retention``: whose
    first event lies before the log) until ``cancel``, by any of its names in the log. None
    where the journey doesn't say by which events ``decision`` is entered, or nobody ever cancels.
    """
    won, left = stages.get(_JOIN, ()), labels.get(_LEFT, ())
    if not won or not set(left) & set(log.events):
        return None
    joined = tuple(dict.fromkeys((*won, *stages.get(_STAY, ()))))
    rule = _Spans(joined, left, won, microseconds(until))
    return Paying(log.ask(rule), log, rule, until)


class _Rows(NamedTuple):
    """By time as a customer: the rows of its first event and of the one that ends it."""

    start: Ints
    end: Ints
    """-1 where there is none."""


@dataclass(frozen=True)
class _Spans(Question[pd.DataFrame]):
    """When customers were customers."""

    joined: tuple[str, ...]
    left: tuple[str, ...]
    won: tuple[str, ...]
    until: int

    def rows(self, store: Store) -> _Rows:
        """Find where customers become one, and where they cease to be one."""
        left = _codes(store, self.left)
        rows = store.rows_of(np.append(_codes(store, self.joined), left))
        rows = rows[store.time[rows] <= self.until]
        customer = store.customer[rows]
        is_one = ~np.isin(store.event[rows], left)
        same = np.zeros(len(rows), bool)
        same[1:] = customer[1:] == customer[:-1]
        before = np.zeros(len(rows), bool)
        before[1:] = is_one[:-1] & same[1:]
        changes = is_one != before
        rows, customer, starts = rows[changes], customer[changes], is_one[changes]
        after = np.full(len(rows), -1, np.int64)
        after[:-1] = np.where(customer[1:] == customer[:-1], rows[1:], -1)
        return _Rows(rows[starts], after[starts])

    def part(self, store: Store) -> pd.DataFrame:
        """Say of whom the times are, from when until when."""
        start, end = self.rows(store)
        ended = np.full(len(end), _NEVER)
        ended[end >= 0] = store.time[end[end >= 0]]
        return pd.DataFrame(
            {
                "customer": _named(store, store.customer[start]),
                "start": moments(store.time[start]),
                "end": moments(ended),
                "won": np.isin(store.event[start], _codes(store, self.won)),
            }
        )

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put them together: a customer's times are all in one part."""
        return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class _During(Question[pd.DataFrame]):
    """How often customers did something from some day on, while they were customers."""

    rule: _Spans
    events: tuple[str, ...]
    begin: int

    def part(self, store: Store) -> pd.DataFrame:
        """Find each event's time as a customer: the last that began, or begins at its moment."""
        rows = store.rows_of(_codes(store, self.events))
        rows = rows[(store.time[rows] >= self.begin) & (store.time[rows] <= self.rule.until)]
        start, end = self.rule.rows(store)
        moment = np.flatnonzero(
            np.append(True, ~store.follows | (store.time[1:] != store.time[:-1]))[: len(store)]
        )
        first = moment[np.searchsorted(moment, start, side="right") - 1]
        place = np.searchsorted(first, rows, side="right") - 1
        rows, place = rows[place >= 0], place[place >= 0]
        during = store.customer[start[place]] == store.customer[rows]
        ended = end[place]
        during &= (ended < 0) | (store.time[rows] <= store.time[ended])
        counts = np.bincount(store.customer[rows[during]], minlength=len(store.customers))
        customers = np.flatnonzero(counts)
        return pd.DataFrame({"customer": _named(store, customers), "n": counts[customers]})

    def whole(self, parts: Sequence[pd.DataFrame], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        """Put them together."""
        return pd.concat(parts, ignore_index=True)


def _codes(store: Store, events: Collection[str]) -> Ints:
    """Return the codes of events, of those the log knows."""
    return np.array([code for code, name in enumerate(store.events) if name in events], np.int64)


def _named(store: Store, customers: Codes) -> pd.Series[str]:
    names: pd.Series[str] = store.customers.take(pa.array(customers)).to_pandas().astype(str)
    return names
