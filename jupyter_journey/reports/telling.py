"""What a batch tells on the command line: in sentences, or in JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from jupyter_journey.reports.choosing import Todo
from jupyter_journey.reports.manifest import Row

if TYPE_CHECKING:
    from jupyter_journey.reports.batch import Batch

__all__ = ["dry_json", "dry_text", "row_json", "summary_json", "summary_text"]

_NAMED = 20
"""Failures told one by one."""


def dry_text(chosen: Sequence[Todo], workers: int) -> str:
    """Return what would run, why, and how long it should take, so many at a time."""
    if not chosen:
        return "Nothing to do: all reports are up to date, or left out."
    width = max(len(one.row.name) for one in chosen)
    lines = [f"{one.row.name:{width}}  {one.why}" for one in chosen]
    seconds = _estimate(chosen, workers)
    took = f"about {_span(seconds)}, as the last ones took" if seconds else "nobody knows how long"
    lines.append(f"{_count(len(chosen))}, {workers} at a time: {took}.")
    idle = sum(not one.reason for one in chosen)
    if idle:
        lines.append(f"{idle} of them up to date; --changed leaves such out.")
    return "\n".join(lines)


def dry_json(chosen: Sequence[Todo], workers: int) -> str:
    """Return the same as one JSON object."""
    reports = [
        {"name": one.row.name, "why": one.why, "parameters": dict(one.row.parameters)}
        for one in chosen
    ]
    seconds = _estimate(chosen, workers)
    return _json({"reports": reports, "workers": workers, "seconds": seconds})


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
    return _json(said | {"problems": list(made.problems), "out": str(made.out)})


def _lines(made: Batch) -> Iterator[str]:
    for row in made.failed[:_NAMED]:
        yield f"Failed: {row.name}: {row.error}"
    if len(made.failed) > _NAMED:
        yield f"… and {len(made.failed) - _NAMED} more that failed"
    for problem in made.problems:
        yield f"Not written: {problem.rstrip('.')}. Then go on with --changed."
    if made.stopped:
        yield "Stopped by you. Go on with --resume."
    counts = ", ".join(f"{number} {state}" for state, number in sorted(made.counts.items()))
    yield f"{_count(len(made.ran))} asked for; in all: {counts or 'none'}. They are in {made.out}"


def _estimate(chosen: Sequence[Todo], workers: int) -> float:
    """Return seconds; 0: nobody knows."""
    return round(sum(one.seconds for one in chosen) / max(min(workers, len(chosen)), 1), 1)


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 100 else f"{max(seconds, 1):.0f} s"


def _count(number: int) -> str:
    return "1 report" if number == 1 else f"{number} reports"


def _json(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)
