"""Who was a customer, from when until when, as the events tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["MICROSECONDS", "Paying", "paying"]

_JOIN, _STAY, _LEFT = "decision", "retention", "cancel"
MICROSECONDS = np.dtype("datetime64[us]")
_MONTH = 365.25 / 12 * 86_400.0


@dataclass(frozen=True)
class Paying:
    """The times in which customers were customers, up to the end of the observation."""

    spans: pd.DataFrame
    """``customer``, ``code`` (place in the log), ``start``, ``end`` (missing for those who still
    are one), ``won`` (whether it starts with an event of ``decision``), in order."""
    until: pd.Timestamp
    joined: tuple[str, ...]
    left: str

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
        """Return by customer ``months`` as one from ``begin`` on, ``losses`` in them, ``code``."""
        start = self.spans["start"].where(self.spans["start"] >= begin, begin)
        end = self.spans["end"].fillna(self.until)
        here = end >= begin
        told = pd.DataFrame(
            {
                "customer": self.spans["customer"],
                "code": self.spans["code"],
                "months": (end - start).dt.total_seconds() / _MONTH,
                "losses": self.spans["end"].notna().astype(float),
            }
        )
        by = told[here].groupby("customer", sort=True)
        return by.agg({"code": "first", "months": "sum", "losses": "sum"})

    def within(
        self, customers: npt.NDArray[np.int64], times: npt.NDArray[np.datetime64]
    ) -> npt.NDArray[np.bool_]:
        """Tell of customers and times whether they were customers then."""
        asked = pd.DataFrame({"code": customers, "time": times, "place": np.arange(len(times))})
        asked = asked.sort_values("time", kind="stable")
        spans = self.spans[["code", "start", "end"]].sort_values("start")
        plain = {name: spans[name].to_numpy(MICROSECONDS) for name in ("start", "end")}
        spans = spans.assign(**plain)
        found = pd.merge_asof(asked, spans, left_on="time", right_on="start", by="code")
        found = found.sort_values("place")
        during = found["start"].notna() & (found["end"].isna() | (found["time"] <= found["end"]))
        return during.to_numpy(bool)


def paying(
    events: pd.DataFrame,
    stages: Mapping[str, tuple[str, ...]],
    labels: Mapping[str, tuple[str, ...]],
    until: pd.Timestamp,
) -> Paying | None:
    """Read from the events, in order and up to the end, who was a customer when.

    A customer is one from an event that enters the stage ``decision`` (or ``retention``: whose
    first event lies before the log) until ``cancel``, by any of its names in the log. None
    where the journey doesn't say by which events ``decision`` is entered, or nobody ever cancels.
    """
    joined = tuple(dict.fromkeys((*stages.get(_JOIN, ()), *stages.get(_STAY, ()))))
    left = labels.get(_LEFT, ())
    if not stages.get(_JOIN) or not events["event"].cat.categories.isin(left).any():
        return None
    events = events[events["event"].isin([*joined, *left])]
    customer = events["customer"].cat.codes.to_numpy(np.int64)
    is_one = ~events["event"].isin(left).to_numpy()
    same = np.zeros(len(events), bool)
    same[1:] = customer[1:] == customer[:-1]
    before = np.zeros(len(events), bool)
    before[1:] = is_one[:-1] & same[1:]
    changes = is_one != before
    events, is_one = events[changes], is_one[changes]
    codes = customer[changes]
    ends = events["time"].where(~is_one).groupby(codes).shift(-1)
    spans = pd.DataFrame(
        {
            "customer": events["customer"].astype(str),
            "code": codes,
            "start": events["time"],
            "end": ends,
            "won": events["event"].isin(stages[_JOIN]),
        }
    )[is_one]
    return Paying(spans.reset_index(drop=True), until, joined, _LEFT)
