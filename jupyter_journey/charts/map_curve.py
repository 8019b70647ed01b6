"""The emotion curve: assumed, measured and target through one lane, on one axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeVar
from xml.etree.ElementTree import Element

from jupyter_journey.charts.map_cells import draw_evidence
from jupyter_journey.charts.map_figures import shown as figure_shown
from jupyter_journey.charts.map_marks import Block, mark, place, sizes, word
from jupyter_journey.charts.map_metric import basis, draw_state
from jupyter_journey.charts.map_text import text_width
from jupyter_journey.charts.map_view import MapView, Row, View
from jupyter_journey.charts.map_words import mood, signed, widget_word
from jupyter_journey.model.records import Measurement

__all__ = ["draw_curve", "line_kinds", "smooth"]

Point = tuple[float, float]
Arc = tuple[Point, Point, Point, Point]
Series = list[float | None]
T = TypeVar("T")

_KINDS = ("assumed", "measured", "target")
_MOST = 2
_SMALL = 11
_ROOM = 32
"""Above and below the curve: a face and the word to it fit beyond the ends."""
_STEEPNESS = 22.5
"""Pixels to a point of the score."""


def draw_curve(row: Row, shown: MapView, column: float) -> Block:
    """Draw a score lane through all its stages, each ``column`` pixels wide."""
    scores = {kind: [_score(cell, kind) for cell in row.cells] for kind in line_kinds(row)}
    if not scores:
        return Block()
    middle = _ROOM + 2 * _STEEPNESS
    block = Block(height=2 * middle)
    block.marks.append(
        mark("path", d=f"M0 {middle:.1f}H{column * len(row.cells):.1f}", class_="jj-zero")
    )
    placed = {
        kind: [
            None if score is None else ((spot + 0.5) * column, middle - score * _STEEPNESS)
            for spot, score in enumerate(series)
        ]
        for kind, series in scores.items()
    }
    neutral = [((spot + 0.5) * column, middle) for spot in range(len(row.cells))]
    block.marks[:0] = _gap([*placed.values(), neutral])
    for kind in reversed(placed):
        block.marks += _line(kind, placed[kind])
    for spot, cell in enumerate(row.cells):
        here = {kind: points[spot] for kind, points in placed.items()}
        block.marks += _points(cell, here, shown.language, column)
    caption = _captions(row, shown, column)
    if caption.marks:
        block.below(caption)
    return block


def line_kinds(row: Row) -> list[str]:
    """Return which lines a lane has."""
    return [kind for kind in _KINDS if any(_score(cell, kind) is not None for cell in row.cells)]


def _score(cell: View, kind: str) -> float | None:
    if kind != "measured":
        return cell.score if kind == "assumed" else cell.target
    measured = cell.figures[0] if cell.figures else None
    if measured is None or measured.value is None or measured.suppressed:
        return None
    return measured.value if abs(measured.value) <= _MOST else None


def _gap(placed: Sequence[Sequence[Point | None]]) -> list[Element]:
    """Shade what the map is about: the gap from assumed to measured, or else to aimed at.

    Where there is no other line beside the first, the neutral one is.
    """
    one, *others = placed
    for other in others:
        pairs = [
            (over, under) if over and under else None
            for over, under in zip(_arcs(one), _arcs(other), strict=True)
        ]
        runs = _runs(pairs)
        if runs:
            return [mark("path", d=_between(run), class_="jj-area") for run in runs]
    return []


def _between(run: Sequence[tuple[Arc, Arc]]) -> str:
    """Return the path around what lies between two lines."""
    over, under = zip(*run, strict=True)
    back = [arc[::-1] for arc in reversed(under)]
    return f"{_path(over)}L{_path(back)[1:]}Z"


def _line(kind: str, points: Sequence[Point | None]) -> list[Element]:
    runs = [run for run in _runs(points) if len(run) > 1]
    return [mark("path", d=smooth(run), class_=f"jj-line-{kind}") for run in runs]


def _runs(points: Sequence[T | None]) -> list[list[T]]:
    """Split at the gaps: a stage without a value isn't bridged."""
    runs: list[list[T]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _arcs(points: Sequence[Point | None]) -> list[Arc | None]:
    """Return the piece of a line from each stage to the next, where both have a point."""
    joined = [one is not None and other is not None for one, other in pairwise(points)]
    pieces = iter([arc for run in _runs(points) for arc in _smoothed(run)])
    return [next(pieces) if is_joined else None for is_joined in joined]


def smooth(points: Sequence[Point]) -> str:
    """Return the path of a curve through points that never overshoots them.

    A monotone cubic (Fritsch and Carlson, 1980): between two points the curve stays between their
    heights, so it shows no feeling that nobody named.

    Examples
    --------
    >>> smooth([(0, 0), (3, 3)])
    'M0.0 0.0C1.0 0.0 2.0 3.0 3.0 3.0'
    """
    return _path(_smoothed(points))


def _path(arcs: Sequence[Arc]) -> str:
    (x, y), *_ = arcs[0]
    pieces = (" ".join(f"{x:.1f} {y:.1f}" for x, y in arc[1:]) for arc in arcs)
    return f"M{x:.1f} {y:.1f}" + "".join(f"C{piece}" for piece in pieces)


def _smoothed(points: Sequence[Point]) -> list[Arc]:
    arcs: list[Arc] = []
    for (start, end), (s0, s1) in zip(pairwise(points), pairwise(_slopes(points)), strict=True):
        third = (end[0] - start[0]) / 3
        leave = (start[0] + third, start[1] + s0 * third)
        arrive = (end[0] - third, end[1] - s1 * third)
        arcs.append((start, leave, arrive, end))
    return arcs


def _slopes(points: Sequence[Point]) -> list[float]:
    """Return how steep a curve is at its points: flat at the ends and wherever it turns."""
    steps = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    if not steps:
        return [0.0]
    inner = [
        0.0 if before * after <= 0 else 2 * before * after / (before + after)
        for before, after in pairwise(steps)
    ]
    return [0.0, *inner, 0.0]


def _points(
    cell: View, here: Mapping[str, Point | None], language: str, column: float
) -> list[Element]:
    """Draw a stage's points: a face where it is assumed, marks for measured and target."""
    marks: list[Element] = []
    if target := here.get("target"):
        marks.append(mark("circle", cx=target[0], cy=target[1], r=4, class_="jj-point-target"))
    if measured := here.get("measured"):
        diamond = mark("path", d="M0 -5.5L5.5 0L0 5.5L-5.5 0Z", class_="jj-point-measured")
        marks.append(place([diamond], *measured))
    if (assumed := here.get("assumed")) and cell.score is not None:
        marks.append(place(_face(cell.score), assumed[0] - 12, assumed[1] - 12))
        y = assumed[1] + (25 if _is_below(cell, assumed, here) else -18)
        marks += _feeling(cell.score, language, assumed[0], y, column - 8)
    return marks


def _is_below(cell: View, assumed: Point, here: Mapping[str, Point | None]) -> bool:
    """Tell on which side the words stand: away from the other marks, else from the middle."""
    heights = [point[1] if point else assumed[1] for point in (here.get(k) for k in _KINDS[1:])]
    above = sum((height < assumed[1]) - (height > assumed[1]) for height in heights)
    return (above or -(cell.score or 0)) > 0


def _face(score: float) -> list[Element]:
    corner, lips = 14.8 - score * 0.7, 14.8 + score * 2.1
    mouth = f"M9 9.4h.01M15 9.4h.01M7.8 {corner:.1f}Q12 {lips:.1f} 16.2 {corner:.1f}"
    return [
        mark("circle", cx=12, cy=12, r=10, class_="jj-face"),
        mark("path", d=mouth, class_="jj-mouth"),
    ]


def _feeling(score: float, language: str, x: float, y: float, room: float) -> list[Element]:
    value, said = signed(score, language), mood(language, score)
    wide = text_width(value, _SMALL, bold=True)
    whole = min(wide + 4 + text_width(said, _SMALL), room)
    left = x - whole / 2
    return [
        word(value, left, y, "jj-feeling", _SMALL, wide, bold=True),
        word(said, left + wide + 4, y, "jj-mood", _SMALL, whole - wide - 4),
    ]


def _captions(row: Row, shown: MapView, column: float) -> Block:
    """Write under the curve what was measured, on how many cases, and whether it still holds."""
    block, pad = Block(), sizes()["pad"]
    room = column - 2 * pad
    for spot, cell in enumerate(row.cells):
        below = Block()
        for figure in cell.figures:
            below.below(_caption(figure, shown, room))
        below.below(draw_evidence(cell, shown, room, middle=True))
        if below.height:
            block.marks.append(place(below.marks, spot * column + pad, 0))
            block.height = max(block.height, below.height)
    return block


def _caption(figure: Measurement, shown: MapView, room: float) -> Block:
    it, language = figure_shown(figure, shown), shown.language
    said = [widget_word(language, "measured_value", value=it.value)]
    said += [it.cases] if it.cases else it.basis[:1] if figure.suppressed else []
    block = basis(said, room)
    block.below(draw_state(shown.states.get(figure.id, ""), it.state, room))
    return block
