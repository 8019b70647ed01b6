"""One cell of the map, drawn by its lane's kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jupyter_journey.charts.map_marks import Block, lines, mark, sizes, theme, word
from jupyter_journey.charts.map_text import text_width, wrap
from jupyter_journey.charts.map_view import SHARES, MapView, Row, View, amount, quantity
from jupyter_journey.charts.map_words import map_word
from jupyter_journey.model.records import Measurement

__all__ = ["draw_cell"]

_INDENT = 12


@dataclass(frozen=True)
class _Place:
    row: Row
    shown: MapView
    room: float


def draw_cell(cell: View, row: Row, shown: MapView, room: float) -> Block:
    """Draw what stands in a cell, in the width ``room``; its height follows from that."""
    if cell.empty:
        return Block()
    return _DRAWN.get(row.lane.kind, _text)(cell, _Place(row, shown, room))


def _text(cell: View, here: _Place) -> Block:
    style = "jj-quote" if here.row.lane.id in theme()["quoted"] else "jj-text"
    block = Block()
    for item in cell.items:
        block.below(lines(item, here.room, style))
    return block


def _list(cell: View, here: _Place) -> Block:
    tone = theme()["tones"].get(here.row.lane.id, "dot")
    block = Block()
    for item in cell.items:
        entry = lines(item, here.room, "jj-text", x=_INDENT)
        entry.marks.append(
            mark("circle", cx=3, cy=sizes()["leading"] / 2, r=2, class_=f"jj-{tone}")
        )
        block.below(entry, gap=5)
    return block


def _chips(cell: View, here: _Place) -> Block:
    colours = _colours(here)
    block, x, top, high = Block(), 0.0, 0.0, 22.0
    for item in cell.items:
        broken = wrap(item, 12, here.room - 18)
        wide = min(here.room, max(text_width(line, 12) for line in broken) + 18)
        tall = high + (len(broken) - 1) * 16
        if x and x + wide > here.room:
            x, top = 0.0, block.height + 6
        style = f"jj-chip{colours[item]}"
        block.marks.append(mark("rect", x=x, y=top, width=wide, height=tall, rx=11, class_=style))
        for number, line in enumerate(broken):
            base = top + 15.3 + number * 16
            block.marks.append(word(line, x + 9, base, f"{style}t", 12, wide - 18))
        x += wide + 6
        block.height = max(block.height, top + tall)
    return block


def _colours(here: _Place) -> Mapping[str, int]:
    """Give each value of a lane its colour, the same for every persona.

    The offered ones come first, then as they appear.
    """
    lane = here.row.lane
    rows = [row for row in here.shown.rows if row.lane.id == lane.id]
    said = (item for row in rows for cell in row.cells for item in cell.items)
    named = dict.fromkeys([*lane.options, *said])
    return {item: place % len(theme()["light"]["chips"]) for place, item in enumerate(named)}


def _choice(cell: View, here: _Place) -> Block:
    block = Block()
    for item in cell.items:
        entry = lines(item, here.room - 18, "jj-strong", bold=True, size=12, x=9)
        wide = 18 + max(
            text_width(line, 12, bold=True) for line in wrap(item, 12, here.room - 27, bold=True)
        )
        outline = mark(
            "rect",
            y=-2.5,
            width=min(wide, here.room),
            height=entry.height + 5,
            rx=5,
            class_="jj-outline",
        )
        entry.marks.insert(0, outline)
        block.below(entry, gap=6)
    return block


def _metric(cell: View, here: _Place) -> Block:
    block = Block()
    if cell.score is not None and not cell.figures:
        block.below(_large(cell.score, "", here.room))
    for figure in cell.figures:
        # a person's figure stands for the lane's first metric
        override = cell.score if figure is cell.figures[0] else None
        block.below(_figure(figure, here, override), gap=14)
    if cell.target is not None:
        value = quantity(cell.target, cell.unit)
        said = map_word(here.shown.language, "target", value=value)
        block.below(lines(said, here.room, "jj-goal", size=11), gap=4)
    return block


def _large(value: float, unit: str, room: float) -> Block:
    shown, suffix = amount(value, unit)
    size = sizes()["value"]
    block = Block(height=size * 1.2)
    wide = text_width(shown, size, bold=True)
    if wide > room:
        return lines(f"{shown} {suffix}", room, "jj-strong", bold=True)
    block.marks.append(word(shown, 0, size * 0.92, "jj-value", size, room, bold=True))
    gap = 2 if suffix == "%" else 5
    if suffix and wide + gap + text_width(suffix, 12) <= room:
        rest = room - wide - gap
        block.marks.append(word(suffix, wide + gap, size * 0.92, "jj-unit", 12, rest))
    elif suffix:
        block.below(lines(suffix, room, "jj-unit", size=12))
    return block


def _figure(figure: Measurement, here: _Place, override: float | None) -> Block:
    """Draw a figure under its name; what a person put instead stands large, the computed small."""
    block = lines(figure.name, here.room, "jj-small", size=11)
    language = here.shown.language
    if override is not None:
        block.below(_large(override, figure.unit, here.room))
    if figure.suppressed:
        said = map_word(language, "not_shown", least=here.shown.least)
        block.below(lines(said, here.room, "jj-hushed", size=12), gap=2)
        return block
    if figure.value is None:
        block.below(lines("–", here.room, "jj-unit"))
        return block
    if override is None:
        block.below(_large(figure.value, figure.unit, here.room))
    else:
        said = map_word(language, "computed", value=quantity(figure.value, figure.unit))
        block.below(lines(said, here.room, "jj-unit", size=12), gap=2)
    if figure.low is not None and figure.high is not None:
        block.below(_whisker(figure, figure.value, figure.low, figure.high, here), gap=3)
    elif figure.n is not None:
        block.below(lines(f"n\u00a0=\u00a0{figure.n:,}", here.room, "jj-small", size=11), gap=1)
    return block


def _whisker(figure: Measurement, value: float, low: float, high: float, here: _Place) -> Block:
    """Draw an interval on the scale of its metric in the lane; shares all have that of 0 to 1."""
    peers = [
        edge
        for cell in here.row.cells
        for other in cell.figures
        if other.metric == figure.metric and not other.suppressed
        for edge in (other.low, other.high, other.value)
        if edge is not None
    ]
    least, most = min(0.0, *peers), max(0.0, *peers)
    if figure.unit in SHARES:
        least, most = 0.0, 1.0
    wide = here.room - 8

    def at(edge: float) -> float:
        return 4 + wide * (edge - least) / ((most - least) or 1.0)

    block = Block(height=12)
    block.marks += [
        mark("path", d=f"M4 6H{4 + wide:.1f}", class_="jj-track"),
        mark("path", d=f"M{at(low):.1f} 6H{at(high):.1f}", class_="jj-whisker"),
        mark("circle", cx=at(value), cy=6, r=3.2, class_="jj-mean"),
    ]
    last, unit = amount(high, figure.unit)
    ends = f"{amount(low, figure.unit)[0]}–{last}" + ("%" if unit == "%" else "")
    said = ends if figure.n is None else f"{ends} · n\u00a0=\u00a0{figure.n:,}"
    block.below(lines(said, here.room, "jj-small", size=11), gap=1)
    return block


_DRAWN: Mapping[str, Callable[[View, _Place], Block]] = {
    "list": _list,
    "reference": _list,
    "chips": _chips,
    "choice": _choice,
    "metric": _metric,
}
