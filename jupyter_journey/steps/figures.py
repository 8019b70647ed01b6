"""The figures on the map, as a table tells them."""

from __future__ import annotations

import pandas as pd

from jupyter_journey.errors import ParameterError
from jupyter_journey.events import Period
from jupyter_journey.model.journey import Journey

__all__ = ["figures_of", "period_of"]

_TOLD = ["name", "metric", "stage_id", "value", "unit", "n", "low", "high", "period", "source_id"]


def figures_of(journey: Journey) -> pd.DataFrame:
    """Return a row per measurement with what it rests on.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``metric`` (id), ``stage`` (name), ``value``, ``unit``, ``n``, ``low``, ``high``,
        ``period``, ``origin`` (name of the source).
    """
    stages = {stage.id: stage.name for stage in journey.document.stages}
    sources = {source.id: source.name for source in journey.document.sources}
    frame: pd.DataFrame = journey.measurements[_TOLD]
    return frame.rename(columns={"stage_id": "stage", "source_id": "origin"}).assign(
        stage=lambda told: told["stage"].map(stages).astype("string"),
        origin=lambda told: told["origin"].map(sources).astype("string"),
    )


def period_of(text: str) -> Period | None:
    """Return the days a figure is of; None where it says none, or a person said it in other words.

    Examples
    --------
    >>> str(period_of("2026-Q1")), period_of("last spring")
    ('2026-01-01/2026-03-31', None)
    """
    try:
        return Period.parse(text)
    except ParameterError:
        return None
