"""The journey map as a widget: edited with the mouse, read and changed with pandas."""

from __future__ import annotations

import json
from threading import RLock
from typing import Any, cast
from uuid import uuid4

import anywidget
import pandas as pd
import traitlets

from jupyter_journey.charts import map_html
from jupyter_journey.errors import JourneyError
from jupyter_journey.grids import patches
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.paths import front_end

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
    read_only
        Show the map only.

    Examples
    --------
    >>> grid = JourneyGrid(Journey.new("Acme Boards"))
    >>> grid.set("Onboarding", "Goal", "First board in ten minutes")
    >>> grid.frame.loc["Goal", "Onboarding"]
    'First board in ten minutes'
    """

    _esm = front_end("journey_grid.js")

    journey = _Guarded(Journey)
    """The journey as it is now. Set it to show another."""
    revision = traitlets.Int(0, read_only=True)
    """Counts the changes of this grid, wherever they came from."""
    read_only = traitlets.Bool(False).tag(sync=True)
    _grid_id = traitlets.Unicode().tag(sync=True)
    # Asked for, not sent: a page that loads gets the present state, an edit sends only itself.
    _snapshot = traitlets.Any().tag(sync=True, to_json=lambda _, grid: grid._state())  # noqa: SLF001

    def __init__(
        self,
        journey: Journey | pd.DataFrame,
        persona: str | None = None,
        *,
        read_only: bool = False,
        **layout: Any,
    ) -> None:
        if isinstance(journey, pd.DataFrame):
            journey = Journey.from_frame(journey)
        names = {record.id: record.name for record in journey.document.personas}
        # Edits arrive in another thread than the one that runs the user's cell.
        self.lock = RLock()
        self._persona_id = id_of("persona", persona, names) if persona else None
        self._patch: patches.Patch | None = None
        super().__init__(journey=journey, read_only=read_only, _grid_id=uuid4().hex, **layout)
        self.observe(self._tell, "journey")
        self.on_msg(self._hear)

    @property
    def frame(self) -> pd.DataFrame:
        """The map as a wide frame, lanes × stages, as it is now."""
        return self.journey.wide(self._persona_id)

    def set(self, stage: str, lane: str, value: Any, persona: str | None = None) -> None:
        """Change one cell; takes and raises what :meth:`Journey.set` does.

        Without a persona the cell that the grid shows is meant.
        """
        with self.lock:
            chosen = persona or self._persona_id
            self.journey = self.journey.set(stage, lane, value, persona=chosen)

    def _state(self) -> dict[str, Any]:
        with self.lock:
            return {
                "document": self.journey.dumps(),
                "revision": self.revision,
                "persona": self._persona_id,
            }

    def _tell(self, _: Any) -> None:
        """Count a change and tell the pages: the answer to a patch, or the whole document."""
        with self.lock:
            patch, self._patch = self._patch, None
            self.set_trait("revision", self.revision + 1)
            if patch:
                self.send(patches.accepted(patch, self.journey, self.revision))
            else:
                self.send({"type": "document", **self._state()})

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        said = patches.read(content)
        with self.lock:
            if isinstance(said, patches.Patch):
                self._take(said)
            elif said.revision != self.revision:
                self.send({"type": "document", **self._state()})

    def _take(self, patch: patches.Patch) -> None:
        def refuse(reason: str) -> None:
            self.send(patches.refused(patch, self.journey, self.revision, reason))

        if self.read_only:
            refuse(READ_ONLY)
            return
        try:
            changed = patches.applied(self.journey, patch.ops)
        except JourneyError as error:
            refuse(str(error))
            return
        if changed == self.journey:
            self.send(patches.accepted(patch, self.journey, self.revision))
            return
        self._patch = patch
        self.journey = changed

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live map, and the forms that stay readable without a kernel."""
        data, metadata = super()._repr_mimebundle_() or ({}, {})
        data["text/plain"] = f"<JourneyGrid of {self.journey!r}>"
        data["text/html"] = map_html(self.journey, persona=self._persona_id)
        data[MIME_TYPE] = json.loads(self.journey.dumps())
        about = {"grid_id": self._grid_id, "persona": self._persona_id}
        return data, metadata | {MIME_TYPE: about}
