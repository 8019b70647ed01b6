"""A batch that runs: jobs out, files in, the manifest told of both."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from jupyter_journey.errors import SourceError
from jupyter_journey.reports.choosing import Todo
from jupyter_journey.reports.keeping import Keeper
from jupyter_journey.reports.manifest import Manifest, Row
from jupyter_journey.reports.plan import Plan
from jupyter_journey.reports.templates import seen_from
from jupyter_journey.reports.uploading import Target
from jupyter_journey.reports.worker import Job
from jupyter_journey.reports.workers import Ended, Runner, Started

__all__ = ["Run"]


class Run:
    """A batch that runs: each report's row is written before and after it."""

    def __init__(
        self,
        plan: Plan,
        keeper: Keeper,
        manifest: Manifest,
        todo: dict[str, Todo],
        target: Target | None,
    ) -> None:
        self._plan = plan
        self._keeper = keeper
        self._manifest = manifest
        self._target = target
        self._tries = Counter[str]()
        self.todo = todo
        self.failed = 0
        rows = (one.row.but(state="planned", why=one.why, error="") for one in todo.values())
        self._rows = {row.name: row for row in rows}
        manifest.put(self._rows.values())

    def rows(self, pool: Runner) -> Iterator[Row]:
        """Run the reports, and yield the row of each that has ended for good."""
        jobs = deque(self._job(one) for one in self.todo.values())
        for event in pool.run(jobs):
            row = self._rows[event.job.name]
            if isinstance(event, Started):
                self._put(row.but(state="running", started=_now(), ended=""))
                continue
            row = self._ended(event, row)
            self._tries[row.name] += 1
            if row.state == "failed" and self._tries[row.name] <= self._plan.retries:
                self._put(row.but(state="planned", error=""))  # true, should it come to no more
                jobs.append(event.job)
                continue
            self._put(row)
            self.failed += row.state == "failed"
            yield row

    def _ended(self, ended: Ended, row: Row) -> Row:
        row = row.but(ended=_now())
        if ended.dropped:
            return row.but(state="interrupted")
        error = self._keeper.keep(ended)
        if not error:
            made = ended.made.outputs.items()
            row = row.but(outputs={f"{row.name}.{kind}": sha for kind, sha in made})
        unsent = self._copied([*(() if error else row.outputs), f"{row.name}.failed.ipynb"])
        if error or unsent:
            return row.but(state="failed", error=error or unsent)
        return row.but(
            state="done",
            error="",
            fingerprint=self.todo[row.name].fingerprint,
            figures=ended.made.figures,
            before=row.figures,
            seconds=round(ended.seconds, 3),
        )

    def _copied(self, paths: Iterable[str]) -> str:
        """Copy a report's files to where the batch is to be seen; return what went wrong."""
        if self._target:
            try:
                self._target.put(paths)
            except SourceError as error:
                return str(error)
        return ""

    def _put(self, row: Row) -> None:
        self._rows[row.name] = row
        self._manifest.put([row])

    def _job(self, one: Todo) -> Job:
        report, template = one.report, one.report.template
        folder = template.folder(self._keeper.place(report.name, "ipynb").parent)
        seen = {
            name: seen_from(folder, str(self._plan.place(at))) for name, at in report.paths.items()
        }
        return Job(
            name=report.name,
            label=template.name,
            source=template.path,
            parameters={**report.parameters, **seen},
            folder=folder,
            scratch=self._keeper.scratch(report.name),
            outputs=self._plan.outputs,
            index="../" * report.name.count("/") + "index.html",
            is_native=template.is_native,
            environment=dict(os.environ),
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
