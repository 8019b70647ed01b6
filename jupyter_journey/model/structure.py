"""Records that come, go, move and change their names, with all that hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType
from typing import Any

from jupyter_journey.errors import DuplicateNameError
from jupyter_journey.model.frames import record_of
from jupyter_journey.model.names import unique_id
from jupyter_journey.model.records import COLLECTIONS, Cell, Document, Entity

__all__ = ["added", "copy_name", "duplicated", "moved", "removed", "renamed", "replaced"]

# Which fields point to a collection; what stands at a removed record goes with it.
_POINTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "stages": ("stage_id", "from_stage_id", "to_stage_id", "parent_id"),
        "lanes": ("lane_id",),
        "personas": ("persona_id",),
        "milestones": ("milestone_id",),
        "touchpoints": ("touchpoint_id",),
        "sources": ("source_id",),
        "segments": ("segment_id",),
    }
)
_GO_ALONG: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cells": ("lane_id", "stage_id", "persona_id"),
        "measurements": (
            "lane_id",
            "stage_id",
            "persona_id",
            "milestone_id",
            "touchpoint_id",
            "segment_id",
        ),
    }
)


def added(document: Document, collection: str, record: Entity) -> Document:
    """Put a record last; a sub-step, behind all of its stage."""
    records: tuple[Entity, ...] = getattr(document, collection)
    whole = getattr(record, "parent_id", None)
    family = [
        at
        for at, one in enumerate(records, 1)
        if whole is not None and whole in (one.id, getattr(one, "parent_id", None))
    ]
    at = max(family, default=len(records))
    return document.model_copy(update={collection: (*records[:at], record, *records[at:])})


def renamed(document: Document, collection: str, key: str, name: str) -> Document:
    """Give a record another name; its id stays."""
    records = getattr(document, collection)
    for record in records:
        if collection in ("stages", "lanes") and record.name == name and record.id != key:
            raise DuplicateNameError(kind=collection.removesuffix("s"), name=name)
    changed = tuple(
        record_of(type(record), {**dict(record), "name": name}, collection, row)
        if record.id == key
        else record
        for row, record in enumerate(records)
    )
    return document.model_copy(update={collection: changed})


def moved(document: Document, collection: str, key: str, before: str | None) -> Document:
    """Put a record before another, or last; a stage with its sub-steps, which stay below it."""
    records = getattr(document, collection)
    own = _family(records, key)
    if before in own:
        return document
    moving = [record for record in records if record.id in own]
    others = [record for record in records if record.id not in own]
    keys = [record.id for record in others]
    at = keys.index(before) if before in keys else len(others)
    return document.model_copy(update={collection: (*others[:at], *moving, *others[at:])})


def _family(records: Iterable[Any], key: str) -> set[str]:
    """Return the ids of a stage and its sub-steps, however deep; of all else the one id."""
    steps = [it.id for it in records if getattr(it, "parent_id", None) == key]
    return {key}.union(*(_family(records, step) for step in steps))


def removed(document: Document, collection: str, key: str) -> Document:
    """Take a record away.

    Its cells and figures go, its sub-steps move up, other links empty, and lists of ids go on
    without it.
    """
    gone = next(record for record in getattr(document, collection) if record.id == key)
    pointers = _POINTERS.get(collection, ())
    update: dict[str, Any] = {}
    for name in COLLECTIONS:
        kept = []
        for record in getattr(document, name):
            hit = [field for field in pointers if getattr(record, field, None) == key]
            if record is gone or set(hit) & set(_GO_ALONG.get(name, ())):
                continue
            links = {field: getattr(gone, "parent_id", None) for field in hit}
            links.update({field: None for field in hit if field != "parent_id"})
            kept.append(record.model_copy(update=links) if links else record)
        update[name] = tuple(kept)
    return _unlisted(document.model_copy(update=update), collection, {key})


def replaced(document: Document, collection: str, records: tuple[Any, ...]) -> Document:
    """Put other records in a collection's place."""
    changed = document.model_copy(update={collection: records})
    if collection == "cells":
        return changed
    left = {record.id for record in records}
    gone = {record.id for record in getattr(document, collection)} - left
    return _unlisted(changed, collection, gone)


def _unlisted(document: Document, collection: str, gone: Set[str]) -> Document:
    """Take the ids of records that are no more out of the lists that refer to them."""
    lanes = {lane.id for lane in document.lanes if lane.refers_to == collection}
    cells: list[Cell] = []
    for cell in document.cells:
        value = cell.value
        if cell.lane_id not in lanes or not isinstance(value, tuple) or not gone & set(value):
            cells.append(cell)
        elif kept := _without(value, gone):
            cells.append(cell.model_copy(update={"value": kept}))
        elif cell.note or cell.target is not None:
            cells.append(cell.model_copy(update={"value": None}))
    update: dict[str, Any] = {"cells": tuple(cells)}
    if collection == "touchpoints":
        update[collection] = tuple(
            point.model_copy(update={"next": _without(point.next, gone)})
            for point in document.touchpoints
        )
    return document.model_copy(update=update)


def _without(ids: tuple[str, ...], gone: Set[str]) -> tuple[str, ...]:
    return tuple(key for key in ids if key not in gone)


def duplicated(document: Document, collection: str, key: str) -> Document:
    """Put a copy right behind a record, with copies of its cells."""
    records: tuple[Entity, ...] = getattr(document, collection)
    at = next(at for at, record in enumerate(records) if record.id == key)
    name = copy_name(records[at].name, {record.name for record in records})
    new = unique_id(name, {record.id for record in records})
    copied = records[at].model_copy(update={"id": new, "name": name})
    field = f"{collection.removesuffix('s')}_id"
    cells = tuple(
        cell.model_copy(update={field: new})
        for cell in document.cells
        if getattr(cell, field, None) == key
    )
    update = {collection: (*records[: at + 1], copied, *records[at + 1 :])}
    return document.model_copy(update={**update, "cells": document.cells + cells})


def copy_name(name: str, taken: set[str]) -> str:
    """Return a name with the next free number behind it.

    Examples
    --------
    >>> copy_name("Trial", {"Trial", "Trial (2)"})
    'Trial (3)'
    """
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
