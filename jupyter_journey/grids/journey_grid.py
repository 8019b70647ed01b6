"""The journey map as a widget: edited with the mouse, read and changed with pandas."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import anywidget
import pandas as pd
import traitlets

from jupyter_journey.charts import map_html
from jupyter_journey.grids import bound, notebook, pages
from jupyter_journey.grids.frame_changes import as_frame
from jupyter_journey.grids.interrupts import unbroken
from jupyter_journey.grids.keywords import check_keywords
from jupyter_journey.grids.map_desk import Desk
from jupyter_journey.grids.map_places import place_of
from jupyter_journey.grids.map_view import MapView
from jupyter_journey.grids.messages import GUARD, Line
from jupyter_journey.grids.words import map_signs, map_words
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.privacy import check_journey
from jupyter_journey.steps import check

__all__ = ["JourneyGrid"]

MIME_TYPE = "application/vnd.jupyter-journey+json"


class _Guarded(traitlets.Instance[Journey]):
    """A trait that is never set while an edit from the browser is being taken in."""

    def __set__(self, obj: traitlets.HasTraits, value: Any) -> None:
        """Show what is given, and lose nothing that pandas did to the bound frame meanwhile."""
        with GUARD:
            if isinstance(value, Journey) and obj.trait_has_value(str(self.name)):
                value = cast("JourneyGrid", obj)._desk.rebased(value)  # noqa: SLF001
            self.set(obj, value)

    def set(self, obj: traitlets.HasTraits, value: Journey) -> None:
        with GUARD, unbroken():
            super().set(obj, value)


class JourneyGrid(MapView, anywidget.AnyWidget):
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
        shows once that cell has run, the newest of several maps of the frame; a name that comes to
        stand for another frame is warned of.
    findings
        List beside the map what :func:`jupyter_journey.check` finds.
    read_only
        Show the map only.

    Raises
    ------
    FrameError
        If neither a journey nor a frame is given.
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

    _esm = notebook.page_code("journey_grid.js")

    # Also where a journey is refused before there is anything to stop.
    _unhook: Callable[[], None] | None = None

    journey = _Guarded(Journey)
    """The journey as it is now. Set it to show another."""
    revision = traitlets.Int(0, read_only=True)
    """Counts the changes of this grid, wherever they came from. It can only be read: let another
    trait follow it by ``ipywidgets.dlink((grid, "revision"), (other, "value"))``."""
    read_only = traitlets.Bool(False).tag(sync=True)
    findings = traitlets.Bool(False)
    """Whether the findings of the checks are listed beside the map."""
    states = traitlets.Dict().tag(sync=True)
    """Whether a figure still holds, by measurement id: fresh, stale, no-source or broken."""
    _grid_id = traitlets.Unicode().tag(sync=True)
    # Set by the page: see widgets/src/hosts/line.ts. It knows, so it needs no echo.
    _answered = traitlets.Int().tag(sync=True, echo_update=False)
    _found = traitlets.List(traitlets.Dict(), None, allow_none=True).tag(sync=True)
    _words = traitlets.Dict().tag(sync=True)
    _signs = traitlets.Dict().tag(sync=True)
    # Asked for, not sent: a page that loads gets the present state, an edit sends only itself.
    _snapshot = traitlets.Any().tag(sync=True, to_json=lambda _, grid: grid._desk.state())  # noqa: SLF001

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
        check_keywords(self, layout)
        frame = bound.bindable(journey) if bind else None
        if not isinstance(journey, Journey):
            journey = Journey.from_frame(as_frame(journey))
        names = {record.id: record.name for record in journey.document.personas}
        persona_id = id_of("persona", persona, names) if persona else None
        self._line = Line(lambda message: self.send(message))
        self._desk = Desk(self, persona_id, frame, self._line)
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
        if frame is not None:
            self._unhook = notebook.after_each_cell(self, frame)

    def close(self) -> None:
        """Take the map off all pages and stop following a bound frame."""
        if self._unhook:
            self._unhook()
        super().close()

    @property
    def frame(self) -> pd.DataFrame:
        """The map as a wide frame, lanes × stages, as it is now; the bound one, if there is one."""
        return self._desk.frame

    def set(
        self, stage: str, lane: str, value: Any, persona: str | None = None, **fields: Any
    ) -> None:
        """Change one cell; takes and raises what :meth:`Journey.set` does.

        Without a persona the cell that the grid shows is meant.
        """
        chosen = persona or self._desk.persona_id
        self._desk.change(lambda it: it.set(stage, lane, value, persona=chosen, **fields))

    def apply(self, frame: pd.DataFrame) -> None:
        """Take over every cell that differs in a wide frame, as one step of undo.

        Raises
        ------
        CellValueError
            If a value doesn't suit its lane; then nothing is changed.
        FrameError
            If it is no frame.
        """
        given = as_frame(frame)
        self._desk.change(lambda it: it.with_wide(given, self._desk.persona_id))

    def undo(self) -> bool:
        """Take the last change back, whoever made it; tell whether there was one.

        The last 200 changes can be taken back.
        """
        return self._desk.step("undo")

    def redo(self) -> bool:
        """Make the change again that :meth:`undo` took back; tell whether there was one."""
        return self._desk.step("redo")

    def on_change(self, listener: Callable[[Journey], Any]) -> Callable[[], None]:
        """Call ``listener`` with the journey after every change; return how to stop that.

        :meth:`FrameGrid.on_change` gives its listener the grid, as a frame may be long.

        Examples
        --------
        >>> grid = JourneyGrid(Journey.new("Acme Boards"))
        >>> stop = grid.on_change(lambda journey: print(journey.title))
        >>> grid.journey = grid.journey.change(title="Acme")
        Acme
        """

        def tell(change: Any) -> None:
            listener(change["new"])

        told = [tell]

        def stop() -> None:
            while told:
                self.unobserve(told.pop(), "journey")

        self.observe(tell, "journey")
        return stop

    def to_html(self, path: str | os.PathLike[str]) -> Path:
        """Write the map as a page of its own that needs no script, no style sheet, no network.

        Raises
        ------
        PersonalDataError
            If the journey holds personal data, and ``settings.personal_data`` doesn't say why.
        """
        place = Path(path)
        check_journey(self.journey, str(place))
        shown = pages.page(self.journey, self._desk.persona_id, self.states)
        place.write_text(shown, encoding="utf-8")
        return place

    def _tell(self, change: Any) -> None:
        before, after = change["old"], change["new"]
        try:
            self._desk.tell(before, after)
        finally:
            self._look_away()
            if after.language != before.language:
                self._words = map_words(after.language)
            self._output.renew()

    def _look(self, _: Any) -> None:
        document = self.journey.document
        found: Any = check(self.journey).to_dict(orient="records") if self.findings else None
        self._found = found and [row | place_of(document, row["where"]) for row in found]

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        with self._line.answering(content, self._desk.refuse):
            self._desk.hear(content)

    def _follow(self) -> None:
        self._desk.follow()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live map, and the forms that stay readable without a kernel."""
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        data["text/plain"] = f"<JourneyGrid of {self.journey!r}>"
        data["text/html"] = map_html(
            self.journey, persona=self._desk.persona_id, states=self.states
        )
        data[MIME_TYPE] = json.loads(self.journey.dumps())
        about = {"grid_id": self._grid_id, "persona": self._desk.persona_id, "states": self.states}
        return data, metadata | {MIME_TYPE: about}

    def _ipython_display_(self, **_: Any) -> None:
        self._output.show()
