"""All steps of a journey one after another: what the report of all of them shows and writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from jupyter_journey import catalogue, steps
from jupyter_journey.charts.paragraphs import Markdown
from jupyter_journey.grids.step_sheet import Worksheet, worksheet
from jupyter_journey.model.journey import Journey
from jupyter_journey.steps.findings import called
from jupyter_journey.steps.provenance import Provenance
from jupyter_journey.steps.result import Result, heading

__all__ = ["Walk"]

_MODULES: Mapping[str, ModuleType] = MappingProxyType(
    {name: getattr(steps, name) for name in steps.STEPS}
)


class Walk:
    """A journey's steps in the order of its way; each takes over what the one before left.

    Examples
    --------
    >>> walk = Walk(steps.Request())
    >>> walk.names[:3]
    ('goals', 'personas', 'touchpoints')
    >>> shown = walk.step(1)
    >>> walk.journey.title
    'Untitled journey'
    """

    def __init__(self, request: steps.Request) -> None:
        self._request = request
        self._opened = request.open()
        self._done: list[tuple[Result, Worksheet]] = []
        self.names = steps.steps_of(self._opened)
        """The steps' names, in order."""

    @property
    def journey(self) -> Journey:
        """The journey as the last step left it, with what was filled in since."""
        return self._done[-1][1].journey if self._done else self._opened

    @property
    def opening(self) -> tuple[Any, ...]:
        """What the way is called, its steps, and whose journey this is, to display first."""
        journey, key = self._opened, self._opened.settings.way
        words = catalogue.texts(journey.language)["processes"].get(key, {})
        listed = [
            f"{place}. {row.called} → {row.number} · {row.name}"
            for place, row in enumerate(steps.way_of(journey).itertuples(), 1)
        ]
        name = called(journey, "processes", key)
        parts = (f"# {name}", words.get("text", ""), "\n".join(listed))
        return Markdown("\n\n".join(filter(None, parts))), heading(journey, self._request)

    def step(self, place: int) -> tuple[Any, ...]:
        """Run the step at this place, from 1; return what there is to display of it.

        It starts from what those before it left, which run first if they haven't, so that it can be
        run again. Behind the last there is none: nothing is done, and there is nothing to display.
        """
        if place > len(self.names):
            return ()
        del self._done[place - 1 :]
        self._reach(place)
        result, sheet = self._done[-1]
        return *steps.reported(result), *sheet, *result.chapter("findings")

    def written(self, output: str) -> Journey:
        """Write the journey with what was filled in, as :meth:`Worksheet.written` does."""
        self._reach(len(self.names))
        return self._done[-1][1].written(output)

    @property
    def provenance(self) -> Provenance:
        """What the report rests on, to display last; its figures for programs go with it."""
        self._reach(len(self.names))
        return self._done[-1][0].provenance

    def _reach(self, place: int) -> None:
        """Run the steps up to this place that haven't run."""
        while len(self._done) < place:
            module = _MODULES[self.names[len(self._done)]]
            result = module.run(self.journey, self._request)
            self._done.append((result, worksheet(result)))
