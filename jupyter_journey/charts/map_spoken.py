"""What stands in a cell of the map, in words: for the table beside it and its description."""

from __future__ import annotations

from jupyter_journey import catalogue
from jupyter_journey.charts.map_figures import day, shown, written
from jupyter_journey.charts.map_view import MapView, Row, View
from jupyter_journey.charts.map_words import joined, mood, signed, widget_word
from jupyter_journey.model.records import Measurement

__all__ = ["remarks", "spoken", "told"]


def spoken(cell: View, row: Row, on: MapView) -> list[str]:
    """Return a cell's contents as words, one entry for each thing that stands in it."""
    kind = row.lane.kind
    if kind == "score":
        return _scores(cell, on)
    if kind == "metric":
        return _figures(cell, on)
    return [day(item, on.language) for item in cell.items] if kind == "date" else list(cell.items)


def remarks(cell: View, on: MapView) -> list[str]:
    """Return what is said of a cell's contents: its evidence, and whether it is hers alone."""
    said = []
    if cell.evidence != "assumed":
        evidence = catalogue.text(on.language, "evidence", cell.evidence)
        said.append(widget_word(on.language, "evidence_is", evidence=evidence))
    if cell.shared:
        said.append(widget_word(on.language, "shared"))
    return said


def told(cell: View, row: Row, on: MapView) -> str:
    """Return all that a cell says in one line, as the live map has it read out."""
    return joined(
        [widget_word(on.language, "apart").join(spoken(cell, row, on)), *remarks(cell, on)],
        on.language,
    )


def _figures(cell: View, on: MapView) -> list[str]:
    language = on.language
    said = [_figure(figure, on) for figure in cell.figures]
    if cell.score is not None:
        own = written(cell.score, cell.unit, language)
        said.insert(0, widget_word(language, "override", value=own))
    if cell.target is not None:
        aim = written(cell.target, cell.unit, language)
        said.append(widget_word(language, "target_value", value=aim))
    return said


def _figure(figure: Measurement, on: MapView) -> str:
    it = shown(figure, on)
    value = " ".join(filter(None, [it.value, it.unit]))
    named = widget_word(on.language, "figure", value=value, name=it.name)
    return joined([named, it.rest], on.language)


def _scores(cell: View, on: MapView) -> list[str]:
    language = on.language
    said = [] if cell.score is None else [_point(cell.score, language)]
    said += [_measured(figure, on) for figure in cell.figures]
    if cell.target is not None:
        aim = _point(cell.target, language)
        said.append(widget_word(language, "target_value", value=aim))
    return said


def _measured(figure: Measurement, on: MapView) -> str:
    it = shown(figure, on)
    known = figure.value is not None and not figure.suppressed
    value = _point(figure.value or 0.0, on.language) if known else it.value
    said = widget_word(on.language, "measured_value", value=value)
    return joined([said, it.rest], on.language)


def _point(score: float, language: str) -> str:
    return widget_word(language, "point", word=mood(language, score), score=signed(score, language))
