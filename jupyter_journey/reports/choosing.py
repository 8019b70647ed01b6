"""Which reports of a plan are to run, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from statistics import mean

from jupyter_journey.reports.changed import Fingerprints, why
from jupyter_journey.reports.combining import Planned
from jupyter_journey.reports.manifest import NAME, Manifest, Row
from jupyter_journey.reports.plan import Plan

__all__ = ["Todo", "todo"]

_FORCED = "asked for, though up to date"


@dataclass(frozen=True)
class Todo:
    """A report that is to run."""

    report: Planned
    reason: str
    """Why it has to run; empty: it would come out as it is."""
    fingerprint: Mapping[str, str]
    row: Row
    """What the manifest knows of it."""
    seconds: float
    """What it should take: as last time, else as others of its template did; 0: nobody knows."""

    @property
    def why(self) -> str:
        """Why it runs."""
        return self.reason or _FORCED


def todo(
    plan: Plan,
    reports: Sequence[Planned],
    *,
    resume: bool = False,
    changed: bool = False,
    only: str = "",
) -> list[Todo]:
    """Return which of a plan's reports a batch would run, and why; nothing runs or is written.

    Parameters and errors are those of :func:`jupyter_journey.batch`.
    """
    out = plan.place(plan.out)
    rows = Manifest(out).rows() if (out / NAME).is_file() else {}
    taken, averages = Fingerprints(plan), _averages(rows.values())
    chosen = []
    for report in _named(plan, reports, only):
        row = rows.get(report.name)
        present = taken.of(report)
        reason = why(row, present, out, plan.outputs)
        is_open = row is None or row.state not in ("done", "failed")
        if is_open if resume else bool(reason) or not changed:
            template = report.template.name
            known = row or Row(report.name, template)
            now = known.but(template=template, parameters=report.parameters)
            seconds = known.seconds or averages.get(template) or averages.get("", 0.0)
            chosen.append(Todo(report, reason, present, now, seconds))
    return chosen


def _named(plan: Plan, reports: Sequence[Planned], only: str) -> list[Planned]:
    """Return the reports whose name fits a pattern; one that fits none is a slip of the pen."""
    fitting = [report for report in reports if fnmatchcase(report.name, only or "*")]
    if not fitting:
        reason = f"{only!r} fits no report. Their names are such as {reports[0].name!r}"
        raise plan.wrong("only", reason)
    return fitting


def _averages(rows: Iterable[Row]) -> dict[str, float]:
    """Return the seconds that good runs took, by template; those of all by an empty name."""
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.seconds:
            seconds[row.template].append(row.seconds)
            seconds[""].append(row.seconds)
    return {template: mean(several) for template, several in seconds.items()}
