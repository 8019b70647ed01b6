"""The journey map as a widget: edited with the mouse, read and changed with pandas."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import RLock
from typing import Any, cast
from uuid import uuid4

import anywidget
import pandas as pd
import traitlets

from jupyter_journey.charts import map_html
from jupyter_journey.errors import JourneyError
from jupyter_journey.grids import bound, notebook, pages, patches
from jupyter_journey.grids.words import map_signs, map_words
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.model.patches import Op, between, inverse
from jupyter_journey.paths import front_end
from jupyter_journey.privacy import check_journey
from jupyter_journey.steps import check

__all__ = ["JourneyGrid"]

MIME_TYPE = "application/vnd.jupyter-journey+json"
READ_ONLY = "the map is read-only"


class _Guarded(traitlets.Instance[Journey]):
    """A trait that is never set while an edit from the browser is being taken in."""

    def set(self, obj: traitlets.HasTraits, value: Journey) -> None:
        with cast("JourneyGrid", obj).lock:
            super().set(obj, value)


class JourneyGrid(anywidget.AnyWidget):
    """A journey map that is edited in the notebook.

    What is typed into a cell stands in :attr:`journey` and :attr:`frame` at once; what Python
    changes, the map shows at once. Without a kernel the output stays readable.

    Parameters
    ----------
    journey
        A journey, or a frame that :meth:`Journey.from_frame` takes.
    persona
        Name or id: show and edit this persona's cells instead of the shared ones.
    bind
        Edit the given wide frame in place. What a later cell changes in it by pandas, the map
        shows once that cell has run, the newest of several maps of the frame.
    findings
        List beside the map what :func:`jupyter_journey.check` finds.
    read_only
        Show the map only.

    Raises
    ------
    UnbindableFrameError
        If ``bind`` is asked for and the frame couldn't hold what a map may write into it.

    Examples
    --------
    >>> grid = JourneyGrid(Journey.new("Acme Boards"))
    >>> grid.set("Onboarding", "Goal", "First board in ten minutes")
    >>> grid.frame.loc["Goal", "Onboarding"]
    'First board in ten minutes'
    >>> grid.undo()
    True
    >>> grid.frame.loc["Goal", "Onboarding"]
    ''
    """

    _esm = front_end("journey_grid.js")

    # Also where a journey is refused before there is anything to stop.
    _unhook: Callable[[], None] | None = None

    journey = _Guarded(Journey)
    """The journey as it is now. Set it to show another."""
    revision = traitlets.Int(0, read_only=True)
    """Counts the changes of this grid, wherever they came from."""
    read_only = traitlets.Bool(False).tag(sync=True)
    findings = traitlets.Bool(False)
    """Whether the findings of the checks are listed beside the map."""
    states = traitlets.Dict().tag(sync=True)
    """Whether a figure still holds, by measurement id: fresh, stale, no-source or broken."""
    _grid_id = traitlets.Unicode().tag(sync=True)
    # Set by the page: see widgets/src/hosts/confirm.ts.
    _answered = traitlets.Int().tag(sync=True)
    _found = traitlets.List(traitlets.Dict(), None, allow_none=True).tag(sync=True)
    _words = traitlets.Dict().tag(sync=True)
    _signs = traitlets.Dict().tag(sync=True)
    # Asked for, not sent: a page that loads gets the present state, an edit sends only itself.
    _snapshot = traitlets.Any().tag(sync=True, to_json=lambda _, grid: grid._state())  # noqa: SLF001

    def __init__(
        self,
        journey: Journey | pd.DataFrame,
        persona: str | None = None,
        *,
        bind: bool = False,
        findings: bool = False,
        read_only: bool = False,
        **layout: Any,
    ) -> None:
        self._bound = bound.bindable(journey) if bind else None
        if isinstance(journey, pd.DataFrame):
            journey = Journey.from_frame(journey)
        names = {record.id: record.name for record in journey.document.personas}
        # Edits arrive in another thread than the one that runs the user's cell.
        self.lock = RLock()
        self._persona_id = id_of("persona", persona, names) if persona else None
        self._patch: patches.Patch | None = None
        self._done: list[list[Op]] = []
        self._undone: list[list[Op]] = []
        self._is_step = True
        # What a page needs to draw anything is there when it hears of the widget.
        drawn = {"_words": map_words(journey.language), "_signs": map_signs()}
        super().__init__(
            journey=journey, read_only=read_only, _grid_id=uuid4().hex, **drawn, **layout
        )
        self._output = notebook.Output(self)
        self.observe(self._tell, "journey")
        self.observe(self._look, ["journey", "findings"])
        self.observe(lambda _: self._output.renew(), "states")
        self.findings = findings
        self.on_msg(self._hear)
        if self._bound is not None:
            self._unhook = notebook.after_each_cell(self, self._bound)

    def close(self) -> None:
        """Take the map off all pages and stop following a bound frame."""
        if self._unhook:
            self._unhook()
        super().close()

    @property
    def frame(self) -> pd.DataFrame:
        """The map as a wide frame, lanes × stages, as it is now; the bound one, if there is one."""
        return self.journey.wide(self._persona_id) if self._bound is None else self._bound

    def set(
        self, stage: str, lane: str, value: Any, persona: str | None = None, **fields: Any
    ) -> None:
        """Change one cell; takes and raises what :meth:`Journey.set` does.

        Without a persona the cell that the grid shows is meant.
        """
        with self.lock:
            self._catch_up()
            chosen = persona or self._persona_id
            self.journey = self.journey.set(stage, lane, value, persona=chosen, **fields)

    def apply(self, frame: pd.DataFrame) -> None:
        """Take over every cell that differs in a wide frame, as one step of undo.

        Raises
        ------
        CellValueError
            If a value doesn't suit its lane; then nothing is changed.
        """
        with self.lock:
            self._catch_up()
            self.journey = self.journey.with_wide(frame, self._persona_id)

    def undo(self) -> bool:
        """Take the last change back, whoever made it; tell whether there was one."""
        return self._step(self._done, self._undone, inverse)

    def redo(self) -> bool:
        """Make the change again that :meth:`undo` took back; tell whether there was one."""
        return self._step(self._undone, self._done, list)

    def on_change(self, listener: Callable[[Journey], Any]) -> Callable[[], None]:
        """Call ``listener`` with the journey after every change; return how to stop that.

        Examples
        --------
        >>> grid = JourneyGrid(Journey.new("Acme Boards"))
        >>> stop = grid.on_change(lambda journey: print(journey.title))
        >>> grid.journey = grid.journey.change(title="Acme")
        Acme
        """

        def tell(change: Any) -> None:
            listener(change["new"])

        self.observe(tell, "journey")
        return lambda: self.unobserve(tell, "journey")

    def to_html(self, path: str | os.PathLike[str]) -> Path:
        """Write the map as a page of its own that needs no script, no style sheet, no network.

        Raises
        ------
        PersonalDataError
            If the journey holds personal data, and ``settings.personal_data`` doesn't say why.
        """
        place = Path(path)
        check_journey(self.journey, str(place))
        shown = pages.page(self.journey, self._persona_id, self.states)
        place.write_text(shown, encoding="utf-8")
        return place

    def _state(self) -> dict[str, Any]:
        with self.lock:
            return {
                "document": self.journey.dumps(),
                "revision": self.revision,
                "persona": self._persona_id,
            }

    def _step(
        self, source: list[list[Op]], target: list[list[Op]], turn: Callable[[list[Op]], list[Op]]
    ) -> bool:
        with self.lock:
            self._catch_up()
            if not source:
                return False
            changed = self.journey.patch(turn(source[-1]))
            target.append(source.pop())
            self._is_step = False
            try:
                self.journey = changed
            finally:
                self._is_step = True
            return True

    def _tell(self, change: Any) -> None:
        """Count a change, keep it for undo, and tell the pages and the bound frame."""
        with self.lock:
            before, after = change["old"], change["new"]
            patch, self._patch = self._patch, None
            ops = between(before.document, after.document)
            if self._is_step and ops:
                self._done.append(ops)
                self._undone.clear()
            # Whatever fails on the way, the pages must hear what holds.
            with ExitStack() as always:
                always.callback(self._tell_pages, ops, patch)
                always.callback(self.set_trait, "revision", self.revision + 1)
                if self._bound is not None:
                    bound.write(self._bound, before, after, self._persona_id)

    def _tell_pages(self, ops: list[Op], patch: patches.Patch | None) -> None:
        self._words = map_words(self.journey.language)
        if self._persona_id in {None, *(person.id for person in self.journey.document.personas)}:
            self.send(patches.changed(ops, self.revision, patch))
        else:
            self._persona_id = None
            self.send({"type": "document", **self._state()})
        self._output.renew()

    def _look(self, _: Any) -> None:
        found: Any = check(self.journey).to_dict(orient="records") if self.findings else None
        self._found = found

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        said = patches.read(content)
        with self.lock:
            if isinstance(said, patches.Patch):
                self._take(said)
            elif isinstance(said, patches.History):
                if not self.read_only:
                    _ = self.undo() if said.step == "undo" else self.redo()
            elif said.revision != self.revision:
                self.send({"type": "document", **self._state()})

    def _take(self, patch: patches.Patch) -> None:
        if self.read_only:
            self.send(patches.refused(patch, self.revision, READ_ONLY))
            return
        try:
            self._catch_up()
            patches.check_unlocked(self.journey.document, patch.ops)
            changed = self.journey.patch(patch.ops)
        except JourneyError as error:
            self.send(patches.refused(patch, self.revision, str(error)))
            return
        if changed == self.journey:
            self.send(patches.changed((), self.revision, patch))
            return
        self._patch = patch
        self.journey = changed

    def _follow(self) -> None:
        """Take over what a cell did to the bound frame."""
        with self.lock:
            if self._bound is not None:
                self.journey = bound.followed(self.journey, self._bound, self._persona_id)

    def _catch_up(self) -> None:
        """Follow before the cell has ended, lest a change overwrites what pandas just wrote.

        A value that can't be taken over is told once the cell has. Where it is the frame's shape,
        no change can be written into it without undoing what pandas did.
        """
        try:
            self._follow()
        except JourneyError:
            if not bound.has_shape(self.frame, self.journey.wide(self._persona_id)):
                raise

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live map, and the forms that stay readable without a kernel."""
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        data["text/plain"] = f"<JourneyGrid of {self.journey!r}>"
        data["text/html"] = map_html(self.journey, persona=self._persona_id, states=self.states)
        data[MIME_TYPE] = json.loads(self.journey.dumps())
        about = {"grid_id": self._grid_id, "persona": self._persona_id, "states": self.states}
        return data, metadata | {MIME_TYPE: about}

    def _ipython_display_(self, **_: Any) -> None:
        self._output.show()
