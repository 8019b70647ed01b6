"""The map as a frame: wide (lanes × stages) and tidy (one row per cell), both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import pandas as pd

from jupyter_journey.model.cells import blank, coerced
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.frames import frame_of, records_of
from jupyter_journey.model.names import id_of, no_twins
from jupyter_journey.model.records import Cell, Document, Entity, Value
from jupyter_journey.model.scalars import plain

__all__ = ["ATTRS", "cells_of", "changed_cells", "tidy", "wide"]

E = TypeVar("E", bound=Entity)

ATTRS = "jupyter_journey"
"""The key of a frame's ``attrs`` under which the ids and kinds travel."""

_NAMES = {"lane": "lane_id", "stage": "stage_id", "persona": "persona_id"}


def wide(document: Document, persona_id: str | None = None) -> pd.DataFrame:
    """Return the map: index lane names, columns stage names, values as each lane keeps them.

    Raises
    ------
    DuplicateNameError
        If two lanes or two stages bear one name.
    """
    no_twins("lane", (lane.name for lane in document.lanes))
    no_twins("stage", (stage.name for stage in document.stages))
    shown = _shown(document, persona_id)
    rows = [
        [shown.get((lane.id, stage.id), blank(lane)) for stage in document.stages]
        for lane in document.lanes
    ]
    frame = pd.DataFrame(
        rows,
        index=pd.Index([lane.name for lane in document.lanes], name="lane", dtype="object"),
        columns=pd.Index([stage.name for stage in document.stages], name="stage", dtype="object"),
        dtype="object",
    )
    frame.attrs[ATTRS] = _attrs(document, persona_id)
    return frame


def tidy(document: Document) -> pd.DataFrame:
    """Return one row per filled cell: the fields of :class:`Cell`, and the names beside."""
    frame = frame_of(document.cells, Cell)
    for column, field in _NAMES.items():
        names = {record.id: record.name for record in getattr(document, f"{column}s")}
        frame[column] = frame[field].map(names).astype("string")
    frame.attrs[ATTRS] = _attrs(document, None)
    return frame


def cells_of(frame: pd.DataFrame, document: Document) -> tuple[Cell, ...]:
    """Turn a tidy frame back into cells; names stand in for ids where those are missing."""
    frame = frame.copy()
    for column, field in _NAMES.items():
        if column not in frame:
            continue
        names = {record.id: record.name for record in getattr(document, f"{column}s")}
        given = frame.pop(column)
        ids = frame[field] if field in frame else [None] * len(frame)
        frame[field] = pd.Series(
            [
                _id(column, name, names) if plain(key) is None else key
                for key, name in zip(ids, given, strict=True)
            ],
            index=frame.index,
            dtype="string",
        )
    return records_of(frame, Cell, "cells")


def changed_cells(
    frame: pd.DataFrame, document: Document, persona_id: str | None
) -> dict[tuple[str, str], Value | None]:
    """Return what a wide frame says otherwise than the document: new value by (lane, stage) id."""
    lanes = _meant("lane", frame.index, document.lanes)
    stages = _meant("stage", frame.columns, document.stages)
    shown = _shown(document, persona_id)
    changes = {}
    for row, lane in enumerate(lanes):
        for column, stage in enumerate(stages):
            value = coerced(frame.iat[row, column], lane, stage)
            if value != shown.get((lane.id, stage.id)):
                changes[lane.id, stage.id] = value
    return changes


def _meant(kind: str, labels: pd.Index[Any], records: tuple[E, ...]) -> list[E]:
    """Return the records the labels of a wide frame name; a name goes before a like id."""
    no_twins(kind, map(str, labels))
    by_name = {record.name: record for record in records}
    by_id = {record.id: record for record in records}
    names = {key: record.name for key, record in by_id.items()}
    return [by_name.get(str(given)) or by_id[id_of(kind, str(given), names)] for given in labels]


def _id(kind: str, name: Any, names: Mapping[str, str]) -> str | None:
    return None if plain(name) is None else id_of(kind, str(name), names)


def _shown(document: Document, persona_id: str | None) -> dict[tuple[str, str], Value]:
    """Return each cell's value; in a metric lane the measured one unless a person overrode it."""
    kinds = {lane.id: lane.kind for lane in document.lanes}
    shown: dict[tuple[str, str], Value] = {}
    for figure in shown_figures(document, persona_id):
        if figure.value is not None and kinds.get(figure.lane_id or "") == "metric":
            shown.setdefault((str(figure.lane_id), str(figure.stage_id)), figure.value)
    for cell in document.cells:
        if cell.persona_id == persona_id and cell.value is not None:
            shown[cell.lane_id, cell.stage_id] = cell.value
    return shown


def _attrs(document: Document, persona_id: str | None) -> dict[str, Any]:
    def dumped(records: tuple[Any, ...]) -> list[dict[str, Any]]:
        # Segments don't travel with a map, so neither does what points to them.
        return [
            record.model_dump(mode="json", exclude_defaults=True, exclude={"segment_id"})
            for record in records
        ]

    return {
        "title": document.title,
        "map_type": document.map_type,
        "stage_model": document.stage_model,
        "language": document.language,
        "persona_id": persona_id,
        "lanes": dumped(document.lanes),
        "stages": dumped(document.stages),
        "personas": dumped(document.personas),
    }
