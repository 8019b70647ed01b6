"""What a comparison of two segments tells of how many are in each."""

from __future__ import annotations

import pandas as pd

from jupyter_journey.privacy.entering import ALL, Row, Rows, part_of, records
from jupyter_journey.privacy.ledger import Key, Ledger

__all__ = ["compare"]

_SIDES = ("", "_other")
_EDGES = ("transition", "edge_time")


def compare(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    """Enter both segments: their sizes, and in each the counts behind its shares.

    Of each count the segments and all others make up that of all customers.
    """
    told: list[tuple[Key, ...]] = [()] * len(frame)
    sources = frame["source"].astype(object).where(frame["source"].notna(), None)
    rows = [*enumerate(records(frame.assign(source=sources)))]
    of_all = [row for _, row in rows if _is_of_all(row)]
    sizes: dict[Key, int] = {
        ("side", suffix): int(of_all[0][f"n{suffix}"]) for suffix in _SIDES if of_all
    }
    ledger.split(ALL, sizes)
    for suffix in _SIDES:
        side = ("side", suffix) if of_all else ALL
        for number, row in sorted(rows, key=lambda one: not _is_of_all(one[1])):
            told[number] += _compared(ledger, row, side, suffix)
    totals = _totals(ledger)
    for number, row in rows:
        total = totals.get(_of_both(row))
        parts = {key: ledger.value(key) for key in told[number] if _is_part(key, row)}
        if total is not None and parts:
            ledger.split(total, parts)
    return [{"": keys} for keys in told]


def _totals(ledger: Ledger) -> dict[Key, Key]:
    """Return the counts of all customers by what they count; of several, the first."""
    totals: dict[Key, Key] = {}
    for key in ledger:
        if isinstance(key, tuple) and not isinstance(key[-1], str):
            totals.setdefault(key[:-1], key)
    return totals


def _of_both(row: Row) -> Key:
    """Return what a row's counts of the segments are parts of, counted of all customers."""
    if row["what"] in _EDGES:
        return ("does", row["source"], row["target"])
    return ("in", row["target"])


def _is_part(key: Key, row: Row) -> bool:
    """Tell whether a count of a segment is the one a row's share or time is about."""
    if not isinstance(key, tuple):
        return False
    if row["what"] in _EDGES:
        return bool(key[0] == "does")
    return key[:2] == ("in", row["target"])


def _is_of_all(row: Row) -> bool:
    """Tell whether a share is one of all customers of the segment."""
    return bool(row["what"] == "transition" or (row["what"] == "stage" and row["source"] is None))


def _compared(ledger: Ledger, row: Row, side: Key, suffix: str) -> tuple[Key, ...]:
    n = int(row[f"n{suffix}"])
    hits = round(n * row[f"value{suffix}"]) if n else 0
    if row["what"] == "time":
        return (part_of(ledger, side, ("in", row["target"], n, suffix), n),)
    if row["what"] == "edge_time":
        return (part_of(ledger, side, ("does", row["source"], row["target"], suffix), n),)
    if row["what"] == "transition":
        return (part_of(ledger, side, ("does", row["source"], row["target"], suffix), hits), side)
    before = side if _is_of_all(row) else ("in", row["source"], n, suffix)
    before = part_of(ledger, side, before, n)
    key = ("in", row["target"], hits, suffix)
    ledger.split(before, {key: hits})
    return key, before
