"""Changes as data: ops with an inverse, which widget, kernel and undo all speak.

An op changes one field, lets one record come or go, or orders a collection. The twin is
``widgets/src/store/patches.ts``; both run ``tests/golden/patches.json``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from jupyter_journey.errors import JourneyError
from jupyter_journey.model.cells import coerced
from jupyter_journey.model.document import checked
from jupyter_journey.model.frames import record_of
from jupyter_journey.model.names import no_twins
from jupyter_journey.model.records import ABOUT, COLLECTIONS, Cell, Document, Entity, Record

__all__ = ["Conflict", "FieldOp", "Op", "OrderOp", "RecordOp", "applied", "between", "inverse"]

CollectionName = Literal[
    "goals",
    "personas",
    "touchpoints",
    "stages",
    "lanes",
    "cells",
    "milestones",
    "measurements",
    "sources",
    "segments",
    "conversions",
    "paths",
    "insights",
    "changes",
    "reviews",
]
Key = str | tuple[str, str, str | None]
"""A record's id; a cell's lane, stage and persona."""

_EMPTY: Mapping[str, Any] = MappingProxyType({"value": None, "target": None, "note": ""})


class _Op(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldOp(_Op):
    """Another value in one field of a record, of a cell, or of the document itself."""

    op: Literal["field"] = "field"
    collection: CollectionName | Literal["document"]
    key: Key = ""
    field: str
    old: Any
    new: Any


class RecordOp(_Op):
    """A record that comes (``old`` is None) or goes (``new`` is None), as its file holds it."""

    op: Literal["record"] = "record"
    collection: CollectionName
    key: Key
    at: int | None = None
    """Its position in the collection; None: the last. Cells have none."""
    old: dict[str, Any] | None
    new: dict[str, Any] | None


class OrderOp(_Op):
    """Another order of a collection, as ids."""

    op: Literal["order"] = "order"
    collection: CollectionName
    old: tuple[str, ...]
    new: tuple[str, ...]


Op = Annotated[FieldOp | RecordOp | OrderOp, Field(discriminator="op")]


class Conflict(JourneyError):  # noqa: N818  (a state of affairs, answered more often than raised)
    """Something else stands where a change was to be made than its author saw.

    Fields: ``what`` (the place), ``value`` (what is there now).
    """

    template = "it was changed meanwhile; now {what} holds {value!r}"


def applied(document: Document, ops: Iterable[Op]) -> Document:
    """Return the document with all changes made; with one that can't be, none is.

    Raises
    ------
    Conflict
        If ``old`` isn't what is there.
    JourneyError
        If a value doesn't suit its field, or the records wouldn't agree with each other.

    Examples
    --------
    >>> op = FieldOp(collection="document", field="title", old="Draft", new="Final")
    >>> applied(Document(title="Draft"), [op]).title
    'Final'
    """
    changed = document
    for op in ops:
        changed = _TURN[op.op](changed, op)
    _no_new_twins(document, changed)
    return checked(changed)


def inverse(ops: Iterable[Op]) -> list[Op]:
    """Return the ops that undo these, last first."""
    turned = [op.model_copy(update={"old": op.new, "new": op.old}) for op in ops]
    return turned[::-1]


def between(before: Document, after: Document) -> list[Op]:
    """Return the ops that lead from one document to another; a file's save count stays out.

    Examples
    --------
    >>> [op] = between(Document(title="Draft"), Document(title="Final"))
    >>> op.old, op.new
    ('Draft', 'Final')
    """
    one, other = _plain(before, set(COLLECTIONS)), _plain(after, set(COLLECTIONS))
    ops: list[Op] = [
        FieldOp(collection="document", field=field, old=one[field], new=other[field])
        for field in ABOUT
        if one[field] != other[field]
    ]
    for name in COLLECTIONS:
        if getattr(before, name) is not getattr(after, name):
            ops += _differences(name, getattr(before, name), getattr(after, name))
    return ops


def _differences(name: Any, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Op]:
    old, new = ({_key(record): record for record in records} for records in (before, after))
    places = {key: at for at, key in enumerate(old)} if name != "cells" else {}
    for key in reversed([key for key in old if key not in new]):
        gone = _kept(old[key])
        yield RecordOp(collection=name, key=key, at=places.get(key), old=gone, new=None)
    stayed = tuple(key for key in old if key in new)
    wanted = tuple(key for key in new if key in old)
    if stayed != wanted and name != "cells":
        yield OrderOp(collection=name, old=stayed, new=wanted)
    for at, key in enumerate(new):
        if key not in old:
            place = None if name == "cells" else at
            yield RecordOp(collection=name, key=key, at=place, old=None, new=_kept(new[key]))
    for key in stayed:
        if old[key] != new[key]:
            one, other = _plain(old[key]), _plain(new[key])
            for field in one:
                if one[field] != other[field]:
                    yield FieldOp(
                        collection=name, key=key, field=field, old=one[field], new=other[field]
                    )


def _with_field(document: Document, op: FieldOp) -> Document:
    if op.collection == "document":
        if op.field not in ABOUT:
            raise Conflict(what="the journey", value=f"no {op.field}")
        _expect(op, _plain(document)[op.field])
        return record_of(Document, {**dict(document), op.field: op.new}, "journey")
    if op.collection == "cells":
        return _with_cell(document, op)
    records = getattr(document, op.collection)
    at = next((at for at, record in enumerate(records) if record.id == op.key), None)
    if at is None or op.field == "id":
        raise Conflict(what=str(op.key), value=None)
    kind = COLLECTIONS[op.collection]
    _expect(op, _plain(records[at]).get(op.field))
    record = record_of(kind, {**dict(records[at]), op.field: op.new}, op.collection, at)
    changed = (*records[:at], record, *records[at + 1 :])
    return document.model_copy(update={op.collection: changed})


def _with_cell(document: Document, op: FieldOp) -> Document:
    """Change a cell; one that isn't there comes, one that holds nothing any more vanishes."""
    if isinstance(op.key, str):
        raise Conflict(what=op.key, value=None)
    lane_id, stage_id, persona_id = op.key
    old = next((cell for cell in document.cells if _key(cell) == op.key), None)
    cell = old or Cell(lane_id=lane_id, stage_id=stage_id, persona_id=persona_id)
    _expect(op, _plain(cell).get(op.field))
    new = op.new
    lane = next((lane for lane in document.lanes if lane.id == lane_id), None)
    stage = next((stage for stage in document.stages if stage.id == stage_id), None)
    if lane is None or stage is None:
        raise Conflict(what=f"{lane_id}, {stage_id}", value=None)
    if op.field == "value":
        new = coerced(tuple(new) if isinstance(new, list) else new, lane, stage)
    changed = record_of(Cell, {**dict(cell), op.field: new}, "cells")
    kept = tuple(each for each in document.cells if each is not old)
    is_empty = all(getattr(changed, field) == nothing for field, nothing in _EMPTY.items())
    return document.model_copy(update={"cells": kept if is_empty else (*kept, changed)})


