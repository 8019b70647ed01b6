"""The step templates: where they are and which parameters they declare."""

from __future__ import annotations

import os
from pathlib import Path

from jupyter_journey import paths
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.paths import is_address

__all__ = ["PATHS", "TEMPLATES", "number_of", "seen_from", "template", "unfilled"]

_WHOLE = "journey"
# By their files: importing the steps themselves takes a second.
_STEPS = tuple(file.stem[3:] for file in sorted(paths.templates().glob("0*.ipynb")))
TEMPLATES = (*_STEPS, _WHOLE)
"""The names of the templates: the steps, and all of them as one report."""
PATHS = ("journey", "output", "events")
"""Their parameters that say where files are, not what a report is about."""


def number_of(step: str) -> int:
    """Return a step's number, 1 to 7, from its name.

    Raises
    ------
    UnknownNameError
        If there is no such step; the nearest one is named.

    Examples
    --------
    >>> number_of("milestones")
    6
    """
    if step not in _STEPS:
        raise UnknownNameError(kind="step", name=step, known=_STEPS)
    return _STEPS.index(step) + 1


def seen_from(folder: Path, path: str) -> str:
    """Return a path as seen from the folder a report lies in, so that the two can move together.

    An address is the same from everywhere.
    """
    if is_address(path):
        return path
    try:
        return Path(os.path.relpath(Path(path).resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return str(Path(path).resolve())


def unfilled(path: Path) -> str:
    """Return a path as papermill takes it, which else fills in what stands in braces.

    Examples
    --------
    >>> unfilled(Path("{x}.ipynb"))
    '{{x}}.ipynb'
    """
    return str(path).replace("{", "{{").replace("}", "}}")


def template(name: str) -> Path:
    """Return the notebook template of a step, or that of all steps as one report: ``journey``.

    Raises
    ------
    UnknownNameError
        If there is no such template; the nearest one is named.

    Examples
    --------
    >>> template("goals").name, template("journey").name
    ('01_goals.ipynb', 'journey.ipynb')
    """
    if name not in TEMPLATES:
        raise UnknownNameError(kind="template", name=name, known=TEMPLATES)
    if name == _WHOLE:
        return paths.templates() / f"{_WHOLE}.ipynb"
    return paths.templates() / f"{number_of(name):02}_{name}.ipynb"
