"""Figures of a metric lane: what was computed, on what it rests, what a person set instead."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from jupyter_journey.charts.map_figures import SHARES, Trend, by_hand, quantity, shown, written
from jupyter_journey.charts.map_marks import Block, flow, lines, mark, place, sizes, word
from jupyter_journey.charts.map_text import text_width, wrap
from jupyter_journey.charts.map_view import MapView, Row, View
from jupyter_journey.charts.map_words import widget_word
from jupyter_journey.model.records import Measurement

__all__ = ["basis", "draw_figures", "draw_state"]

_SMALL = 11
_SIGN = 14

# Never by colour alone: a shape, too, and the word behind it.
_WAYS = {"up": "M5 1L9 8.5H1Z", "down": "M1 1.5H9L5 9Z", "level": "M1 3.5H9M1 6.5H9"}
_SHAPES = {
    "fresh": "M1 5.5L4 8.5L9 1.5",
    "stale": "M5 .8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4zM5 2.6V5.2L6.8 6.4",
    "no-source": "M5 .8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4z",
    "broken": "M1.5 1.5L8.5 8.5M8.5 1.5L1.5 8.5",
}


def draw_figures(cell: View, row: Row, on: MapView, room: float) -> Block:
    """Draw the figures of a cell, each under its name, and the value aimed at."""
    block = Block()
    if cell.score is not None and not cell.figures:
        block.below(_own(cell.score, None, on, room))
    for figure in cell.figures:
        # a person's figure stands for the lane's first metric
        own = cell.score if figure is cell.figures[0] else None
        block.below(_figure(figure, own, row, on, room), gap=10)
    if cell.target is not None:
        value = written(cell.target, cell.unit, on.language)
        said = widget_word(on.language, "target_value", value=value)
        block.below(lines(said, room, "jj-aim", size=_SMALL), gap=4)
    return block


def _figure(figure: Measurement, own: float | None, row: Row, on: MapView, room: float) -> Block:
    it = shown(figure, on)
    block = lines(it.name, room, "jj-small", size=_SMALL)
    if own is None:
        block.below(_large(it.value, it.unit, room))
    else:
        value = " ".join(filter(None, [it.value, it.unit]))
        said = widget_word(on.language, "computed", value=value)
        block.below(_own(own, figure, on, room))
        block.below(lines(said, room, "jj-strong", size=12, bold=True))
    if it.interval:
        block.below(_whisker(it.interval, _scale(figure, row), room), gap=3)
    block.below(basis(it.basis, room), gap=1)
    if it.trend:
        block.below(_trend(it.trend, room))
    block.below(draw_state(on.states.get(figure.id, ""), it.state, room))
    return block


def _own(own: float, figure: Measurement | None, on: MapView, room: float) -> Block:
    block = _large(*quantity(own, figure.unit if figure else "", on.language), room)
    block.below(lines(by_hand(own, figure, on.language), room, "jj-small", size=_SMALL))
    return block


def _large(value: str, unit: str, room: float) -> Block:
    size = sizes()["value"]
    block = Block(height=size * 1.2)
    wide = text_width(value, size, bold=True)
    if wide > room:
        return lines(f"{value} {unit}", room, "jj-strong", bold=True)
    block.marks.append(word(value, 0, size * 0.92, "jj-value", size, room, bold=True))
    if unit and wide + 5 + text_width(unit, 12) <= room:
        rest = room - wide - 5
        block.marks.append(word(unit, wide + 5, size * 0.92, "jj-unit", 12, rest))
    elif unit:
        block.below(lines(unit, room, "jj-unit", size=12))
    return block


def basis(parts: Sequence[str], room: float) -> Block:
    """Write what a figure rests on, as many parts in a line as there is room for."""
    return flow([_part(part, room) for part in parts], room, gap=8)


def _part(text: str, room: float, style: str = "jj-small") -> tuple[float, Block]:
    wide = max(text_width(line, _SMALL) for line in wrap(text, _SMALL, room))
    return wide, lines(text, room, style, size=_SMALL)


def _trend(trend: Trend, room: float) -> Block:
    looks = trend.mood or "plain"
    sign = mark("path", d=_WAYS[trend.way], class_=f"jj-{looks}-way")
    moved = _signed(sign, trend.text, f"jj-{looks}-word", room)
    return flow([moved, _part(trend.since, room)], room, gap=8)


def draw_state(state: str, said: str, room: float) -> Block:
    """Say whether a figure still holds, where somebody looked."""
    if not state:
        return Block()
    looks = "good" if state == "fresh" else "bad"
    sign = mark("path", d=_SHAPES.get(state, _SHAPES["broken"]), class_=f"jj-{looks}-sign")
    return _signed(sign, said, f"jj-{looks}-word", room)[1]


def _signed(sign: Element, text: str, style: str, room: float) -> tuple[float, Block]:
    block = lines(text, room, style, size=_SMALL, bold=True, x=_SIGN)
    wide = max(
        text_width(line, _SMALL, bold=True) for line in wrap(text, _SMALL, room - _SIGN, bold=True)
    )
    block.marks.append(place([sign], 0, 3))
    return wide + _SIGN, block


def _scale(figure: Measurement, row: Row) -> tuple[float, float]:
    """Return the range of a lane's whiskers, zero included; shares have one in common."""
    if figure.unit in SHARES:
        return 0.0, 1.0
    figures = [other for cell in row.cells for other in cell.figures if other.unit == figure.unit]
    ends = [
        end
        for other in figures
        if not other.suppressed
        for end in (other.low, other.high, other.value)
        if end is not None
    ]
    return min(0.0, *ends), max(0.0, *ends)


def _whisker(
    interval: tuple[float, float, float], scale: tuple[float, float], room: float
) -> Block:
    wide = min(room - 8, 140)
    least, most = scale
    low, value, high = (4 + wide * (end - least) / ((most - least) or 1.0) for end in interval)
    whisker = f"M{low:.1f} 2V10M{low:.1f} 6H{high:.1f}M{high:.1f} 2V10"
    marks = [
        mark("path", d=f"M4 6H{4 + wide:.1f}", class_="jj-track"),
        mark("path", d=whisker, class_="jj-whisker"),
        mark("circle", cx=value, cy=6, r=3.5, class_="jj-mean"),
    ]
    return Block(12, marks)
