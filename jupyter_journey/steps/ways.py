"""The way through the steps that a journey takes (PROC-01 to 03, or a project's own)."""

from __future__ import annotations

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.errors import CatalogueError
from jupyter_journey.model.journey import Journey

__all__ = ["STEPS", "steps_of", "way_of"]

STEPS = ("goals", "personas", "touchpoints", "stages", "data", "milestones", "visualisation")
"""The names of the steps, in order (PROC-01)."""


def way_of(journey: Journey) -> pd.DataFrame:
    """Return the way that a journey takes through the steps, as its settings say (PROC-01 to 03).

    Each of the way's own steps is done in one of the seven. Several may be done in the same one,
    and one that has no part in the way is left out: six steps have none for the data.

    Returns
    -------
    pandas.DataFrame
        In the way's order ``called`` (what the way calls its step), ``number`` (1 to 7, of the
        step it is done in), ``step`` (name of that, such as ``goals``) and ``name`` (what a reader
        knows that by); both in the journey's language.

    Raises
    ------
    UnknownNameError
        If the catalogue has no such way; the nearest one is named.
    CatalogueError
        If the way is a project's own, and names a step that there isn't, or none.

    Examples
    --------
    >>> six = Journey.new("Draft").change(settings={"way": "PROC-02"})
    >>> way_of(six)[["called", "step"]].iloc[-1].tolist()
    ['Adjust again and again', 'visualisation']
    """
    key, words = journey.settings.way, catalogue.texts(journey.language)
    numbers = catalogue.way(key).get("steps", [])
    if not numbers or not set(numbers) <= set(range(1, len(STEPS) + 1)):
        reason = f"the steps of {key} are {numbers}"
        way_out = f"Name at least one, each by its number, 1 to {len(STEPS)}."
        raise CatalogueError(path="processes.yaml", reason=reason, way_out=way_out)
    names = [words["steps"][number]["name"] for number in numbers]
    own = words["processes"].get(key, {}).get("steps", [])
    rows = [
        (called, number, STEPS[number - 1], name)
        for called, number, name in zip([*own, *names[len(own) :]], numbers, names, strict=False)
    ]
    return pd.DataFrame(rows, columns=["called", "number", "step", "name"])


def steps_of(journey: Journey) -> tuple[str, ...]:
    """Return the names of the steps on a journey's way, each where it comes first.

    Raises
    ------
    UnknownNameError, CatalogueError
        As :func:`way_of` does.

    Examples
    --------
    >>> steps_of(Journey.new("Draft").change(settings={"way": "PROC-03"}))
    ('visualisation', 'data', 'stages', 'milestones')
    """
    return tuple(dict.fromkeys(way_of(journey)["step"]))
