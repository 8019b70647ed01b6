"""The lanes of a map, one under the other: icon and name, cells, hairlines, blueprint lines."""

from __future__ import annotations

from jupyter_journey.charts.map_cells import draw_cell
from jupyter_journey.charts.map_curve import draw_curve, line_kinds
from jupyter_journey.charts.map_frame import Frame
from jupyter_journey.charts.map_marks import Block, lines, mark, place, sizes, theme
from jupyter_journey.charts.map_text import text_width
from jupyter_journey.charts.map_view import MapView, Row
from jupyter_journey.charts.map_words import line_name, widget_word

__all__ = ["draw_rows"]

_ICON = 18
_PAD = 8


def draw_rows(shown: MapView, at: Frame) -> Block:
    """Draw all lanes, from the first one's top downwards."""
    block = Block()
    for number, row in enumerate(shown.rows):
        if row.heading:
            block.below(_heading(row.heading, at))
        ruled = number > 0 and not row.heading and not shown.rows[number - 1].lane.line_after
        block.below(_row(row, shown, at, ruled=ruled))
        if row.lane.line_after:
            block.below(_blueprint_line(line_name(shown.language, row.lane.line_after), at))
    return block


def _heading(name: str, at: Frame) -> Block:
    said = lines(name, at.right - at.margin - 2 * _PAD, "jj-band", bold=True)
    block = Block(said.height + 2 * _PAD + 10)
    ground = mark(
        "rect",
        x=at.margin - _PAD,
        y=10,
        width=at.right - at.margin + _PAD,
        height=block.height - 10,
        class_="jj-band-ground",
    )
    block.marks = [ground, place(said.marks, at.margin, 10 + _PAD)]
    return block


def _row(row: Row, shown: MapView, at: Frame, *, ruled: bool) -> Block:
    pad, rest = sizes()["row_pad"], sizes()["pad"]
    name = _name(row, shown, at)
    curve = row.lane.kind == "score"
    if curve:
        drawn = [draw_curve(row, shown, at.column)]
    else:
        drawn = [draw_cell(cell, row, shown, at.column - 2 * rest) for cell in row.cells]
    high = max([sizes()["row_min"], *(b.height + 2 * pad for b in [name, *drawn])])
    block = Block(high)
    if ruled:
        block.marks.append(mark("path", d=f"M{at.margin:.1f} 0H{at.right:.1f}", class_="jj-rule"))
    block.marks.append(place(name.marks, at.margin, pad))
    if curve:
        block.marks.append(place(drawn[0].marks, at.left, pad, data_lane=row.lane.id))
        return block
    for spot, (cell, content) in enumerate(zip(row.cells, drawn, strict=True)):
        if content.marks:
            lane, stage, x = row.lane.id, shown.stages[spot].id, at.x(spot) + rest
            group = place(content.marks, x, pad, data_lane=lane, data_stage=stage)
            if cell.note:
                group.insert(0, mark("title", cell.note))
            block.marks.append(group)
    return block


def _name(row: Row, shown: MapView, at: Frame) -> Block:
    lane = row.lane
    path = theme()["icons"].get(lane.id) or theme()["kind_icons"][lane.kind]
    tone = theme()["tones"].get(lane.id, "accent")
    icon = mark("path", d=path, class_=f"jj-icon-{tone}")
    left = _ICON + 10
    said = lines(lane.name, at.lane - 16, "jj-name", size=sizes()["lane_name"], bold=True, x=left)
    block = Block(max(said.height, _ICON), [place([icon], 0, 0, scale=_ICON / 24), *said.marks])
    kinds = line_kinds(row) if lane.kind == "score" else []
    for kind in kinds if len(kinds) > 1 else []:
        block.below(_key(kind, shown, left, at.lane - 16))
    return block


def _key(kind: str, shown: MapView, left: float, room: float) -> Block:
    block = lines(widget_word(shown.language, kind), room, "jj-small", size=11, x=left + 24)
    middle = block.height / 2
    block.marks.append(mark("path", d=f"M{left:.1f} {middle:.1f}h16", class_=f"jj-line-{kind}"))
    return block


def _blueprint_line(name: str, at: Frame) -> Block:
    size = sizes()["small"]
    said = lines(name, at.right - at.margin, "jj-border-name", size=size, bold=True)
    block = Block(said.height + 8)
    left = at.margin + text_width(name, size, bold=True) + 8
    middle = block.height / 2
    block.marks = [place(said.marks, at.margin, 4)]
    if left < at.right:
        rule = f"M{left:.1f} {middle:.1f}H{at.right:.1f}"
        block.marks.append(mark("path", d=rule, class_="jj-border"))
    return block
