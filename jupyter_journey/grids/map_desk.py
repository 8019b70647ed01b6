"""The kernel's side of a map: its steps, the frame it is bound to, and the talk with the pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Protocol

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.errors import JourneyError
from jupyter_journey.grids import bound, patches
from jupyter_journey.grids.interrupts import unbroken
from jupyter_journey.grids.locks import check_unlocked
from jupyter_journey.grids.messages import GUARD, STEPS, Line, Look, Rejoin
from jupyter_journey.grids.phrases import MapPhrase, worded
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.patches import Op, between, inverse
from jupyter_journey.model.records import Document

__all__ = ["Desk"]

READ_ONLY = MapPhrase("read_only")

_Turned = Callable[[list[Op]], list[Op]]
_Check = Callable[[Document, list[Op]], None]


class Map(Protocol):
    """What a desk asks of the widget it works for."""

    journey: Any
    revision: Any
    read_only: Any
    view: Any

    def set_trait(self, name: str, value: Any) -> None:
        """Set a trait, whoever else may not."""


class Desk:
    """Takes the pages' patches, keeps the steps, and tells pages and bound frame what holds.

    Parameters
    ----------
    frame
        The wide frame that is bound to the map.
    line
        Leads to all pages.
    """

    def __init__(
        self, shown: Map, persona_id: str | None, frame: pd.DataFrame | None, line: Line
    ) -> None:
        self.persona_id = persona_id
        self.bound = frame
        self._map = shown
        self._line = line
        self._patch: patches.Patch | None = None
        self._done: deque[list[Op]] = deque(maxlen=STEPS)
        self._undone: deque[list[Op]] = deque(maxlen=STEPS)
        self._is_step = True

    @property
    def frame(self) -> pd.DataFrame:
        """The map as a wide frame; the bound one, if there is one."""
        return self._map.journey.wide(self.persona_id) if self.bound is None else self.bound

    def state(self) -> dict[str, Any]:
        """Return all that a page needs to begin."""
        with GUARD:
            return self._state(self._map.revision)

    def change(self, verb: Callable[[Journey], Journey]) -> None:
        """Change the journey, what pandas did to the bound frame taken over."""
        with GUARD:
            self._catch_up()
            self._map.set_trait("journey", verb(self._map.journey))

    def rebased(self, journey: Journey) -> Journey:
        """Return a journey as it is to be shown: with what pandas did meanwhile to the bound frame.

        Raises
        ------
        Conflict
            If pandas and the journey changed the same.
        """
        before = self._map.journey
        self._catch_up()
        if self._map.journey is before:
            return journey
        present: Journey = self._map.journey
        return present.patch(between(before.document, journey.document))

    def step(self, which: str, check: _Check = lambda *_: None) -> bool:
        """Undo or redo one step; False if there is none.

        ``check`` is given the document and what is to change, and may raise.
        """
        if which == "undo":
            return self._step(self._done, self._undone, inverse, check)
        return self._step(self._undone, self._done, list, check)

    def _step(
        self, source: deque[list[Op]], target: deque[list[Op]], turned: _Turned, check: _Check
    ) -> bool:
        with GUARD:
            self._catch_up()
            if not source:
                return False
            ops = turned(source[-1])
            check(self._map.journey.document, ops)
            changed = self._map.journey.patch(ops)
            with unbroken():
                target.append(source.pop())
                self._is_step = False
                try:
                    self._map.set_trait("journey", changed)
                finally:
                    self._is_step = True
            return True

    def tell(self, before: Journey, after: Journey) -> None:
        """Count a change, keep it for undo, and tell the bound frame and the pages."""
        with GUARD:
            patch, self._patch = self._patch, None
            ops = between(before.document, after.document)
            if self._is_step and ops:
                self._done.append(ops)
                self._undone.clear()
            revision = self._map.revision + 1
            # Whatever fails on the way, the pages must hear what holds, before anybody else does.
            with ExitStack() as always:
                always.callback(self._map.set_trait, "revision", revision)
                always.callback(self._tell_pages, ops, revision, patch)
                if self.bound is not None:
                    bound.write(self.bound, before, after, self.persona_id)

    def _tell_pages(self, ops: list[Op], revision: int, patch: patches.Patch | None) -> None:
        personas = {person.id for person in self._map.journey.document.personas}
        if self.persona_id is None or self.persona_id in personas:
            self._line.say(patches.changed(ops, revision, patch))
        else:
            self.persona_id = None
            self._tell_all(revision)

    def _tell_all(self, revision: int) -> None:
        self._line.say({"type": "document", **self._state(revision)})

    def _state(self, revision: int) -> dict[str, Any]:
        return {
            "document": self._map.journey.dumps(),
            "revision": revision,
            "persona": self.persona_id,
        }

    def hear(self, content: Mapping[str, Any]) -> None:
        """Do what a page says."""
        said = patches.read(content)
        with GUARD:
            if isinstance(said, patches.Patch):
                if self._line.repeat(said.id):
                    self._tell_all(self._map.revision)
                else:
                    self._take(said)
            elif isinstance(said, Rejoin):
                revision = self._map.revision
                self._line.rejoin(said, revision, lambda: self._tell_all(revision))
            elif isinstance(said, Look):
                self._map.view = {**self._map.view, **said.change}
                self._line.say({"type": "looked", "id": said.id})
            elif not self._map.read_only:
                self.step(said.type, check_unlocked)

    def _take(self, patch: patches.Patch) -> None:
        shown = self._map
        if shown.read_only:
            self.refuse(patch.id, READ_ONLY)
            return
        self._catch_up()
        check_unlocked(shown.journey.document, patch.ops)
        changed = shown.journey.patch(patch.ops)
        if changed == shown.journey:
            self._line.say(patches.changed((), shown.revision, patch))
            return
        self._patch = patch
        shown.set_trait("journey", changed)

    def refuse(self, asked: str | None, reason: str) -> None:
        """Tell the page that asked, by its patch's id, why nothing of that holds."""
        self._patch = None
        language = catalogue.nearest(self._map.journey.language) or "en"
        said = worded(reason, language)
        self._line.say(patches.refused(asked, self._map.revision, said))

    def follow(self) -> None:
        """Take over what a cell did to the bound frame."""
        with GUARD:
            if self.bound is not None:
                journey = bound.followed(self._map.journey, self.bound, self.persona_id)
                self._map.set_trait("journey", journey)

    def _catch_up(self) -> None:
        """Follow before the cell has ended, lest a change overwrites what pandas just wrote.

        A value that can't be taken over is told once the cell has. Where it is the frame's shape,
        no change can be written into it without undoing what pandas did.
        """
        try:
            self.follow()
        except JourneyError:
            if not bound.has_shape(self.frame, self._map.journey.wide(self.persona_id)):
                raise
