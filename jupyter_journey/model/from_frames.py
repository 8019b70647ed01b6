"""A document from a wide or tidy frame alone: lanes and stages come from its labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.errors import RecordError, UnknownNameError
from jupyter_journey.model.frames import record_of
from jupyter_journey.model.maps import ATTRS, cells_of, changed_cells
from jupyter_journey.model.names import no_twins, unique_id
from jupyter_journey.model.records import Cell, Document, Entity, Lane, Persona, Stage
from jupyter_journey.model.scalars import plain

__all__ = ["document_of"]

E = TypeVar("E", bound=Entity)
Label = tuple[str | None, str | None]
"""The id and the name that stand in a frame; one of them may be missing."""
Fields = Mapping[str, Any]

_ABOUT = ("title", "map_type", "stage_model", "language")


def document_of(frame: pd.DataFrame, **about: Any) -> Document:
    """Make a document from a wide or tidy frame.

    Where the frame remembers where it came from (``attrs``), ids, kinds, prompts and personas are
    kept. Else a lane that bears a canonical name takes its kind from the catalogue, and any other
    the kind its values suggest.
    """
    for name in about:
        if name not in _ABOUT:
            raise UnknownNameError(kind="field", name=name, known=_ABOUT)
    memory = frame.attrs.get(ATTRS, {})
    remembered = {key: memory[key] for key in _ABOUT if key in memory}
    read = _from_tidy if _is_tidy(frame) else _from_wide
    return read(frame, memory, {"title": "Journey"} | remembered | about)


def _is_tidy(frame: pd.DataFrame) -> bool:
    return "value" in frame.columns and frame.columns.name != "stage"


def _from_wide(frame: pd.DataFrame, memory: Fields, about: Fields) -> Document:
    no_twins("lane", map(str, frame.index))
    no_twins("stage", map(str, frame.columns))
    lanes: dict[Label, list[Any]] = {
        (None, str(name)): list(row) for name, row in zip(frame.index, frame.values, strict=True)
    }
    stages: dict[Label, list[Any]] = {(None, str(name)): [] for name in frame.columns}
    document = _frameless(lanes, stages, memory, about)
    persona_id = memory.get("persona_id")
    changes = changed_cells(frame, document, persona_id)
    cells = (
        Cell(lane_id=lane, stage_id=stage, persona_id=persona_id, value=value)
        for (lane, stage), value in changes.items()
    )
    return document.model_copy(update={"cells": tuple(cells)})


def _from_tidy(frame: pd.DataFrame, memory: Fields, about: Fields) -> Document:
    lanes = _remembered(memory, "lanes")
    for label, value in zip(_labels(frame, "lane"), frame["value"], strict=True):
        lanes.setdefault(label, []).append(value)
    stages = _remembered(memory, "stages") | {label: [] for label in _labels(frame, "stage")}
    document = _frameless(lanes, stages, memory, about)
    return document.model_copy(update={"cells": cells_of(frame, document)})


def _frameless(
    lanes: Mapping[Label, list[Any]],
    stages: Mapping[Label, list[Any]],
    memory: Fields,
    about: Fields,
) -> Document:
    """Return the document with all but the cells."""
    old_lanes = memory.get("lanes", [])
    taken = {lane["id"] for lane in old_lanes}
    canonical = [lane for lane in _canonical_lanes() if lane["id"] not in taken]
    new_lanes = {label: {"kind": _kind_of(values)} for label, values in lanes.items()}
    new_stages: dict[Label, Fields] = {label: {} for label in stages}
    personas = [record_of(Persona, item, "personas") for item in memory.get("personas", [])]
    parts = {
        "lanes": _entities(Lane, "lanes", new_lanes, [*canonical, *old_lanes]),
        "stages": _entities(Stage, "stages", new_stages, memory.get("stages", [])),
        "personas": tuple(personas),
    }
    return record_of(Document, {**about, **parts}, "journey")


def _remembered(memory: Fields, collection: str) -> dict[Label, list[Any]]:
    return {(item["id"], item["name"]): [] for item in memory.get(collection, [])}


def _labels(frame: pd.DataFrame, name: str) -> list[Label]:
    """Return what each row of a tidy frame says of its lane or stage."""
    columns = (f"{name}_id", name)
    if not any(column in frame for column in columns):
        raise UnknownNameError(kind="column", name=name, known=map(str, frame.columns))
    ids, names = (
        [None if plain(item) is None else str(item) for item in frame[column]]
        if column in frame
        else [None] * len(frame)
        for column in columns
    )
    for row, label in enumerate(zip(ids, names, strict=True)):
        if label == (None, None):
            reason = f"is empty; name the {name}"
            raise RecordError(collection="cells", row=row, column=name, reason=reason)
    return list(zip(ids, names, strict=True))


def _entities(
    kind: type[E], collection: str, labels: Mapping[Label, Fields], known: Iterable[Fields]
) -> tuple[E, ...]:
    """Return the record of each label: the known one by id or name, else a new one."""
    known = list(known)
    by_id = {item["id"]: item for item in known}
    by_name = {item["name"]: item for item in known}
    old = {
        (key, name): by_id.get(key) if key else by_name.get(name) or by_id.get(name)
        for key, name in labels
    }
    taken = {item["id"] for item in old.values() if item} | {key for key, _ in labels if key}
    made: dict[str, E] = {}
    for row, ((key, name), extra) in enumerate(labels.items()):
        fields = old[key, name]
        if fields is None:
            fields = {"id": key or unique_id(str(name), taken), "name": name or key, **extra}
            taken.add(fields["id"])
        made.setdefault(fields["id"], record_of(kind, fields, collection, row))
    return tuple(made.values())


def _canonical_lanes() -> list[Fields]:
    """Return the catalogue's lanes in every language, English last so that it goes first."""
    return [
        {"id": key, **catalogue.texts(language)["lanes"][key], **lane}
        for language in reversed(catalogue.languages())
        for key, lane in catalogue.lanes().items()
        if key in catalogue.texts(language)["lanes"]
    ]


def _kind_of(row: list[Any]) -> str:
    """Guess a lane's kind from its values: a list makes a list, numbers alone a metric."""
    filled = [value for value in map(plain, row) if value is not None and value != ""]
    if any(isinstance(value, list | tuple) for value in filled):
        return "list"
    if filled and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in filled
    ):
        return "metric"
    return "text"
