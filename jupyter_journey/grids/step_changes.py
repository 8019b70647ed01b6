"""What was changed in one grid of a step, made in records that others changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from jupyter_journey.errors import JourneyError
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Record

__all__ = ["TwiceChangedError", "taken_over", "with_changes"]

R = TypeVar("R", bound=Record)


class TwiceChangedError(JourneyError):
    """Two grids of a step say different things of one field.

    Fields: ``collection``, ``name`` (of the record), ``field``, ``mine`` (what the table says),
    ``other`` (what the map says; None where it has no such record any more).
    """

    template = (
        "{collection}, {name!r}: {field} is {mine!r} in the table, but {other!r} on the map, and "
        "both were changed. Undo one of the changes, or make both say the same."
    )


def with_changes(
    journey: Journey, collection: str, before: Sequence[Any], after: Sequence[Any]
) -> Journey:
    """Return the journey with what leads from the records before to those after, and no more.

    Fields that are the same before and after stay as they are in the journey, and so do records
    that neither knows.

    Raises
    ------
    TwiceChangedError
        If the journey holds neither what was there before nor what is there after.
    """
    old, new = _by_id(before), _by_id(after)
    for key in [key for key in old if key not in new]:
        if key in _by_id(getattr(journey.document, collection)):
            journey = journey.remove(collection, key)
    held = _by_id(getattr(journey.document, collection))
    changed = {
        key: taken_over(collection, old[key].name, held.get(key), old[key], new[key])
        for key in old
        if key in new and old[key] != new[key]
    }
    ids = _ordered(list(held), list(old), list(new))
    made = held | changed | {key: new[key] for key in new if key not in old}
    return journey.replace(collection, [made[key] for key in ids])


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {record.id: record for record in records}


def taken_over(collection: str, name: str, held: R | None, old: R, new: R) -> R:
    """Return the record held with the fields in which the new one differs from the old one.

    Raises
    ------
    TwiceChangedError
        If one of these fields holds neither what was there before nor what is there after.
    """
    update = {}
    for field in type(new).model_fields:
        mine, seen = getattr(new, field), getattr(old, field)
        if mine == seen:
            continue
        other = None if held is None else getattr(held, field)
        # A link that is empty now, as what it led to was removed, may lead elsewhere.
        if held is None or other not in (seen, mine, None):
            raise TwiceChangedError(
                collection=collection, name=name, field=field, mine=mine, other=other
            )
        update[field] = mine
    return (held or new).model_copy(update=update)


def _ordered(held: list[str], old: list[str], new: list[str]) -> list[str]:
    """Return the ids held, in another order only if the new one is, each new one after its last."""
    stayed = [key for key in new if key in old and key in held]
    if stayed != [key for key in old if key in stayed]:
        turn = iter(stayed)
        held = [next(turn) if key in stayed else key for key in held]
    ids = list(held)
    for before, key in pairwise([None, *new]):
        if key is not None and key not in old:
            place = 0 if before is None else len(ids)
            ids.insert(ids.index(before) + 1 if before in ids else place, key)
    return ids
