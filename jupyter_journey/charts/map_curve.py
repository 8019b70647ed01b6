"""The emotion curve: assumed, measured and target through one lane, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar
from xml.etree.ElementTree import Element

from jupyter_journey import catalogue
from jupyter_journey.charts.map_marks import Block, lines, mark, place, sizes, word
from jupyter_journey.charts.map_text import text_width
from jupyter_journey.charts.map_view import MapView, Row, View, number
from jupyter_journey.charts.map_words import map_word, mood

__all__ = ["draw_curve", "smooth"]

Point = tuple[float, float]
Arc = tuple[Point, Point, Point, Point]
Series = list[float | None]
T = TypeVar("T")

_ROOM_ABOVE = 26
_LEGEND = 20


def draw_curve(row: Row, shown: MapView, column: float) -> Block:
    """Draw a score lane through all its stages, each ``column`` pixels wide."""
    series = {
        "assumed": [cell.score for cell in row.cells],
        "measured": [_measured(cell) for cell in row.cells],
        "target": [cell.target for cell in row.cells],
    }
    present = {
        name: points for name, points in series.items() if any(p is not None for p in points)
    }
    legend = _LEGEND if len(present) > 1 else 0
    top, high = _ROOM_ABOVE + legend, sizes()["curve"]
    scale = max([2.0, *(abs(p) for points in present.values() for p in points if p is not None)])
    middle = top + high / 2
    block = Block(height=top + high + _ROOM_ABOVE)
    if not present:
        return Block()
    block.marks.append(_zero(middle, column * len(row.cells)))
    block.marks += _faces(top, high)
    placed = {
        name: [
            None if p is None else ((spot + 0.5) * column, middle - p / scale * high / 2)
            for spot, p in enumerate(points)
        ]
        for name, points in present.items()
    }
    neutral = [((spot + 0.5) * column, middle) for spot in range(len(row.cells))]
    block.marks += _gap([*placed.values(), neutral])
    for name in ("assumed", "target", "measured"):
        block.marks += _line(name, placed.get(name, []))
    block.marks += _labels(row, shown, placed, column)
    if legend:
        block.marks.append(_legend(list(present), shown.language))
    caption = _captions(row, shown, column)
    if caption.marks:
        block.below(caption)
    return block


def _measured(cell: View) -> float | None:
    return next((f.value for f in cell.figures if f.value is not None and not f.suppressed), None)


def _zero(y: float, width: float) -> Element:
    return mark("path", d=f"M0 {y:.1f}H{width:.1f}", class_="jj-zero")


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


def _line(name: str, points: Sequence[Point | None]) -> list[Element]:
    marks: list[Element] = []
    for run in _runs(points):
        if len(run) > 1:
            marks.append(mark("path", d=smooth(run), class_=f"jj-line-{name}"))
        marks += [mark("circle", cx=x, cy=y, r=4.5, class_=f"jj-point-{name}") for x, y in run]
    return marks


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
    'M0.0 0.0C1.0 1.0 2.0 2.0 3.0 3.0'
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
    steps = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    if not steps:
        return [0.0]
    inner = [
        0.0 if before * after <= 0 else 2 * before * after / (before + after)
        for before, after in pairwise(steps)
    ]
    return [steps[0], *inner, steps[-1]]


def _labels(
    row: Row, shown: MapView, placed: dict[str, list[Point | None]], column: float
) -> list[Element]:
    """Write each assumed feeling near its point, outside all lines at that stage."""
    marks: list[Element] = []
    for spot, point in enumerate(placed.get("assumed", [])):
        score = row.cells[spot].score
        if point is None or score is None:
            continue
        here = [p[1] for p in (points[spot] for points in placed.values()) if p]
        near = [p[1] for p in placed["assumed"][max(0, spot - 1) : spot + 2] if p]
        above, below = min(here) - 12, max(here) + 21
        up, down = point[1] - above, below - point[1]
        mean = sum(near) / len(near)
        rising = point[1] < mean or (point[1] == mean and score >= 0)
        y = above if (up < down - 10 or (abs(up - down) <= 10 and rising)) else below
        said = mood(shown.language, score)
        marks.append(word(said, point[0], y, "jj-mood", 12, column - 8, anchor="middle"))
    return marks


def _faces(top: float, high: float) -> list[Element]:
    """Say what up and down mean."""
    eyes = "M-2.5 -1.5h.01M2.5 -1.5h.01"
    mouths = {top: "M-3 2q3 3 6 0", top + high: "M-3 3.5q3 -3 6 0"}
    return [
        place(
            [
                mark("circle", r=7.5, class_="jj-icon"),
                mark("path", d=mouth + eyes, class_="jj-icon"),
            ],
            -18,
            y,
        )
        for y, mouth in mouths.items()
    ]


def _captions(row: Row, shown: MapView, column: float) -> Block:
    """Write the measured and aimed-at values under the curve."""
    block, pad = Block(), sizes()["pad"]
    for spot, cell in enumerate(row.cells):
        said = []
        for figure in cell.figures:
            if figure.suppressed:
                said.append(map_word(shown.language, "not_shown", least=shown.least))
            elif figure.value is not None:
                value = f"{_word('measured', shown.language)} {number(figure.value)}"
                said.append(value if figure.n is None else f"{value} · n\u00a0=\u00a0{figure.n:,}")
        if cell.target is not None:
            said.append(map_word(shown.language, "target", value=number(cell.target)))
        column_block = Block()
        for entry in said:
            column_block.below(lines(entry, column - 2 * pad, "jj-small", size=11))
        if column_block.marks:
            block.marks.append(place(column_block.marks, spot * column + pad, 0))
            block.height = max(block.height, column_block.height)
    return block


def _legend(names: Sequence[str], language: str) -> Element:
    marks: list[Element] = []
    x = 0.0
    for name in names:
        said = _word(name, language)
        marks.append(mark("path", d=f"M{x:.1f} 6h22", class_=f"jj-line-{name}"))
        marks.append(mark("circle", cx=x + 11, cy=6, r=3.5, class_=f"jj-point-{name}"))
        marks.append(word(said, x + 28, 10, "jj-small", 11, 200))
        x += 28 + text_width(said, 11) + 22
    return place(marks, sizes()["pad"], 0)


def _word(name: str, language: str) -> str:
    return catalogue.text(language, "widget", name)
