"""What a page says to the kernel, whichever grid it shows; each grid adds its own patch.

A page sends a patch (all of it holds or none), ``undo``, ``redo`` and ``look``; where it may have
missed something, ``rejoin``. What it hears is said where it is told: see ``patches`` for the map,
``frame_desk`` for frames. Patches that were answered are known by their ids, so none is made twice:
their answer is ``known``, or ``refused`` once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jupyter_journey.errors import JourneyError
from jupyter_journey.grids.phrases import phrase_of

__all__ = ["GUARD", "STEPS", "Asked", "Line", "Look", "Rejoin", "Said", "Turn", "reader"]

GUARD = RLock()
"""Held by whoever changes a grid.

Edits arrive in another thread than the one that runs the user's cell. One lock for all grids: of
two that are linked, each changes the other, and with a lock each they'd wait for one another.
"""


STEPS = 200
"""How many changes a grid can take back: each may hold a whole frame."""

ANSWERS = 1000
"""How many patches are known by their ids: far more than a page sends before it waits."""


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


class Look(Said):
    """How a page looks at the grid otherwise than before; the answer is ``looked``."""

    type: Literal["look"]
    id: str
    change: dict[str, Any]


class Rejoin(Said):
    """A page asks what became of its patches, and what holds now if it isn't this revision."""

    type: Literal["rejoin"]
    id: str
    revision: int
    pending: tuple[str, ...]


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
        self._answers: dict[str, dict[str, Any]] = {}

    def say(self, message: dict[str, Any], *buffers: Any) -> None:
        """Tell all pages."""
        asked = message.get("id")
        # Before it is sent: that may fail, and the change is made.
        self._keep(asked, message)
        self._send(message, *buffers)
        self._answered.add(asked)

    def _keep(self, asked: str | None, message: dict[str, Any]) -> None:
        if asked is None or "revision" not in message:
            return
        if message["type"] == "refused":
            # What the cells hold is told anew.
            self._answers[asked] = {**message, "changes": []}
        else:
            known = {"type": "known", "id": asked, "revision": message["revision"]}
            self._answers[asked] = known
        while len(self._answers) > ANSWERS:
            del self._answers[next(iter(self._answers))]

    def repeat(self, asked: str) -> bool:
        """Say the answer to a patch once more; False if it is a new one.

        What holds has to be told after it.
        """
        if asked not in self._answers:
            return False
        self.say(self._answers[asked])
        return True

    def rejoin(self, said: Rejoin, revision: int, tell_all: Callable[[], None]) -> None:
        """Answer a page that may have missed something; ``tell_all`` tells all that holds."""
        are_known = [self.repeat(asked) for asked in said.pending]
        if any(are_known) or said.revision != revision:
            tell_all()
        self.say({"type": "rejoined", "id": said.id})

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


def reader(patch: type[P]) -> Callable[[Mapping[str, Any]], P | Turn | Look | Rejoin]:
    """Return what reads the messages of pages that send such patches.

    It raises pydantic's ValidationError on anything else: then widget and package are of different
    versions.

    Examples
    --------
    >>> reader(Asked)({"type": "undo"}).type
    'undo'
    """
    known: Any = Annotated[patch | Turn | Look | Rejoin, Field(discriminator="type")]
    said: TypeAdapter[P | Turn | Look | Rejoin] = TypeAdapter(known)
    return said.validate_python
