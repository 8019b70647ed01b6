"""The touchpoints to start from (TP-01 to 22) that the map lacks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of

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
    rows = []
    for key, entry in catalogue.table("touchpoints").items():
        name = say("touchpoints", key, "name")
        if held.isdisjoint({key.casefold(), name.casefold()}):
            stage = _place(journey, entry.get("stages", []))
            common = bool(entry.get("common"))
            text = say("touchpoints", key, "text")
            rows.append((key, name, text, stage, entry.get("contact"), common))
    frame = pd.DataFrame(rows, columns=["kind", "name", "what", "stage", "contact", "common"])
    return frame.sort_values("common", ascending=False, kind="stable", ignore_index=True)


def _place(journey: Journey, usual: list[str]) -> str | None:
    """Return the name of the first stage that stands for a canonical one, if there is any."""
    model = journey.document.stage_model
    known = catalogue.stage_models().get(model, {}).get("stages", [])
    for wanted in usual:
        for stage in journey.document.stages:
            meant = catalogue.meaning(model, stage.id) if stage.id in known else {stage.id}
            if wanted in meant:
                return stage.name
    return None


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
        points = list(journey.document.touchpoints)
        at = next((n for n, one in enumerate(points) if one.name == row["name"]), None)
        if at is not None:
            points[at] = points[at].model_copy(update={"kind": row["kind"]})
            journey = journey.replace("touchpoints", points)
            continue
        fields: dict[str, Any] = {"name": row["name"], "kind": row["kind"]}
        if not pd.isna(row["stage"]):
            fields["stage_id"] = id_of("stage", str(row["stage"]), stages)
        if not pd.isna(row["contact"]):
            fields["contact"] = row["contact"]
        journey = journey.add("touchpoints", **fields)
    return journey
