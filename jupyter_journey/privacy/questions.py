"""Which counts the rows of each question's frame rest on, and how they add up.

A key names the people that are counted and, where a question can be asked in several ways, how many
they are: what is counted in the same way in two tables is then one count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from jupyter_journey.privacy.entering import ALL, Row, Rows, part_of, records
from jupyter_journey.privacy.ledger import Key, Ledger
from jupyter_journey.privacy.segments import compare

__all__ = ["ALL", "QUESTIONS", "Question", "Rows"]


class Question(NamedTuple):
    """How a frame enters a ledger, and what of a row may be seen whatever its numbers are."""

    enter: Callable[[pd.DataFrame, Ledger], Rows]
    labels: frozenset[str] = frozenset()
    """None where the row itself would tell, such as a path that few took."""


def _funnel(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    """Enter a chain: each stage's customers are part of those of the stage before."""
    return _chain(records(frame), ledger, ALL, ())


def _chain(rows: Sequence[Row], ledger: Ledger, whole: Key, group: tuple[Any, ...]) -> Rows:
    told: Rows = []
    before, source = whole, None
    first: Key | None = None
    for row in rows:
        stage, n, customers = row["stage"], int(row["n"]), int(row["customers"])
        if first is None and n != ledger.value(whole):  # without the unfinished
            before = ("finished", n, *group)
            ledger.split(whole, {before: n})
        key = ("in", stage, customers, *group)
        ledger.split(before, {key: customers}, ("left", source, stage, n - customers, *group))
        first = key if first is None else first
        told.append({"": (key, before), "customers": (key,), "n": (before,), "share": (key, first)})
        before, source = key, stage
    return told


