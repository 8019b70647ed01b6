"""The step templates: where they are and which parameters they declare."""

from __future__ import annotations

from pathlib import Path

from jupyter_journey import paths
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.steps import STEPS

__all__ = ["number_of", "template"]


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
    if step not in STEPS:
        raise UnknownNameError(kind="step", name=step, known=STEPS)
    return STEPS.index(step) + 1


def template(step: str) -> Path:
    """Return the notebook template of a step.

    Examples
    --------
    >>> template("goals").name
    '01_goals.ipynb'
    """
    return paths.templates() / f"{number_of(step):02}_{step}.ipynb"
