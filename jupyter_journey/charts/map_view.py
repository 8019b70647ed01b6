"""What a map shows, before anything is drawn: visible lanes, their cells, names looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jupyter_journey import catalogue
from jupyter_journey.charts.map_words import map_word, mood, type_name
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.model.records import Cell, Document, Lane, Measurement, Persona, Stage

__all__ = ["SHARES", "MapView", "Row", "View", "amount", "number", "quantity", "spoken", "view"]

SHARES = ("share", "ratio", "rate", "fraction", "proportion")


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
    least: int
    """Groups smaller than this are not shown."""


def view(journey: Journey, persona: str | None = None) -> MapView:
    """Gather what the map of a journey shows.

    Parameters
    ----------
    journey
        The journey.
    persona
        Name or id of the persona whose cells to show, the shared ones where she has none; without
        one the shared cells are shown, and in a persona-based map a band of rows for each persona.

    Raises
    ------
    UnknownNameError
        If there is no such persona.
    """
    document = journey.document
    people = {person.id: person.name for person in document.personas}
    chosen = id_of("persona", persona, people) if persona else None
    names = {stage.id: stage.name for stage in document.stages}
    kind = type_name(document.language, document.map_type)
    return MapView(
        title=document.title,
        subtitle=" · ".join([kind, people[chosen]] if chosen else [kind]),
        language=document.language,
        stages=document.stages,
        parents=tuple(names.get(stage.parent_id or "", "") for stage in document.stages),
        rows=tuple(_rows(document, chosen)),
        least=document.settings.min_group,
    )


def _rows(document: Document, chosen: str | None) -> Iterable[Row]:
    bands: list[Persona | None] = [next((p for p in document.personas if p.id == chosen), None)]
    if chosen is None and document.map_type == "persona-based" and document.personas:
        shared = any(cell.persona_id is None for cell in document.cells)
        bands = [*([None] if shared else []), *document.personas]
    for band in bands:
        heading = band.name if band and chosen is None else ""
        for lane in document.lanes:
            if not lane.hidden:
                owner = band.id if band else None
                yield Row(lane, _cells(document, lane, owner, shared=chosen is not None), heading)
                heading = ""


def _cells(
    document: Document, lane: Lane, persona_id: str | None, *, shared: bool
) -> tuple[View, ...]:
    """Return a lane's cells, with ``shared`` those for all where the persona has none."""
    kept: dict[str, Cell] = {}
    for owner in (None, persona_id) if shared else (persona_id,):
        for cell in document.cells:
            if cell.lane_id == lane.id and cell.persona_id == owner:
                kept[cell.stage_id] = cell
    names = _names(document, lane)
    figures: dict[str | None, tuple[Measurement, ...]] = {}
    for figure in shown_figures(document, persona_id):
        if figure.lane_id == lane.id:
            figures[figure.stage_id] = (*figures.get(figure.stage_id, ()), figure)
    return tuple(
        _cell(kept.get(stage.id), names, figures.get(stage.id, ())) for stage in document.stages
    )


def _names(document: Document, lane: Lane) -> dict[str, str]:
    if not lane.refers_to:
        return {}
    return {record.id: record.name for record in getattr(document, lane.refers_to)}


def _cell(cell: Cell | None, names: dict[str, str], figures: tuple[Measurement, ...]) -> View:
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
    )


def number(value: float) -> str:
    """Return a number as a reader wants it: three significant digits, all digits of the thousands.

    Examples
    --------
    >>> number(0.12345), number(1234.5), number(-2.0)
    ('0.123', '1,234', '−2')
    """
    digits = f"{value:,.0f}" if 100 <= abs(value) < 1e12 else f"{value:.3g}"
    return digits.replace("-", "−")


def amount(value: float, unit: str) -> tuple[str, str]:
    """Return a value as it is read and the unit that follows it; shares become per cent.

    Examples
    --------
    >>> amount(0.4213, "share"), amount(3.5, "days")
    (('42.1', '%'), ('3.5', 'days'))
    """
    return (number(value * 100), "%") if unit in SHARES else (number(value), unit)


def quantity(value: float, unit: str) -> str:
    """Return a value with its unit.

    Examples
    --------
    >>> quantity(3.5, "days"), quantity(0.5, "share")
    ('3.5 days', '50%')
    """
    shown, suffix = amount(value, unit)
    return f"{shown}%" if suffix == "%" else f"{shown} {suffix}".strip()


def spoken(cell: View, row: Row, shown: MapView) -> list[str]:
    """Return a cell's contents as words, one entry for each thing that stands in it."""
    language = shown.language
    said = list(cell.items)
    if cell.score is not None and row.lane.kind == "score":
        said.append(f"{number(cell.score)} ({mood(language, cell.score)})")
    elif cell.score is not None:
        said.append(quantity(cell.score, cell.unit))
    said += [_figure(figure, shown) for figure in cell.figures]
    if cell.target is not None:
        said.append(map_word(language, "target", value=quantity(cell.target, cell.unit)))
    if cell.evidence == "proposed" and said:
        said.append(f"({catalogue.text(language, 'evidence', 'proposed')})")
    return said


def _figure(figure: Measurement, shown: MapView) -> str:
    if figure.suppressed:
        return f"{figure.name}: {map_word(shown.language, 'not_shown', least=shown.least)}"
    if figure.value is None:
        return f"{figure.name}: –"
    about = [] if figure.n is None else [f"n = {figure.n:,}"]
    if figure.low is not None and figure.high is not None:
        low, high = amount(figure.low, figure.unit)[0], amount(figure.high, figure.unit)[0]
        about.append(f"{figure.level:.0%} {low} – {high}")
    value = quantity(figure.value, figure.unit)
    return f"{figure.name}: {value}" + (f" ({', '.join(about)})" if about else "")