def _with_record(document: Document, op: RecordOp) -> Document:
    records = getattr(document, op.collection)
    present = next((record for record in records if _key(record) == op.key), None)
    kind = COLLECTIONS[op.collection]
    seen = None if op.old is None else record_of(kind, op.old, op.collection)
    if present != seen:
        raise Conflict(what=str(op.key), value=None if present is None else _kept(present))
    kept = tuple(record for record in records if record is not present)
    if op.new is not None:
        at = len(kept) if op.at is None else op.at
        kept = (*kept[:at], record_of(kind, op.new, op.collection), *kept[at:])
    return document.model_copy(update={op.collection: kept})


def _with_order(document: Document, op: OrderOp) -> Document:
    records = {_key(record): record for record in getattr(document, op.collection)}
    if tuple(records) != op.old or sorted(op.old) != sorted(op.new):
        raise Conflict(what=f"the order of the {op.collection}", value=list(records))
    return document.model_copy(update={op.collection: tuple(records[key] for key in op.new)})


_TURN: Mapping[str, Callable[[Document, Any], Document]] = MappingProxyType(
    {"field": _with_field, "record": _with_record, "order": _with_order}
)


def _expect(op: FieldOp, present: Any) -> None:
    if present != op.old:
        raise Conflict(what=op.field, value=present)


def _no_new_twins(before: Document, after: Document) -> None:
    """Refuse a name that now occurs twice: such a map has no wide frame."""
    for kind in ("lane", "stage"):
        one, other = getattr(before, f"{kind}s"), getattr(after, f"{kind}s")
        if one is not other and len({record.name for record in one}) == len(one):
            no_twins(kind, (record.name for record in other))


def _key(record: Any) -> Any:
    if isinstance(record, Entity):
        return record.id
    return record.lane_id, record.stage_id, record.persona_id


def _plain(record: Record, without: set[str] | None = None) -> dict[str, Any]:
    return record.model_dump(mode="json", exclude=without)


def _kept(record: Record) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(record.model_dump_json(exclude_defaults=True))
    return kept
