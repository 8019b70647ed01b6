"""Running one template: papermill executes it, and the report appears whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_journey import errors
from jupyter_journey.errors import (
    JourneyError,
    PersonalDataError,
    RefusedError,
    SourceError,
    StepError,
)
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.storage import write
from jupyter_journey.privacy import check_notebook
from jupyter_journey.reports.cleaning import cleaned
from jupyter_journey.reports.html import write_html
from jupyter_journey.reports.templates import PATHS, seen_from, template, unfilled
from jupyter_journey.steps import Request

__all__ = ["Report", "run_notebook", "run_report", "run_step"]

_KERNEL_SECONDS = 120
_USER_ERRORS = frozenset(
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, JourneyError)
)


class Report(NamedTuple):
    """The files of one report."""

    notebook: Path
    page: Path


def run_report(
    step: str, journey: Path, out: Path, parameters: Mapping[str, Any] | None = None
) -> Report:
    """Execute a step's template on a journey file, into a notebook and an HTML page.

    Parameters
    ----------
    step
        Name of the step, such as ``goals``.
    journey
        The journey file to read; it is looked at before anything runs.
    out
        Folder of the report.
    parameters
        Further parameters of the template. Relative paths start in the present folder.

    Raises
    ------
    JourneyError
        If the step, a parameter or the journey file is wrong, or a cell fails.
    """
    given = {**(parameters or {}), "journey": str(journey)}
    request = Request.of(template(step).stem, **given)
    request.open()
    paths = {name: getattr(request, name) for name in PATHS}
    seen = {name: seen_from(out, path) for name, path in paths.items() if path}
    notebook = run_step(step, out / template(step).name, {**given, **seen})
    return Report(notebook, write_html(notebook))


def run_step(step: str, out: Path, parameters: Mapping[str, Any]) -> Path:
    """Execute a step's template into the notebook ``out``.

    The kernel works in the folder of ``out``, so relative paths among the parameters start there
    and the report can be run again by hand from where it lies.

    Parameters
    ----------
    step
        Name of the step, such as ``goals``.
    out
        Path of the executed notebook; its folder is made where it's missing.
    parameters
        Values of the template's parameters, see :class:`jupyter_journey.steps.Request`.

    Returns
    -------
    pathlib.Path
        ``out``.

    Raises
    ------
    ParameterError
        If a parameter is unknown or of the wrong type; nothing is run.
    RefusedError
        If a cell refused its input; nothing is written.
    PersonalDataError
        If the notebook would hold personal data, and nothing says why it may.
    StepError
        If a cell failed for any other reason; the notebook as far as it ran lies beside ``out``,
        as ``*.failed.ipynb``.
    """
    source = template(step)
    request = Request.of(source.stem, **parameters)
    return run_notebook(source, out, request.model_dump(exclude_unset=True), name=step)


def run_notebook(
    source: Path,
    out: Path,
    parameters: Mapping[str, Any],
    *,
    name: str,
    folder: Path | None = None,
    engine: str | None = None,
) -> Path:
    """Execute a notebook into ``out``, which appears whole or not at all.

    Parameters
    ----------
    source
        The template.
    out
        Path of the executed notebook; its folder is made where it's missing.
    parameters
        Values of the template's parameters.
    name
        What the template is called in errors.
    folder
        Where its cells work; else the folder of ``out``.
    engine
        papermill's engine; else a kernel of its own.

    Raises
    ------
    RefusedError, PersonalDataError, StepError
        As :func:`run_step` does.
    """
    run = _Run(source, out, parameters, name, folder or out.parent, engine)
    with _folder(out.parent), _scratch(out) as unfinished:
        _execute(run, unfinished)
        _keep(unfinished, run, out)
    return out


class _Run(NamedTuple):
    source: Path
    out: Path
    parameters: Mapping[str, Any]
    name: str
    folder: Path
    engine: str | None

    @property
    def reason(self) -> str:
        """Why personal data may be written, as the parameter or the journey says."""
        own, journey = (self.parameters.get(name) for name in ("personal_data", "journey"))
        if own or not journey:
            return str(own or "")
        return Journey.load(self.folder / journey).settings.personal_data


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Have a folder to write into; one that was made for nothing goes again."""
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(
            source=str(folder),
            reason=f"can't be used as a folder for reports ({error.strerror})",
            way_out="Choose another one",
        ) from error
    try:
        yield
    finally:
        if made and not any(folder.iterdir()):
            folder.rmdir()


@contextmanager
def _scratch(out: Path) -> Iterator[Path]:
    """Give papermill a file of its own: it writes after every cell, over what was there."""
    unfinished = out.with_name(f".{out.stem}.running.ipynb")
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


def _execute(run: _Run, unfinished: Path) -> None:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    try:
        papermill.execute_notebook(
            unfilled(run.source),
            unfilled(unfinished),
            parameters=dict(run.parameters),
            engine_name=run.engine,
            cwd=str(run.folder),
            progress_bar=False,
            request_save_on_cell_execute=False,
            start_timeout=_KERNEL_SECONDS,
            extra_arguments=["--log-level=CRITICAL"],  # else its warnings cross the progress bar
        )
    except PapermillExecutionError as error:
        if error.ename in _USER_ERRORS:
            raise RefusedError(step=run.name, reason=error.evalue) from error
        failed = run.out.with_name(f"{run.out.stem}.failed.ipynb")
        about = {"step": run.name, "cell": error.exec_count}
        reason = f"{error.ename}: {error.evalue}"
        try:
            _keep(unfinished, run, failed)
        except PersonalDataError as found:
            raise StepError(**about, reason=reason, path=f"not kept, as {found.told}") from error
        raise StepError(**about, reason=reason, path=failed) from error


def _keep(notebook: Path, run: _Run, out: Path) -> None:
    """Write the notebook without the paths of this machine, if no personal data are in it."""
    content = cleaned(json.loads(notebook.read_bytes()), run.folder)
    content["metadata"]["papermill"] |= {"input_path": run.source.name, "output_path": out.name}
    content["metadata"]["jupyter_journey"] = {"personal_data": run.reason}
    _tell_what_never_ran(content)
    check_notebook(content, str(out))
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    write(out, text.encode(), None, overwrite=True)


def _tell_what_never_ran(content: dict[str, Any]) -> None:
    """Take back "completed" where a kernel died: papermill says so of all cells after it."""
    for cell in content["cells"]:
        status = cell["metadata"].get("papermill", {})
        has_run = cell["cell_type"] != "code" or cell["execution_count"] is not None
        if status.get("status") == "completed" and "".join(cell["source"]).strip() and not has_run:
            status["status"] = "pending"
