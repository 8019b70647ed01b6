"""What all records of a journey share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from jupyter_journey.model.fields import Id, Name

__all__ = ["Entity", "Record"]


class Record(BaseModel):
    """What all records share: immutable, strict about types, no unknown fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True
    )


class Entity(Record):
    """A record of its own standing: it has an id that never changes and a name that may."""

    id: Id
    name: Name
