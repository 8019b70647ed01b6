"""What a log is good for: what it holds, and what in it looks wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from jupyter_journey.events.any_log import Log
from jupyter_journey.events.mapping import coverage
from jupyter_journey.events.question import microseconds, moment
from jupyter_journey.events.repeated import doubled_rows
from jupyter_journey.events.shape import Days, Shape
from jupyter_journey.model.journey import Journey

__all__ = ["quality"]

_SHOWN = 5
Fact = tuple[str, float, str]


def quality(
    log: Log,
    journey: Journey | None = None,
    now: datetime | None = None,
    *,
    covered: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Check a log before believing what it says.

    Parameters
    ----------
    journey
        If given, the mapping of events to its stages is checked, too.
    now
        Times after this are called future; default: the present.
    covered
        What :func:`coverage` says of the log and the journey, where it is at hand already.

    Returns
    -------
    pandas.DataFrame
        ``check``, ``value`` (a number), ``where`` (the first place, the names or the rule; empty
        where there is nothing to tell). What it holds: ``rows``, ``customers``, ``events``
        (different names), ``days`` (from the first to the last). What to look at: ``days without
        events`` (the longest gap); ``duplicates`` (rows equal to another in all columns);
        ``dropped`` (rows the reading left out as sent twice); ``not complete`` (rows it left out
        because their life cycle doesn't say complete, and the column that tells); ``ties`` (share
        of events with another of the same customer at the same time, and what decides their
        order); ``future``,
        ``before 1990`` (rows with impossible clocks); ``zones`` (different offsets in the times; 0:
        the zone of the spec was taken); ``similar names`` (events that differ only in case and
        signs); ``single events`` (customers with one event); ``busiest`` (share of the rows of the
        busiest customer: a robot, a test account?). With a journey: ``no stage`` (share of rows
        whose event stands for no stage, the most frequent ones), ``unknown events`` (names in the
        journey that the log doesn't have).

    Examples
    --------
    >>> from jupyter_journey.events import read_events
    >>> log = read_events(pd.DataFrame({
    ...     "customer": ["a", "a", "b"], "event": ["visit", "visit", "Visit"],
    ...     "time": ["2026-01-01", "2026-01-01", "2026-01-05"],
    ... }))
    >>> found = quality(log).set_index("check")
    >>> print(found.loc[["days without events", "duplicates", "similar names"]])
                         value                         where
    check
    days without events    3.0         2026-01-02/2026-01-04
    duplicates             1.0  visit at 2026-01-01 00:00:00
    similar names          2.0                 Visit ~ visit
    """
    counts = log.counts()
    names = counts.loc[counts["n"] > 0, "event"].sort_values().tolist()
    shape = log.ask(Shape(microseconds(pd.Timestamp(now or datetime.now(UTC))))).iloc[0]
    facts = [*_held(log, names), *_doubts(log), *_clocks(log, shape), *_names(log, names, shape)]
    if journey is not None and covered is None:
        covered = coverage(log, journey)
    if covered is not None:
        facts += _mapping(log, covered)
    checks, values, places = zip(*facts, strict=True)
    return pd.DataFrame(
        {
            "check": pd.Series(checks, dtype="string"),
            "value": pd.Series(values, dtype="float64"),
            "where": pd.Series(places, dtype="string"),
        }
    )


def _held(log: Log, names: Sequence[str]) -> list[Fact]:
    period = log.period
    days = (period.last - period.first).days + 1 if period else 0
    return [
        ("rows", log.n, ""),
        ("customers", len(log.customers), ""),
        ("events", len(names), ""),
        ("days", days, str(period or "")),
    ]


def _doubts(log: Log) -> list[Fact]:
    doubled, first = doubled_rows(log)
    example = f"{first.event} at {_said(first.time)}" if first else ""
    spec = log.origin.spec
    return [
        _gaps(log),
        ("duplicates", doubled, example),
        ("dropped", log.origin.dropped, ", ".join(spec.unique)),
        ("not complete", log.origin.incomplete, spec.lifecycle),
        ("ties", log.ties, log.tie_rule),
    ]


def _gaps(log: Log) -> Fact:
    days = log.ask(Days())["day"].to_numpy()
    missing = np.diff(days) - 1
    if not missing.any():
        return ("days without events", 0, "")
    start = int(days[missing.argmax()]) + 1
    first, last = np.array([start, start + missing.max() - 1], "M8[D]")
    return ("days without events", int(missing.sum()), f"{first}/{last}")


def _clocks(log: Log, shape: pd.Series) -> list[Fact]:
    offsets = log.origin.offsets
    return [
        ("future", shape["late"], _said(shape["first_late"]) if shape["late"] else ""),
        ("before 1990", shape["early"], _said(shape["first_early"]) if shape["early"] else ""),
        ("zones", len(offsets), ", ".join(offsets) or f"{log.origin.spec.zone} taken"),
    ]


def _names(log: Log, names: Sequence[str], shape: pd.Series) -> list[Fact]:
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(re.sub(r"[\W_]+", "", name).casefold(), []).append(name)
    similar = [names for names in alike.values() if len(names) > 1]
    return [
        (
            "similar names",
            sum(map(len, similar)),
            _listed([" ~ ".join(names) for names in similar]),
        ),
        ("single events", shape["single"], ""),
        ("busiest", shape["most"] / log.n if log.n else 0.0, ""),
    ]


def _mapping(log: Log, covered: pd.DataFrame) -> list[Fact]:
    lost = covered[covered["stage"].isna() & (covered["n"] > 0)]
    unknown = covered[~covered["event"].isin(log.events) & (covered["n"] == 0)]
    share = float(lost["n"].sum() / log.n) if log.n else 0.0
    return [
        ("no stage", share, _listed(list(lost["event"]))),
        ("unknown events", len(unknown), _listed(list(unknown["event"]))),
    ]


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _said(time: int) -> str:
    return f"{moment(time):%Y-%m-%d %H:%M:%S}"
