"""What a batch tells on the command line: in sentences, or in JSON for programs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from statistics import mean
from typing import TYPE_CHECKING, Any

from jupyter_journey.reports.choosing import Todo
from jupyter_journey.reports.manifest import Row

if TYPE_CHECKING:
    from jupyter_journey.reports.batch import Batch

__all__ = ["dry_json", "dry_text", "row_json", "summary_json", "summary_text"]

_NAMED = 20
"""Failures told one by one."""


def dry_text(chosen: Sequence[Todo], workers: int | None) -> str:
    """Return what would run, why, and how long it should take."""
    if not chosen:
        return "Nothing to do: all reports are up to date, or left out."
    width = max(len(one.row.name) for one in chosen)
    lines = [f"{one.row.name:{width}}  {one.why}" for one in chosen]
    seconds = _estimate(chosen, workers)
    took = f"about {_span(seconds)}, as the last ones took" if seconds else "nobody knows how long"
    return "\n".join([*lines, f"{_count(len(chosen))}, {took}."])


def dry_json(chosen: Sequence[Todo], workers: int | None) -> str:
    """Return the same as one JSON object."""
    reports = [
        {"name": one.row.name, "why": one.why, "parameters": dict(one.row.parameters)}
        for one in chosen
    ]
    return _json({"reports": reports, "seconds": _estimate(chosen, workers)})


def row_json(row: Row) -> str:
    """Return a report that has ended."""
    names = ("name", "state", "why", "seconds", "error", "started", "ended")
    return _json({name: getattr(row, name) for name in names} | {"outputs": list(row.outputs)})


def summary_text(made: Batch) -> str:
    """Return what came of a batch: what failed first."""
    return "\n".join(_lines(made))


def summary_json(made: Batch) -> str:
    """Return the same as one JSON object."""
    said = {"summary": dict(made.counts), "ran": len(made.ran), "stopped": made.stopped}
    return _json(said | {"out": str(made.out)})


def _lines(made: Batch) -> Iterator[str]:
    for row in made.failed[:_NAMED]:
        yield f"Failed: {row.name}: {row.error}"
    if len(made.failed) > _NAMED:
        yield f"… and {len(made.failed) - _NAMED} more that failed"
    if made.stopped:
        yield "Stopped by you. Go on with --resume."
    counts = ", ".join(f"{number} {state}" for state, number in sorted(made.counts.items()))
    yield f"{_count(len(made.ran))} asked for; in all: {counts or 'none'}. They are in {made.out}"


def _estimate(chosen: Sequence[Todo], workers: int | None) -> float:
    """Return seconds: what each took last time, or those of its template on average."""
    by_template: dict[str, list[float]] = {}
    for one in chosen:
        if one.row.seconds:
            by_template.setdefault(one.row.template, []).append(one.row.seconds)
    known = [seconds for several in by_template.values() for seconds in several]
    if not known:
        return 0.0
    average = {template: mean(several) for template, several in by_template.items()}
    total = sum(one.row.seconds or average.get(one.row.template, mean(known)) for one in chosen)
    return round(total / min(workers or os.cpu_count() or 1, len(chosen)), 1)


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 100 else f"{max(seconds, 1):.0f} s"


def _count(number: int) -> str:
    return "1 report" if number == 1 else f"{number} reports"


def _json(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)
