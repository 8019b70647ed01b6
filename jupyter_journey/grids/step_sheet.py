"""What a step's mode asks for: nothing, grids to fill in, or a lesson around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.grids.frame_column import Column
from jupyter_journey.grids.frame_grid import FrameGrid
from jupyter_journey.grids.journey_grid import JourneyGrid
from jupyter_journey.grids.step_changes import with_changes
from jupyter_journey.grids.step_fields import about_grid, answers_grid, with_about, with_answers
from jupyter_journey.model.frames import records_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.patches import between
from jupyter_journey.model.records import COLLECTIONS
from jupyter_journey.steps import Result, written

__all__ = ["Worksheet", "worksheet"]

_MAP, _ABOUT, _ANSWERS, _TAKEN = "map", "about", "answers", "accept"
_POINTERS = {
    "from_stage_id": "stages",
    "parent_id": "stages",
    "segment_id": "segments",
    "stage_id": "stages",
    "to_stage_id": "stages",
}
_DIGITS = 3
"""Decimals of the shares that stand beside a proposal."""
_NOT_HERE = frozenset(("interview", "support", "share"))
"""Fields that aren't filled in by hand, or not in one cell."""


class Worksheet:
    """A step's grids, and the journey with what was filled in.

    Examples
    --------
    >>> from jupyter_journey.steps import Request, personas
    >>> result = personas.run(Journey.new("Draft"), Request(mode="work"))
    >>> sheet = worksheet(result)
    >>> sheet.grids["personas"].insert(values={"name": "Champion"})
    >>> sheet.journey.personas["id"].tolist()
    ['champion']
    """

    def __init__(self, result: Result) -> None:
        self._result = result
        self._saved: Journey | None = None
        self.grids: Mapping[str, FrameGrid | JourneyGrid] = {}
        """By collection, or name of a frame of proposals; ``map`` for the map itself, ``about`` for
        fields of the journey itself, ``answers`` for what the personas answered."""
        if result.request.mode != "report":
            self.grids = dict(self._made())

    def _made(self) -> Iterator[tuple[str, FrameGrid | JourneyGrid]]:
        journey = self._result.journey
        for name in self._result.sheets or (_MAP,):
            if name == _MAP:
                yield name, JourneyGrid(journey, findings=self._result.request.mode == "teach")
            elif name == _ABOUT:
                yield name, about_grid(journey, self._result.about)
            elif name == _ANSWERS:
                if journey.document.personas:
                    yield name, answers_grid(journey)
            else:
                yield name, _grid(journey, name)
        for name in self._result.takers:
            frame = self._result.frames.get(name, pd.DataFrame())
            if len(frame):
                yield name, _proposals(name, frame, journey.language)

    @property
    def journey(self) -> Journey:
        """The step's journey with what was filled in and taken over since.

        Raises
        ------
        TwiceChangedError
            If a table and the map were changed to say different things of one field.
        """
        shown = self._result.journey
        drawn = self.grids.get(_MAP)
        journey = drawn.journey if isinstance(drawn, JourneyGrid) else shown
        for name, grid in self.grids.items():
            if not isinstance(grid, FrameGrid):
                continue
            if name in self._result.takers:
                taken = grid.frame[grid.frame[_TAKEN].astype(bool)].drop(columns=_TAKEN)
                if len(taken):
                    journey = self._result.takers[name](journey, taken)
            elif grid.revision:
                journey = _TAKE.get(name, partial(_with, name))(journey, shown, grid.frame)
        return journey

    def written(self, output: str) -> Journey:
        """Write the journey with what was filled in, and again whenever more is.

        An empty ``output`` writes nothing. The file that was read is refused only if somebody else
        changed it meanwhile; any other is replaced.

        Raises
        ------
        StaleSaveError
            If somebody else changed the file that was read.
        PersonalDataError
            If the journey holds personal data, and its settings don't say why.
        TwiceChangedError
            If a table and the map were changed to say different things of one field.
        """
        journey = self.journey
        if self._saved is not None and self._saved.path == journey.path:
            journey = self._saved.patch(between(self._saved.document, journey.document))
        self._saved = written(journey, output)
        return self._saved

    def __iter__(self) -> Iterator[Any]:
        """Yield what there is to display: questions, grids under their headings, what is open."""
        result = self._result
        if result.request.mode == "report":
            return
        yield result.table("questions")
        for name, grid in self.grids.items():
            if name != _MAP:
                yield result.caption(name)
            yield grid
        if result.request.mode == "teach":
            yield from result.chapter("feedback")


def worksheet(result: Result) -> Worksheet:
    """Return what the mode of a step's request asks for, to display by ``display(*sheet)``.

    ``report``: nothing. ``work``: the step's questions, and a grid for what the step fills in and
    for what it proposes, where a tick takes a row over. ``teach``: the same, and after it which
    rules of the method are kept.
    """
    return Worksheet(result)


def _grid(journey: Journey, collection: str) -> FrameGrid:
    frame = journey.frame(collection)
    shown = frame[[name for name in frame.columns if name not in _NOT_HERE]]
    words = _words(collection, journey.language)
    asked = {}
    for name in shown.columns:
        options = _ids(journey, name)
        kind: Any = {"kind": "choice", "options": options} if options else {}
        if shown[name].dtype == object and name not in _POINTERS:
            kind = {"kind": "tags" if name != "where" else "other"}
        asked[name] = Column(
            label=_heading(name, words), required=name == "name", editable=name != "id", **kind
        )
    return FrameGrid(shown, asked, language=journey.language)


def _words(name: str, language: str) -> Mapping[str, str]:
    """Return what the columns of this table are called."""
    said = catalogue.texts(language)
    named: dict[str, str] = said["columns"] | said["table_columns"].get(name, {})
    return named


def _heading(name: str, words: Mapping[str, str]) -> str | None:
    """Return what a column is called; one of ids, as what they are the ids of."""
    return words.get(name, words.get(name.removesuffix("_id").removesuffix("_stage")))


def _ids(journey: Journey, field: str) -> tuple[str, ...]:
    collection = _POINTERS.get(field)
    return tuple(one.id for one in getattr(journey.document, collection)) if collection else ()


def _proposals(name: str, frame: pd.DataFrame, language: str) -> FrameGrid:
    words = _words(name, language)
    made = frame.round(_DIGITS)
    made.insert(0, _TAKEN, False)
    asked = {column: Column(label=_heading(column, words)) for column in made.columns}
    return FrameGrid(made, asked, language=language)


def _with(collection: str, journey: Journey, shown: Journey, edited: pd.DataFrame) -> Journey:
    """Make what was changed in a grid of the journey shown; a new row gets an id of its name."""
    before = shown.frame(collection)
    hidden = [name for name in before.columns if name == "id" or name not in edited.columns]
    whole = edited.merge(before[hidden], on="id", how="left")
    taken = [record.id for record in getattr(journey.document, collection)]
    after: Any = records_of(whole, COLLECTIONS[collection], collection, taken)
    return with_changes(journey, collection, getattr(shown.document, collection), after)


_TAKE: Mapping[str, Callable[[Journey, Journey, pd.DataFrame], Journey]] = {
    _ABOUT: with_about,
    _ANSWERS: with_answers,
}
"""What hands a grid back that is no collection's: to the journey, from the one shown."""
