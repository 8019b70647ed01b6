"""Running one template: papermill executes it, and the report appears whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_journey import errors
from jupyter_journey.errors import JourneyError, StepError
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.storage import write
from jupyter_journey.reports.html import write_html
from jupyter_journey.reports.templates import template
from jupyter_journey.steps import Request

__all__ = ["Report", "run_report", "run_step"]

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
    step: str, journey: Path, out: Path, *, output: str = "", **parameters: Any
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
    output
        Path the journey is written back to; empty: not written.
    parameters
        Further parameters of the template. Relative paths start in the present folder.

    Raises
    ------
    JourneyError
        If the step, a parameter or the journey file is wrong, or a cell fails.
    """
    paths = {"journey": str(journey), "output": output, "events": parameters.get("events", "")}
    Request.of(template(step).stem, **parameters, journey=str(journey), output=output)
    Journey.load(journey)
    seen = {name: _from(out, path) for name, path in paths.items() if path}
    notebook = run_step(step, out / template(step).name, {**parameters, **seen})
    return Report(notebook, write_html(notebook))


def _from(folder: Path, path: str) -> str:
    """Return a path as seen from the folder a report lies in, so that the two can move together."""
    try:
        return Path(os.path.relpath(Path(path).resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return str(Path(path).resolve())


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
    StepError
        If a cell fails. Where the input was at fault nothing is written; any other error leaves
        the notebook as far as it ran beside ``out``, as ``*.failed.ipynb``.
    """
    source = template(step)
    Request.of(source.stem, **parameters)
    out.parent.mkdir(parents=True, exist_ok=True)
    with _scratch(out) as unfinished:
        _execute(step, source, unfinished, out, parameters)
        write(out, _portable(unfinished, source.name, out.name), None, overwrite=True)
    return out


@contextmanager
def _scratch(out: Path) -> Iterator[Path]:
    """Give papermill a file of its own: it writes after every cell, over what was there."""
    unfinished = out.with_name(f".{out.stem}.running.ipynb")
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


def _execute(
    step: str, source: Path, unfinished: Path, out: Path, parameters: Mapping[str, Any]
) -> None:
    import papermill
    from papermill.exceptions import PapermillExecutionError

    try:
        papermill.execute_notebook(
            str(source),
            str(unfinished),
            parameters=dict(parameters),
            cwd=str(out.parent),
            progress_bar=False,
            start_timeout=_KERNEL_SECONDS,
            extra_arguments=["--log-level=CRITICAL"],  # else its warnings cross the progress bar
        )
    except PapermillExecutionError as error:
        kept = "not kept, as its input was at fault."
        if error.ename not in _USER_ERRORS:
            failed = out.with_name(f"{out.stem}.failed.ipynb")
            write(failed, _portable(unfinished, source.name, failed.name), None, overwrite=True)
            kept = str(failed)
        reason = error.evalue if error.ename in _USER_ERRORS else f"{error.ename}: {error.evalue}"
        raise StepError(step=step, cell=error.exec_count, reason=reason, path=kept) from error


def _portable(notebook: Path, source: str, name: str) -> bytes:
    """Return the notebook's bytes without the paths of this machine."""
    content = json.loads(notebook.read_bytes())
    content["metadata"]["papermill"] |= {"input_path": source, "output_path": name}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
