"""Which reports of a plan are to run, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from jupyter_journey.reports.changed import Fingerprints, why
from jupyter_journey.reports.combining import Planned
from jupyter_journey.reports.manifest import NAME, Manifest, Row
from jupyter_journey.reports.plan import Plan

__all__ = ["Todo", "todo"]

_FORCED = "asked for"


@dataclass(frozen=True)
class Todo:
    """A report that is to run."""

    report: Planned
    why: str
    fingerprint: Mapping[str, str]
    row: Row
    """What the manifest knows of it."""


def todo(
    plan: Plan,
    reports: Iterable[Planned],
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
    taken = Fingerprints(plan)
    chosen = []
    for report in reports:
        row = rows.get(report.name)
        present = taken.of(report)
        reason = why(row, present, out)
        is_open = row is not None and row.state in ("planned", "running", "interrupted")
        asked = is_open if resume else bool(reason) or not changed
        if asked and fnmatchcase(report.name, only or "*"):
            known = row or Row(report.name, report.template.name)
            now = known.but(template=report.template.name, parameters=report.parameters)
            chosen.append(Todo(report, reason or _FORCED, present, now))
    return chosen
