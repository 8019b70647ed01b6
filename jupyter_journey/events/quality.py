"""What a log is good for: what it holds, and what in it looks wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from jupyter_journey.events.filters import of_customers
from jupyter_journey.events.log import EventLog
from jupyter_journey.events.mapping import coverage
from jupyter_journey.events.question import Question
from jupyter_journey.events.store import Store
from jupyter_journey.model.journey import Journey

__all__ = ["quality"]

_DAY = 86_400_000_000
_OLD = datetime(1990, 1, 1, tzinfo=UTC)
_SHOWN = 5
Fact = tuple[str, float, str]


def quality(
    log: EventLog,
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
    facts = [*_held(log), *_doubts(log), *_clocks(log, now or datetime.now(UTC)), *_names(log)]
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


def _held(log: EventLog) -> list[Fact]:
    present = pc.unique(log.rows.held["event"].cast(pa.string()))
    period = log.period
    days = (period.last - period.first).days + 1 if period else 0
    return [
        ("rows", log.n, ""),
        ("customers", len(log.customers), ""),
        ("events", len(present), ""),
        ("days", days, str(period or "")),
    ]


def _doubts(log: EventLog) -> list[Fact]:
    doubled, example = _duplicates(log)
    spec = log.origin.spec
    return [
        _gaps(log),
        ("duplicates", doubled, example),
        ("dropped", log.origin.dropped, ", ".join(spec.unique)),
        ("not complete", log.origin.incomplete, spec.lifecycle),
        ("ties", log.ties, log.tie_rule),
    ]


def _gaps(log: EventLog) -> Fact:
    days = np.unique(log.rows.held["time"].cast(pa.int64()).to_numpy() // _DAY)
    missing = np.diff(days) - 1
    if not missing.any():
        return ("days without events", 0, "")
    start = int(days[missing.argmax()]) + 1
    first, last = np.array([start, start + missing.max() - 1], "M8[D]")
    return ("days without events", int(missing.sum()), f"{first}/{last}")


class _Repeated(Question[pd.Series]):
    """Who did the same twice at the same moment."""

    def part(self, store: Store) -> pd.Series:
        """Compare each event with the one before it, which stands next to it if it is the same."""
        same = store.follows & (store.time[1:] == store.time[:-1])
        same &= store.event[1:] == store.event[:-1]
        codes = pa.array(np.unique(store.customer[1:][same]))
        return pd.Series(store.customers.take(codes).to_pylist(), dtype="string")

    def whole(self, parts: Sequence[pd.Series], events: Sequence[str]) -> pd.DataFrame:  # noqa: ARG002
        return pd.DataFrame({"customer": pd.concat(parts)})


def _duplicates(log: EventLog) -> tuple[int, str]:
    """Count the rows that add nothing to one before them.

    Only customers who did the same twice at the same moment can have any.
    """
    customers = log.ask(_Repeated())["customer"]
    if customers.empty:
        return 0, ""
    table = of_customers(log.rows, pa.array(customers, pa.string())).table
    plain = {
        name: column.combine_chunks().indices if pa.types.is_dictionary(column.type) else column
        for name, column in (
            (name, table[name].unify_dictionaries())
            for name in table.column_names
            if not pa.types.is_nested(table[name].type)
        )
    }
    keys = pa.table(plain)
    counted = keys.group_by(keys.column_names).aggregate([([], "count_all")])
    more = counted.filter(pc.greater(counted["count_all"], 1))
    if not more.num_rows:
        return 0, ""
    moments = more["time"]
    at = pc.index(moments, pc.min(moments)).as_py()
    names = table["event"].unify_dictionaries().combine_chunks().dictionary
    event = names[more["event"][at].as_py()].as_py()
    return keys.num_rows - counted.num_rows, f"{event} at {_said(moments[at].as_py())}"


def _clocks(log: EventLog, now: datetime) -> list[Fact]:
    times = log.rows.held["time"]
    early = times.filter(pc.less(times, pa.scalar(_OLD, times.type)))
    late = times.filter(pc.greater(times, pa.scalar(now, times.type)))
    offsets = log.origin.offsets
    return [
        ("future", len(late), _said(pc.min(late).as_py())),
        ("before 1990", len(early), _said(pc.min(early).as_py())),
        ("zones", len(offsets), ", ".join(offsets) or f"{log.origin.spec.zone} taken"),
    ]


def _names(log: EventLog) -> list[Fact]:
    alike: dict[str, list[str]] = {}
    for name in sorted(log.rows.held["event"].cast(pa.string()).unique().to_pylist()):
        alike.setdefault(re.sub(r"[\W_]+", "", name).casefold(), []).append(name)
    similar = [names for names in alike.values() if len(names) > 1]
    rows = pc.value_counts(log.rows.held["customer"].cast(pa.string()))
    counts = pc.struct_field(rows, "counts").to_numpy()
    return [
        (
            "similar names",
            sum(map(len, similar)),
            _listed([" ~ ".join(names) for names in similar]),
        ),
        ("single events", int((counts == 1).sum()), ""),
        ("busiest", float(counts.max() / counts.sum()) if len(counts) else 0.0, ""),
    ]


def _mapping(log: EventLog, covered: pd.DataFrame) -> list[Fact]:
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


def _said(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""
