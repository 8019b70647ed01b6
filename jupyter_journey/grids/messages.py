"""What a page says to the kernel, whichever grid it shows; each grid adds its own patch.

A page sends a patch (all of it holds or none), ``undo``, ``redo`` and ``refresh``. What it hears is
said where it is told: see ``patches`` for the map, ``frame_desk`` for frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import RLock
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

__all__ = ["GUARD", "Asked", "Refresh", "Said", "Turn", "reader"]

GUARD = RLock()
"""Held by whoever changes a grid.

Edits arrive in another thread than the one that runs the user's cell. One lock for all grids: of
two that are linked, each changes the other, and with a lock each they'd wait for one another.
"""


class Said(BaseModel):
    """Something a page said."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(Said):
    """Changes that hold together or not at all, asked for by a page that saw a revision."""

    type: Literal["patch"]
    id: str
    base_rev: int


class Turn(Said):
    """One step back or forth."""

    type: Literal["undo", "redo"]


class Refresh(Said):
    """A page asks whether it knows the present revision."""

    type: Literal["refresh"]
    revision: int


P = TypeVar("P", bound=Asked)


def reader(patch: type[P]) -> Callable[[Mapping[str, Any]], P | Turn | Refresh]:
    """Return what reads the messages of pages that send such patches.

    It raises pydantic's ValidationError on anything else: then widget and package are of different
    versions.

    Examples
    --------
    >>> reader(Asked)({"type": "refresh", "revision": 3}).revision
    3
    """
    known: Any = Annotated[patch | Turn | Refresh, Field(discriminator="type")]
    said: TypeAdapter[P | Turn | Refresh] = TypeAdapter(known)
    return said.validate_python
