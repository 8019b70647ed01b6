"""Emotion by stage as a frame: what was assumed, what was measured, what is aimed at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from jupyter_journey.charts.map_view import Row, view
from jupyter_journey.model.journey import Journey

__all__ = ["experience"]

_COLUMNS = ["stage", "curve", "value", "low", "high"]


def experience(journey: Journey, persona: str = "") -> pd.DataFrame:
    """Return the points of the map's emotion curves, sub-steps included.

    Returns
    -------
    pandas.DataFrame
        ``stage``, ``curve`` (``assumed``, ``measured`` or ``target``), ``value`` (−2 to +2),
        ``low`` and ``high`` of what was measured; of the first lane of scores that says anything.
        None on a map with a band per persona, unless it is asked for one of them.
    """
    shown = view(journey, persona or None)
    if sum(bool(row.heading) for row in shown.rows) > 1:  # each persona has a curve of her own
        return pd.DataFrame({name: [] for name in _COLUMNS})
    for row in shown.rows:
        points = [*_points(row, [stage.name for stage in shown.stages])]
        if row.lane.kind == "score" and points:
            return pd.DataFrame(points, columns=_COLUMNS)
    return pd.DataFrame({name: [] for name in _COLUMNS})


def _points(row: Row, stages: list[str]) -> Iterator[tuple[Any, ...]]:
    for stage, cell in zip(stages, row.cells, strict=True):
        if cell.score is not None:
            yield stage, "assumed", cell.score, None, None
        for figure in cell.figures:
            if figure.value is not None and not figure.suppressed:
                yield stage, "measured", figure.value, figure.low, figure.high
        if cell.target is not None:
            yield stage, "target", cell.target, None, None
