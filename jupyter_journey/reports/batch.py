"""Batches: a plan's reports, made side by side, with a manifest that tells the truth."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import Timeout

from jupyter_journey.catalogue.reading import languages
from jupyter_journey.errors import SourceError
from jupyter_journey.model.storage import lock
from jupyter_journey.reports.changed import Fingerprints, why
from jupyter_journey.reports.combining import Planned, reports_of
from jupyter_journey.reports.index import write_index
from jupyter_journey.reports.keeping import Keeper
from jupyter_journey.reports.manifest import NAME, Manifest, Row
from jupyter_journey.reports.plan import Plan
from jupyter_journey.reports.running import seen_from
from jupyter_journey.reports.worker import Job
from jupyter_journey.reports.workers import Ended, Pool, Started

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Batch", "Todo", "batch", "todo"]

_PATHS = ("journey", "output", "events")
_FORCED = "asked for"


@dataclass(frozen=True)
class Todo:
    """A report that is to run."""

    report: Planned
    why: str
    fingerprint: Mapping[str, str]
    row: Row
    """What the manifest knows of it."""


@dataclass(frozen=True)
class Batch:
    """What a batch came to."""

    out: Path
    """Folder of the reports."""
    rows: tuple[Row, ...]
    """All reports of the plan, as the manifest has them."""
    ran: tuple[str, ...]
    """Names of those that ran now."""
    stopped: bool
    """Whether the user stopped it."""

    @property
    def frame(self) -> pd.DataFrame:
        """One row per report: ``name``, ``template``, ``state``, ``why``, ``seconds``, ``error``.

        A column for each parameter follows.
        """
        import pandas as pd

        columns = ["name", "template", "state", "why", "seconds", "error"]
        rows = [
            {name: getattr(row, name) for name in columns} | dict(row.parameters)
            for row in self.rows
        ]
        return pd.DataFrame(rows, columns=None if rows else columns)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many reports are in each state."""
        return Counter(row.state for row in self.rows)

    @property
    def failed(self) -> tuple[Row, ...]:
        """The reports that failed."""
        return tuple(row for row in self.rows if row.state == "failed")


def todo(
    plan: Plan | str | Path, *, resume: bool = False, changed: bool = False, only: str = ""
) -> list[Todo]:
    """Return the reports a batch would run, and why; nothing runs or is written.

    Parameters and errors are those of :func:`batch`.
    """
    plan = _plan(plan)
    out = plan.place(plan.out)
    rows = Manifest(out).rows() if (out / NAME).is_file() else {}
    taken = Fingerprints(plan)
    chosen = []
    for report in reports_of(plan):
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


def batch(
    plan: Plan | str | Path,
    *,
    workers: int | None = None,
    resume: bool = False,
    changed: bool = False,
    only: str = "",
    progress: bool = True,
    told: Callable[[Row], object] | None = None,
) -> Batch:
    """Make a plan's reports side by side, with an index of all of them.

    Each report runs in a process of its own, as isolated as in a kernel of its own. Its files
    appear whole; one that fails leaves those of its last good run, and a notebook
    ``NAME.failed.ipynb`` beside them. Whatever happens, the manifest in the folder knows which
    reports are done.

    Parameters
    ----------
    plan
        The plan, or the path of its file.
    workers
        How many reports run at a time; default: what the plan says, else one per core.
    resume
        Run only those that a batch before was to run and didn't finish.
    changed
        Run only those that are new, failed, or whose journey, data, template, parameters or
        version changed.
    only
        Run only those whose name fits, such as ``"*-de"``.
    progress
        Show a bar: in a terminal, or as a widget in a notebook.
    told
        Called with the row of each report that has ended.

    Raises
    ------
    PlanError
        If the plan is wrong; nothing runs.
    SourceError
        If the folder can't be written to, or another batch runs there.
    """
    from tqdm.auto import tqdm

    plan = _plan(plan)
    out = plan.place(plan.out)
    pool = Pool(workers or plan.workers or os.cpu_count() or 1, plan.limits)
    chosen = todo(plan, resume=resume, changed=changed, only=only)
    with _claimed(out) as keeper:
        manifest = Manifest(out)
        run = _Run(plan, keeper, manifest, {one.report.name: one for one in chosen})
        total = len(chosen)
        with _stopping(pool.stop), tqdm(total=total, unit="report", disable=_bar(progress)) as bar:
            for row in run.rows(pool):
                bar.set_postfix(failed=run.failed)
                bar.update()
                if told:
                    told(row)
        names = [report.name for report in reports_of(plan)]
        kept = manifest.rows()
        rows = tuple(kept[name] for name in names if name in kept)
        write_index(out, rows, _language(rows))
    return Batch(out, rows, tuple(run.todo), pool.is_stopping)


class _Run:
    """A batch that runs: each report's row is written before and after it."""

    def __init__(
        self, plan: Plan, keeper: Keeper, manifest: Manifest, todo: dict[str, Todo]
    ) -> None:
        self._plan = plan
        self._keeper = keeper
        self._manifest = manifest
        self._tries = Counter[str]()
        self.todo = todo
        self.failed = 0
        rows = (one.row.but(state="planned", why=one.why, error="") for one in todo.values())
        self._rows = {row.name: row for row in rows}
        manifest.put(self._rows.values())

    def rows(self, pool: Pool) -> Iterator[Row]:
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
        if error:
            return row.but(state="failed", error=error)
        return row.but(
            state="done",
            error="",
            fingerprint=self.todo[row.name].fingerprint,
            outputs={f"{row.name}.{kind}": sha for kind, sha in ended.made.outputs.items()},
            figures=ended.made.figures,
            before=row.figures,
            seconds=round(ended.seconds, 3),
        )

    def _put(self, row: Row) -> None:
        self._rows[row.name] = row
        self._manifest.put([row])

    def _job(self, one: Todo) -> Job:
        report, template = one.report, one.report.template
        folder = template.folder(self._keeper.place(report.name, "ipynb").parent)
        places = {name: report.parameters.get(name) for name in _PATHS}
        seen = {
            name: seen_from(folder, str(self._plan.place(at))) for name, at in places.items() if at
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
            engine="journey" if template.is_native else None,
            environment=dict(os.environ),
        )


def _plan(plan: Plan | str | Path) -> Plan:
    return plan if isinstance(plan, Plan) else Plan.load(plan)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _language(rows: tuple[Row, ...]) -> str:
    """Return the language of the index: that of the reports, if they share one."""
    shared = {str(row.parameters.get("language")) for row in rows}
    return shared.pop() if len(shared) == 1 and shared <= {*languages()} else "en"


def _bar(progress: bool) -> bool | None:
    """Say whether to leave the bar out; None: where nobody watches a terminal."""
    return None if progress else True


@contextmanager
def _claimed(out: Path) -> Iterator[Keeper]:
    """Have a folder for this batch alone."""
    try:
        with lock(out / NAME).acquire(timeout=0):
            keeper = Keeper(out)
            try:
                yield keeper
            finally:
                keeper.close()
    except Timeout as error:
        raise SourceError(
            source=str(out),
            reason="is being filled by another batch",
            way_out="Wait for its end, or choose another folder",
        ) from error


@contextmanager
def _stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C end a batch in good order, wherever it comes in."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: stop())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