def _funnel_groups(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    """Enter a chain for each group; over the groups a stage's customers add up to all of them."""
    names = frame["group"].astype(object).where(frame["group"].notna(), None).tolist()
    parts: dict[str | None, list[Row]] = {name: [] for name in names}
    for name, row in zip(names, records(frame), strict=True):
        parts[name].append(row)
    sizes: dict[Key, int] = {
        ("group", name): int(rows[0]["n"] + rows[0].get("unfinished", 0))
        for name, rows in parts.items()
    }
    ledger.split(ALL, sizes)
    told = {name: _chain(rows, ledger, ("group", name), (name,)) for name, rows in parts.items()}
    stages = dict.fromkeys(frame["stage"])
    for place, stage in enumerate(stages):
        cells: dict[Key, int] = {
            told[name][place]["customers"][0]: int(rows[place]["customers"])
            for name, rows in parts.items()
        }
        total = ("in", stage, sum(cells.values()))
        if total in ledger:
            ledger.split(total, cells)
    left = {name: iter(rows) for name, rows in told.items()}
    return [next(left[name]) for name in names]


def _stage_times(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    told: Rows = []
    for row in records(frame):
        n, waiting = int(row["n"]), int(row["waiting"])
        start = part_of(ledger, ALL, ("in", row["from"], n + waiting), n + waiting)
        key, left = ("in", row["to"], n), ("left", row["from"], row["to"], waiting)
        ledger.split(start, {key: n}, left)
        told.append({"": (key, start), "n": (key,), "waiting": (left,)})
    return told


def _reach(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    told: Rows = []
    for row in records(frame):
        n, customers, name = int(row["n"]), int(row["customers"]), row["milestone"]
        start = part_of(ledger, ALL, ("start", name, n), n)
        key, left = ("reached", name, customers), ("waiting", name, n - customers)
        ledger.split(start, {key: customers}, left)
        told.append({"": (key, start), "customers": (key,), "n": (start,), "waiting": (left,)})
    return told


def _drop_off(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    told: dict[Any, dict[str, tuple[Key, ...]]] = {}
    for (source, target, n), rows in frame.groupby(["from", "to", "n"], sort=False):
        left = part_of(ledger, ALL, ("left", source, target, n), n)
        keys = {row: ("instead", source, target, row) for row in rows.index}
        ledger.split(left, {keys[row]: rows.loc[row, "customers"] for row in rows.index})
        told |= {row: {"": (key, left)} for row, key in keys.items()}
    return [told[row] for row in frame.index]


def _transitions(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    return _moves(frame, ledger, "does", "times")


def _flow(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    return _moves(frame, ledger, "goes", "passages")


def _moves(frame: pd.DataFrame, ledger: Ledger, who: str, times: str) -> Rows:
    """Enter who ever makes a move, and how often it is made: both add up to what is known."""
    told: Rows = []
    made: dict[Key, int] = {}
    for row in records(frame):
        does = _does(ledger, row, who)
        rest = ledger.value(ALL) - ledger.value(does)
        often = _times(row, times)
        made[often] = int(row["n"])
        ledger.add(often, row["n"], small=ledger.is_small(does) or 0 < rest < ledger.least)
        told.append({"": (does, often)})
    ledger.know(("moves", times), sum(made.values()))
    ledger.split(("moves", times), made)
    return told


def _rare_steps(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    return [{"": (_does(ledger, row),)} for row in records(frame)]


def _step_matrix(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    """Enter steps as a chain, for paths only ever end, and the events of a step as its parts."""
    at = ALL
    told: dict[Any, dict[str, tuple[Key, ...]]] = {}
    for step, rows in frame.sort_values("step", kind="stable").groupby("step"):
        at = part_of(ledger, at, ("at", step), rows["customers"].sum())
        told |= _cells(rows, ledger, at, ("step", step))
    return [told[row] for row in frame.index]


def _around(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    told: dict[Any, dict[str, tuple[Key, ...]]] = {}
    for (offset, n), rows in frame.groupby(["offset", "n"]):
        told |= _cells(rows, ledger, part_of(ledger, ALL, ("centre", n), n), ("around", offset))
    return [told[row] for row in frame.index]


def _cells(
    rows: pd.DataFrame, ledger: Ledger, total: Key, place: tuple[Any, ...]
) -> dict[Any, dict[str, tuple[Key, ...]]]:
    counts: dict[Key, int] = {
        (*place, row["event"]): int(row["customers"]) for row in rows.to_dict("records")
    }
    ledger.split(total, counts)
    return {row: {"": (cell,)} for row, cell in zip(rows.index, counts, strict=True)}


def _cohorts(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    sizes = frame.drop_duplicates("cohort").set_index("cohort")["customers"]
    ledger.split(ALL, {("cohort", name): size for name, size in sizes.items()})
    told: Rows = []
    for row in records(frame):
        whole, key = ("cohort", row["cohort"]), ("active", row["cohort"], row["period"])
        ledger.split(whole, {key: row["active"]})
        told.append({"": (key, whole)})
    return told


def _variants(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    counts: dict[Key, int] = {
        ("variant", row["variant"]): int(row["customers"]) for row in records(frame)
    }
    ledger.split(ALL, counts)
    return [{"": (key,)} for key in counts]


def _loops(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    return [_shared(ledger, row, ("does", row["event"]), "again") for row in records(frame)]


def _regressions(frame: pd.DataFrame, ledger: Ledger) -> Rows:
    return [_shared(ledger, row, ("seen", row["from"]), row["to"]) for row in records(frame)]


def _does(ledger: Ledger, row: Row, who: str = "does") -> Key:
    customers = int(row["customers"])
    return part_of(ledger, ALL, (who, row["source"], row["target"], customers), customers)


def _times(row: Row, times: str = "times") -> Key:
    return (times, row["source"], row["target"], int(row["n"]))


def _shared(ledger: Ledger, row: Row, whole: tuple[Any, ...], part: str) -> dict[str, Any]:
    n, customers = int(row["n"]), int(row["customers"])
    start = part_of(ledger, ALL, (*whole, n), n)
    key = (*whole, part, customers)
    ledger.split(start, {key: customers})
    return {"": (key, start)}


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "funnel": Question(_funnel, frozenset(["stage"])),
        "funnel_groups": Question(_funnel_groups),
        "stage_times": Question(_stage_times, frozenset(["from", "to"])),
        "reach": Question(_reach, frozenset(["milestone"])),
        "drop_off": Question(_drop_off),
        "transitions": Question(_transitions),
        "flow": Question(_flow),
        "edge_times": Question(lambda frame, _: [{"": (_times(row),)} for row in records(frame)]),
        "rare_steps": Question(_rare_steps),
        "step_matrix": Question(_step_matrix),
        "around": Question(_around),
        "cohorts": Question(_cohorts),
        "variants": Question(_variants),
        "loops": Question(_loops),
        "regressions": Question(_regressions),
        "compare": Question(compare),
    }
)
"""By name of the log's method, in the order in which their counts are entered."""
