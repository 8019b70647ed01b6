"""One cell of the map, drawn by its lane's kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jupyter_journey import catalogue
from jupyter_journey.charts.map_figures import day
from jupyter_journey.charts.map_marks import Block, flow, lines, mark, place, sizes, theme
from jupyter_journey.charts.map_metric import draw_figures
from jupyter_journey.charts.map_text import text_width, wrap
from jupyter_journey.charts.map_view import MapView, Row, View
from jupyter_journey.charts.map_words import channel_of

__all__ = ["draw_cell", "draw_evidence"]

_INDENT = 13
_TAG = 12
_EVIDENCE = 11


@dataclass(frozen=True)
class _Place:
    row: Row
    shown: MapView
    room: float


def draw_cell(cell: View, row: Row, shown: MapView, room: float) -> Block:
    """Draw what stands in a cell, in the width ``room``; its height follows from that."""
    if cell.empty:
        return Block()
    block = _DRAWN.get(row.lane.kind, _text)(cell, _Place(row, shown, room))
    evidence = draw_evidence(cell, shown, room)
    if evidence.marks:
        block.below(evidence, gap=4)
    return block


def draw_evidence(cell: View, shown: MapView, room: float, *, middle: bool = False) -> Block:
    """Say what is observed or only proposed: by a sign and by its word."""
    if cell.evidence == "assumed" or cell.empty:
        return Block()
    said = catalogue.text(shown.language, "evidence", cell.evidence)
    wide = text_width(said, _EVIDENCE) + _INDENT
    left = max((room - wide) / 2, 0) if middle else 0.0
    block = lines(said, room, "jj-small", size=_EVIDENCE, x=left + _INDENT)
    look = "jj-observed" if cell.evidence == "observed" else "jj-proposed"
    block.marks.append(mark("circle", cx=left + 4, cy=block.height / 2, r=3.5, class_=look))
    return block


def _text(cell: View, here: _Place) -> Block:
    style = "jj-quote" if here.row.lane.id in theme()["quoted"] else "jj-text"
    block = Block()
    for item in cell.items:
        block.below(lines(item, here.room, style))
    return block


def _date(cell: View, here: _Place) -> Block:
    block = Block()
    for item in cell.items:
        block.below(lines(day(item, here.shown.language), here.room, "jj-text"))
    return block


def _list(cell: View, here: _Place) -> Block:
    tone = theme()["tones"].get(here.row.lane.id, "dot")
    block = Block()
    for item in cell.items:
        entry = lines(item, here.room, "jj-text", x=_INDENT)
        entry.marks.append(
            mark("circle", cx=3.5, cy=sizes()["leading"] / 2, r=2.5, class_=f"jj-{tone}")
        )
        block.below(entry, gap=4)
    return block


def _chips(cell: View, here: _Place) -> Block:
    colours = _colours(here)
    tags = []
    for item in cell.items:
        style = f"jj-chip{colours[item]}"
        tags.append(_tag(item, here.room, style, sign=_sign(item, style, here)))
    return flow(tags, here.room, gap=5, below=5)


def _sign(item: str, style: str, here: _Place) -> Element:
    """Draw a known channel's sign; anything else has a dot."""
    channel = channel_of(here.shown.language, item)
    if channel is None:
        return mark("circle", cx=12, cy=12, r=5, class_=f"{style}t")
    return mark("path", d=theme()["channels"][channel]["icon"], class_=f"{style}i")


def _colours(here: _Place) -> Mapping[str, int]:
    """Give each value of a lane its colour, the same for every persona.

    A channel has its own; else the offered values come first, then as they appear.
    """
    lane, language = here.row.lane, here.shown.language
    rows = [row for row in here.shown.rows if row.lane.id == lane.id]
    said = (item for row in rows for cell in row.cells for item in cell.items)
    named = dict.fromkeys([*lane.options, *said])
    channels, count = theme()["channels"], len(theme()["light"]["chips"])
    found = {item: channel_of(language, item) for item in named}
    return {
        item: channels[channel]["chip"] if channel else place % count
        for place, (item, channel) in enumerate(found.items())
    }


def _choice(cell: View, here: _Place) -> Block:
    tags = [_tag(item, here.room, "jj-choice") for item in cell.items]
    return flow(tags, here.room, gap=5, below=5)


def _references(cell: View, here: _Place) -> Block:
    block = Block()
    for item in cell.items:
        block.below(_tag(item, here.room, "jj-tag", corner=6, pad=7)[1], gap=4)
    return block


def _tag(
    item: str,
    room: float,
    style: str,
    *,
    sign: Element | None = None,
    corner: float = 11,
    pad: float = 9,
) -> tuple[float, Block]:
    """Draw a text in a box of its own; return its width, too."""
    left = pad + (15 if sign is not None else 0)
    broken = wrap(item, _TAG, room - left - pad)
    wide = min(room, max(text_width(line, _TAG) for line in broken) + left + pad)
    said = lines(item, room - pad, f"{style}t", size=_TAG, leading=16, x=left)
    block = Block(height=said.height + 6)
    block.marks = [
        mark("rect", width=wide, height=block.height, rx=corner, class_=style),
        place(said.marks, 0, 3),
    ]
    if sign is not None:
        block.marks.append(place([sign], pad - 2, 4.5, scale=13 / 24))
    return wide, block


def _metric(cell: View, here: _Place) -> Block:
    return draw_figures(cell, here.row, here.shown, here.room)


_DRAWN: Mapping[str, Callable[[View, _Place], Block]] = {
    "list": _list,
    "reference": _references,
    "chips": _chips,
    "choice": _choice,
    "date": _date,
    "metric": _metric,
}
