"""What a map shows, before anything is drawn: visible lanes, their cells, names looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jupyter_journey import catalogue
from jupyter_journey.charts.map_words import type_name, widget_word
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.model.records import Cell, Document, Lane, Measurement, Persona, Stage

__all__ = ["MapView", "Row", "View", "view"]


@dataclass(frozen=True)
class View:
    """What stands in one lane at one stage."""

    items: tuple[str, ...] = ()
    score: float | None = None
    """What a person put in a score or metric lane."""
    target: float | None = None
    figures: tuple[Measurement, ...] = ()
    evidence: str = "assumed"
    note: str = ""
    shared: bool = False
    """Whether a persona's map shows here what holds for all."""

    @property
    def unit(self) -> str:
        """The unit of what was measured here."""
        return self.figures[0].unit if self.figures else ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.items or self.figures) and self.score is None and self.target is None


@dataclass(frozen=True)
class Row:
    """One lane as a row; ``heading`` names the persona whose band begins with it."""

    lane: Lane
    cells: tuple[View, ...]
    """One per stage, in the stages' order."""
    heading: str = ""


@dataclass(frozen=True)
class MapView:
    """All that a renderer of the map needs to know."""

    title: str
    subtitle: str
    language: str
    stages: tuple[Stage, ...]
    parents: tuple[str, ...]
    """Name of the stage each stage is a part of, or an empty text."""
    rows: tuple[Row, ...]
    document: Document
    states: Mapping[str, str]
    """Whether a figure still holds, by its id."""

    @property
    def least(self) -> int:
        """Groups smaller than this are not shown."""
        return self.document.settings.min_group


def view(
    journey: Journey, persona: str | None = None, states: Mapping[str, str] | None = None
) -> MapView:
    """Gather what the map of a journey shows.

    Parameters
    ----------
    journey
        The journey.
    persona
        Name or id of the persona whose cells to show, the shared ones where she has none; without
        one the shared cells are shown, and in a persona-based map a band of rows for each persona.
    states
        Whether figures still hold, by measurement id.

    Raises
    ------
    UnknownNameError
        If there is no such persona.
    """
    document = journey.document
    people = {person.id: person.name for person in document.personas}
    chosen = id_of("persona", persona, people) if persona else None
    names = {stage.id: stage.name for stage in document.stages}
    language = catalogue.nearest(document.language) or "en"
    kind = type_name(language, document.map_type)
    return MapView(
        title=document.title,
        subtitle=" · ".join([kind, people[chosen]] if chosen else [kind]),
        language=language,
        stages=document.stages,
        parents=tuple(names.get(stage.parent_id or "", "") for stage in document.stages),
        rows=tuple(_rows(document, chosen, language)),
        document=document,
        states=states or {},
    )


def _rows(document: Document, chosen: str | None, language: str) -> Iterable[Row]:
    bands: list[Persona | None] = [next((p for p in document.personas if p.id == chosen), None)]
    if chosen is None and document.map_type == "persona-based" and document.personas:
        shared = any(cell.persona_id is None for cell in document.cells)
        bands = [*([None] if shared else []), *document.personas]
    for band in bands:
        heading = band.name if band else widget_word(language, "everyone")
        heading = heading if len(bands) > 1 or (band and chosen is None) else ""
        for lane in document.lanes:
            if not lane.hidden:
                owner = band.id if band else None
                yield Row(
                    lane,
                    _cells(document, lane, owner, language, shared=chosen is not None),
                    heading,
                )
                heading = ""


def _cells(
    document: Document, lane: Lane, persona_id: str | None, language: str, *, shared: bool
) -> tuple[View, ...]:
    """Return a lane's cells, with ``shared`` those for all where the persona has none."""
    kept: dict[str, Cell] = {}
    for owner in (None, persona_id) if shared else (persona_id,):
        for cell in document.cells:
            if cell.lane_id == lane.id and cell.persona_id == owner:
                kept[cell.stage_id] = cell
    names = _names(document, lane, language)
    figures: dict[str | None, tuple[Measurement, ...]] = {}
    for figure in shown_figures(document, persona_id):
        if figure.lane_id == lane.id:
            figures[figure.stage_id] = (*figures.get(figure.stage_id, ()), figure)
    return tuple(
        _cell(kept.get(stage.id), persona_id, names, figures.get(stage.id, ()))
        for stage in document.stages
    )


def _names(document: Document, lane: Lane, language: str) -> Mapping[str, str]:
    """Return what the ids are called that stand in a lane's cells."""
    if lane.kind == "choice":
        called: dict[str, str] = catalogue.texts(language)["choices"]
        return called
    if not lane.refers_to:
        return {}
    return {record.id: record.name for record in getattr(document, lane.refers_to)}


def _cell(
    cell: Cell | None,
    persona_id: str | None,
    names: Mapping[str, str],
    figures: tuple[Measurement, ...],
) -> View:
    if cell is None:
        return View(figures=figures)
    value = cell.value
    texts = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return View(
        items=tuple(names.get(item, item) for item in texts),
        score=float(value) if isinstance(value, int | float) else None,
        target=cell.target,
        figures=figures,
        evidence=cell.evidence,
        note=cell.note,
        shared=cell.persona_id != persona_id,
    )
