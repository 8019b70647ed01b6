"""The emotion curve: assumed, measured and target through one lane, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from jupyter_journey import catalogue
from jupyter_journey.charts.map_marks import Block, lines, mark, place, sizes, word
from jupyter_journey.charts.map_text import text_width
from jupyter_journey.charts.map_view import MapView, Row, View, number
from jupyter_journey.charts.map_words import map_word, mood

__all__ = ["draw_curve", "smooth"]

Point = tuple[float, float]
Series = list[float | None]

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
    for name in ("assumed", "target", "measured"):
        if name in placed:
            block.marks += _line(name, placed[name], middle, filled=name == next(iter(placed)))
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


def _line(
    name: str, points: Sequence[Point | None], middle: float, *, filled: bool
) -> list[Element]:
    marks: list[Element] = []
    for run in _runs(points):
        path = smooth(run)
        if filled and len(run) > 1:
            area = f"{path}L{run[-1][0]:.1f} {middle:.1f}L{run[0][0]:.1f} {middle:.1f}Z"
            marks.append(mark("path", d=area, class_="jj-area"))
        if len(run) > 1:
            marks.append(mark("path", d=path, class_=f"jj-line-{name}"))
        marks += [mark("circle", cx=x, cy=y, r=4.5, class_=f"jj-point-{name}") for x, y in run]
    return marks


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Split at the gaps: a stage without a value isn't bridged."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def smooth(points: Sequence[Point]) -> str:
    """Return the path of a curve through points that never overshoots them.

    A monotone cubic (Fritsch and Carlson, 1980): between two points the curve stays between their
    heights, so it shows no feeling that nobody named.

    Examples
    --------
    >>> smooth([(0, 0), (3, 3)])
    'M0.0 0.0C1.0 1.0 2.0 2.0 3.0 3.0'
    """
    slopes = _slopes(points)
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for ((x0, y0), (x1, y1)), (s0, s1) in zip(pairwise(points), pairwise(slopes), strict=True):
        third = (x1 - x0) / 3
        path += f"C{x0 + third:.1f} {y0 + s0 * third:.1f} {x1 - third:.1f} {y1 - s1 * third:.1f}"
        path += f" {x1:.1f} {y1:.1f}"
    return path


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
                said.append(value if figure.n is None else f"{value} · n = {figure.n:,}")
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
