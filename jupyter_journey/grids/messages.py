"""What a page says to the kernel, whichever grid it shows; each grid adds its own patch.

A page sends a patch (all of it holds or none), ``undo``, ``redo`` and ``refresh``. What it hears is
said where it is told: see ``patches`` for the map, ``frame_desk`` for frames.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jupyter_journey.errors import JourneyError
from jupyter_journey.grids.phrases import phrase_of

__all__ = ["GUARD", "STEPS", "Asked", "Line", "Refresh", "Said", "Turn", "reader"]

GUARD = RLock()
"""Held by whoever changes a grid.

Edits arrive in another thread than the one that runs the user's cell. One lock for all grids: of
two that are linked, each changes the other, and with a lock each they'd wait for one another.
"""


STEPS = 200
"""How many changes a grid can take back: each may hold a whole frame."""


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


class Line:
    """The line to all pages: whoever asked on it is answered, whatever fails meanwhile.

    Parameters
    ----------
    send
        Sends a message, and its buffers, to all pages.
    """

    def __init__(self, send: Callable[..., None]) -> None:
        self._send = send
        self._answered: set[str | None] = set()

    def say(self, message: dict[str, Any], *buffers: Any) -> None:
        """Tell all pages."""
        self._send(message, *buffers)
        self._answered.add(message.get("id"))

    @contextmanager
    def answering(
        self, content: Mapping[str, Any], refuse: Callable[[str | None, str], None]
    ) -> Iterator[None]:
        """Answer a message by what is done here, or refuse it in the words of what failed.

        ``refuse`` is given the message's id, if it has one, and the words. What isn't an error of
        this package is raised after that, as is all that fails once the page was answered.
        """
        given = content.get("id")
        asked = given if isinstance(given, str) else None
        with GUARD:
            self._answered.clear()
            try:
                yield
            except Exception as error:
                if asked in self._answered:
                    raise
                refuse(asked, phrase_of(error))
                if not isinstance(error, JourneyError):
                    raise


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
