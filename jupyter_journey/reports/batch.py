"""Batches: a plan's reports, made side by side, with a manifest that tells the truth."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import Timeout
from jupyter_core.paths import jupyter_runtime_dir

from jupyter_journey.catalogue.reading import nearest
from jupyter_journey.errors import JourneyError, SourceError
from jupyter_journey.model.storage import lock
from jupyter_journey.reports.choosing import todo
from jupyter_journey.reports.combining import reports_of
from jupyter_journey.reports.index import write_index
from jupyter_journey.reports.keeping import Keeper
from jupyter_journey.reports.manifest import NAME, Manifest, Row, column
from jupyter_journey.reports.plan import Plan
from jupyter_journey.reports.run import Run
from jupyter_journey.reports.telling import summary_text
from jupyter_journey.reports.uploading import Target
from jupyter_journey.reports.workers import Pool, Runner

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Batch", "batch"]

_INDEX = ("index.html", "index.csv", "index.json")


@dataclass(frozen=True, repr=False)
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
    problems: tuple[str, ...] = ()
    """What couldn't be written beside the reports: the index, or the copies."""

    def __repr__(self) -> str:
        return summary_text(self)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per report: ``name``, ``template``, ``state``, ``why``, ``seconds``, ``error``.

        A column for each parameter follows: ``state (parameter)`` where one of these has its name.
        """
        import pandas as pd

        columns = ["name", "template", "state", "why", "seconds", "error"]
        rows = [
            {name: getattr(row, name) for name in columns}
            | {column(name, columns): value for name, value in row.parameters.items()}
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


def batch(
    plan: Plan | str | Path,
    *,
    workers: int | None = None,
    resume: bool = False,
    changed: bool = False,
    only: str = "",
    cluster: str = "",
    copy_to: str = "",
    progress: bool = True,
    told: Callable[[Row], object] | None = None,
) -> Batch:
    """Make a plan's reports side by side, with an index of all of them.

    Each report runs in a process of its own, as isolated as in a kernel of its own. Its files
    appear whole; one that fails leaves those of its last good run, and a notebook
    ``NAME.failed.ipynb`` beside them. Whatever happens, the manifest in the folder knows which
    reports are done.

    All reports of the plan run, unless ``changed``, ``resume`` or ``only`` leave some out: a
    notebook may read what no fingerprint sees, such as a database or the date.

    Parameters
    ----------
    plan
        The plan, or the path of its file.
    workers
        How many reports run at a time; default: what the plan says, else one per core.
    resume
        Leave out what has ended, well or badly: run what was stopped or killed or never begun.
    changed
        Leave out what is up to date: run what is new, failed or unfinished, and whose journey,
        data, template, parameters or version changed, or whose files are missing.
    only
        Leave out those whose name doesn't fit, such as ``"*-de"``.
    cluster
        Address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``: its workers make the reports.
        They find templates and data by the same paths.
    copy_to
        Address such as ``s3://reports/weekly`` that files are copied to as well: each report's as
        it ends; at the end those of others that aren't there yet, index and manifest. Needs fsspec.
    progress
        Show a bar: in a terminal, or as a widget in a notebook.
    told
        Called with the row of each report that has ended.

    Raises
    ------
    PlanError
        If the plan is wrong, or no report fits ``only``; nothing runs.
    SourceError
        If the folder can't be written to, or another batch runs there.
    MissingExtraError
        If PDFs are asked for, and Typst isn't installed.
    """
    from tqdm.auto import tqdm

    plan = plan if isinstance(plan, Plan) else Plan.load(plan)
    out = plan.place(plan.out)
    pool = _runner(plan, workers, cluster)
    target = Target(copy_to, out) if copy_to else None
    reports = reports_of(plan)
    chosen = todo(plan, reports, resume=resume, changed=changed, only=only)
    with _claimed(out) as keeper:
        manifest = Manifest(out)
        run = Run(plan, keeper, manifest, {one.report.name: one for one in chosen}, target)
        total = len(chosen)
        with _stopping(pool.stop), tqdm(total=total, unit="report", disable=_bar(progress)) as bar:
            for row in run.rows(pool):
                bar.set_postfix(failed=run.failed)
                bar.update()
                if told:
                    told(row)
        kept = manifest.rows()
        rows = tuple(kept[report.name] for report in reports if report.name in kept)
        problems: list[str] = []
        with _noted(problems):
            write_index(out, rows, _language(rows))
        if target:
            with _noted(problems):
                target.complete(rows)
                target.put((*_INDEX, NAME))
    return Batch(out, rows, tuple(run.todo), pool.is_stopping, tuple(problems))


def _runner(plan: Plan, workers: int | None, cluster: str) -> Runner:
    if cluster:
        from jupyter_journey.reports.cluster import Cluster

        return Cluster(cluster, plan.limits)
    if "pdf" in plan.outputs:
        from jupyter_journey.reports.pdf import typesetter  # slow to load

        typesetter()  # else each report would fail for want of it, at its end
    return Pool(plan.at_a_time(workers), plan.limits)


def _language(rows: tuple[Row, ...]) -> str:
    """Return the language of the index: that of the reports, if they share one."""
    shared = {nearest(str(row.parameters.get("language"))) for row in rows}
    return (shared.pop() if len(shared) == 1 else None) or "en"


@contextmanager
def _noted(problems: list[str]) -> Iterator[None]:
    """Note what goes wrong at the end: it must not hide what came of the reports."""
    try:
        yield
    except JourneyError as error:
        problems.append(str(error))


def _bar(progress: bool) -> bool | None:
    """Say whether to leave the bar out; None: where nobody watches a terminal."""
    return None if progress else True


@contextmanager
def _claimed(out: Path) -> Iterator[Keeper]:
    """Have a folder for this batch alone."""
    try:
        held = lock(out / NAME).acquire(timeout=0)
    except Timeout as error:
        raise SourceError(
            source=str(out),
            reason="is being filled by another batch",
            way_out="Wait for its end, or choose another folder",
        ) from error
    except OSError as error:
        raise SourceError(
            source=jupyter_runtime_dir(),
            reason=f"can't be written, and tells of batches that run ({error.strerror})",
            way_out="Set JUPYTER_RUNTIME_DIR to a folder of yours",
        ) from error
    with held:
        keeper = Keeper(out)
        try:
            yield keeper
        finally:
            keeper.close()


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
