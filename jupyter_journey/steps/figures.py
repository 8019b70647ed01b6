"""The figures on the map, as a table tells them and as programs take them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jupyter_journey.charts.voice import Voice
from jupyter_journey.errors import ParameterError
from jupyter_journey.events import Period
from jupyter_journey.model.journey import Journey

__all__ = ["figures_of", "period_in_words", "period_of", "told"]

_KEPT = ("value", "low", "high", "level", "n", "unit", "direction", "period")
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


def told(journey: Journey) -> list[dict[str, Any]]:
    """Return the figures as JSON takes them, without those that are missing or hidden.

    Returns
    -------
    list
        Per figure ``metric`` (id), ``name``, ``value``, ``level`` (of the interval), and where it
        has them ``stage``, ``milestone``, ``touchpoint``, ``lane`` (names), ``place`` (of the
        stage, from 0), ``low``, ``high``, ``n``, ``unit``, ``direction`` and ``period``.

    Examples
    --------
    >>> journey = Journey.new("Shop").add("measurements", name="Churn", metric="MET-01", value=0.1)
    >>> told(journey)
    [{'metric': 'MET-01', 'name': 'Churn', 'value': 0.1, 'level': 0.95}]
    """
    document = journey.document
    names = {
        kind: {one.id: one.name for one in getattr(document, f"{kind}s")}
        for kind in ("stage", "milestone", "touchpoint", "lane")
    }
    places = {stage.id: place for place, stage in enumerate(document.stages)}
    found = []
    for figure in document.measurements:
        if figure.value is None or figure.suppressed:
            continue
        said = {kind: known.get(getattr(figure, f"{kind}_id")) for kind, known in names.items()}
        said["place"] = places.get(figure.stage_id or "")
        said |= {name: getattr(figure, name) for name in _KEPT}
        held = {name: value for name, value in said.items() if value not in (None, "")}
        found.append({"metric": figure.metric, "name": figure.name, **held})
    return found


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


def period_in_words(text: str, say: Voice) -> str:
    """Return a period as a language writes it; what a person said in other words as it is.

    Examples
    --------
    >>> from jupyter_journey.charts.voice import voice
    >>> period_in_words("2026-01", voice("en")), period_in_words("last spring", voice("en"))
    ('Jan 2026', 'last spring')
    """
    days = period_of(text)
    return say.period(days.first, days.last) if days else text
