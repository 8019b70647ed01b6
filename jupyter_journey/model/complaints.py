"""What pydantic found wrong, in words for a person: the place in the data and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

__all__ = ["Place", "complaint"]

Place = tuple[int | str, ...]


def complaint(error: ValidationError, data: Any) -> tuple[Place, str]:
    """Return where in ``data`` the first thing is wrong, and why.

    Examples
    --------
    >>> from jupyter_journey.model.records import Stage
    >>> try:
    ...     Stage.model_validate({"id": "trial", "name": ""})
    ... except ValidationError as error:
    ...     complaint(error, {"id": "trial", "name": ""})
    (('name',), 'String should have at least 1 character')
    """
    found = error.errors(include_url=False, include_context=False)
    place = _place(found[0]["type"], found[0]["loc"], data)
    if found[0]["type"] == "json_invalid":  # it was JSON already: only its depth can be at fault
        return place, "is nested too deeply"
    reasons = [item["msg"] for item in found if _place(item["type"], item["loc"], data) == place]
    return place, "; or: ".join(dict.fromkeys(reasons))


def _place(kind: str, location: Place, data: Any) -> Place:
    """Cut off what pydantic adds to a location to tell the alternatives of a union apart."""
    place: list[int | str] = []
    for part in location:
        if not _within(data, part):
            return (*place, part) if kind == "missing" else tuple(place)
        place.append(part)
        data = data[part]
    return tuple(place)


def _within(data: Any, part: int | str) -> bool:
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, Sequence) and isinstance(part, int) and part < len(data)
