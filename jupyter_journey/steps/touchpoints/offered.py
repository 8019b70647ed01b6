"""The touchpoints to start from (TP-01 to 22) that the map lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.steps.meanings import meanings
from jupyter_journey.steps.touchpoints.adding import added

__all__ = ["offered", "take_offered"]


def offered(journey: Journey) -> pd.DataFrame:
    """Return the catalogue's touchpoints that aren't on the map, the ten commonest first.

    Returns
    -------
    pandas.DataFrame
        ``kind`` (TP id), ``name``, ``what`` (in a sentence), ``stage`` (the map's first that means
        where it usually stands), ``contact`` (direct, indirect; missing where it may be either),
        ``common``. :func:`take_offered` takes over the rows a person confirms.
    """
    say = voice(journey.language)
    points = journey.document.touchpoints
    held = {text.casefold() for point in points for text in (point.kind, point.name)}
    rows, meant = [], meanings(journey)
    for key, entry in catalogue.table("touchpoints").items():
        name = say("touchpoints", key, "name")
        if held.isdisjoint({key.casefold(), name.casefold()}):
            stage = _place(journey, meant, entry.get("stages", []))
            common = bool(entry.get("common"))
            text = say("touchpoints", key, "text")
            rows.append((key, name, text, stage, entry.get("contact"), common))
    frame = pd.DataFrame(rows, columns=["kind", "name", "what", "stage", "contact", "common"])
    return frame.sort_values("common", ascending=False, kind="stable", ignore_index=True)


def _place(
    journey: Journey, meant: Mapping[str, frozenset[str]], usual: Iterable[str]
) -> str | None:
    """Return the name of the first stage that stands for a canonical one, if there is any."""
    stages = journey.document.stages
    found = (stage.name for wanted in usual for stage in stages if wanted in meant[stage.id])
    return next(found, None)


def take_offered(journey: Journey, rows: pd.DataFrame) -> Journey:
    """Add the touchpoints a person confirmed of those offered; one of that name gets the kind.

    Raises
    ------
    UnknownNameError
        If there is no such stage.

    Examples
    --------
    >>> journey = Journey.new("Shop")
    >>> take_offered(journey, offered(journey).head(1)).document.touchpoints[0].name
    'Website'
    """
    stages = {stage.id: stage.name for stage in journey.document.stages}
    for row in rows.dropna(subset="name").to_dict("records"):
        fields: dict[str, Any] = {"kind": row["kind"]}
        if not pd.isna(row["stage"]):
            fields["stage_id"] = id_of("stage", str(row["stage"]), stages)
        if not pd.isna(row["contact"]):
            fields["contact"] = row["contact"]
        journey = added(journey, row["name"], **fields)
    return journey
