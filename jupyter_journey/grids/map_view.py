"""What of a map is shown, as calls: whose cells, which stages' sub-steps, which lanes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import traitlets

from jupyter_journey.grids.map_desk import Desk
from jupyter_journey.grids.messages import GUARD
from jupyter_journey.model.names import id_of
from jupyter_journey.model.patches import FieldOp

__all__ = ["MapView"]


class MapView(traitlets.HasTraits):
    """What a map lets do to its view, by mouse as by Python."""

    journey: Any
    _desk: Desk

    view = traitlets.Dict(
        help="whose cells are shown (persona), in bands (bands), the ids of folded stages (folded)"
    ).tag(sync=True)

    def _see(self, **change: Any) -> None:
        with GUARD:
            self.view = {**self.view, **change}

    def look(self, persona: str | None = None, *, bands: bool = False) -> None:
        """Show a persona's cells, by name or id, everyone's, or a band of lanes for each persona.

        This is a way of looking: :attr:`frame` and :meth:`set` go on with the cells they began
        with.

        Raises
        ------
        UnknownNameError
            If there is no such persona.

        Examples
        --------
        >>> import jupyter_journey as jj
        >>> journey = jj.Journey.new("Acme Boards").add("personas", name="Administrator")
        >>> grid = jj.JourneyGrid(journey)
        >>> grid.look("Administrator")
        >>> grid.view["persona"]
        'administrator'
        """
        shown = None if persona is None else self._id_of("personas", persona)
        self._see(persona=shown, bands=bands)

    def _look_away(self) -> None:
        """Show the shared cells where the persona is gone whose cells were shown."""
        personas = {person.id for person in self.journey.document.personas}
        if self.view.get("persona") not in {None, *personas}:
            self._see(persona=None)

    def fold(self, *stages: str) -> None:
        """Fold the sub-steps of these stages away, by name or id; without any, of all stages.

        Raises
        ------
        UnknownNameError
            If there is no such stage.

        Examples
        --------
        >>> import jupyter_journey as jj
        >>> journey = jj.Journey.new("Shop", stages=["Look", "Buy"])
        >>> grid = jj.JourneyGrid(journey.add("stages", name="Pay", parent_id="buy"))
        >>> grid.fold()
        >>> grid.view["folded"]
        ['buy']
        >>> grid.unfold("Buy")
        >>> grid.view["folded"]
        []
        """
        named = [self._id_of("stages", stage) for stage in stages]
        parents = {stage.parent_id for stage in self.journey.document.stages} - {None}
        folded = {*self.view.get("folded", ()), *(named or parents)}
        self._see(folded=sorted(folded))

    def unfold(self, *stages: str) -> None:
        """Show the sub-steps of these stages again; without any, of all. Raises as :meth:`fold`."""
        named = [self._id_of("stages", stage) for stage in stages]
        folded = [it for it in self.view.get("folded", ()) if named and it not in named]
        self._see(folded=folded)

    def hide(self, *lanes: str) -> None:
        """Hide lanes, by name or id; their cells stay. One step of undo.

        Raises
        ------
        UnknownNameError
            If there is no such lane.

        Examples
        --------
        >>> import jupyter_journey as jj
        >>> grid = jj.JourneyGrid(jj.Journey.new("Acme Boards"))
        >>> grid.hide("Owner")
        >>> grid.journey.lanes.set_index("name").loc["Owner", "hidden"]
        np.True_
        >>> grid.unhide("Owner")
        >>> grid.journey.lanes["hidden"].any()
        np.False_
        """
        self._hide(lanes, is_hidden=True)

    def unhide(self, *lanes: str) -> None:
        """Show hidden lanes again; without any, all of them. Raises as :meth:`hide`."""
        hidden = [lane.id for lane in self.journey.document.lanes if lane.hidden]
        self._hide(lanes or hidden, is_hidden=False)

    def _hide(self, lanes: Iterable[str], *, is_hidden: bool) -> None:
        named = {self._id_of("lanes", lane) for lane in lanes}
        self._desk.change(
            lambda it: it.patch(
                FieldOp(
                    collection="lanes", key=lane.id, field="hidden", old=lane.hidden, new=is_hidden
                )
                for lane in it.document.lanes
                if lane.id in named
            )
        )

    def _id_of(self, collection: str, given: str) -> str:
        records = getattr(self.journey.document, collection)
        names = {record.id: record.name for record in records}
        return id_of(collection.removesuffix("s"), given, names)
