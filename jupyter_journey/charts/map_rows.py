"""The lanes of a map, one under the other: icon and name, cells, hairlines, blueprint lines."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from jupyter_journey import catalogue
from jupyter_journey.charts.map_cells import draw_cell
from jupyter_journey.charts.map_curve import draw_curve
from jupyter_journey.charts.map_frame import Frame
from jupyter_journey.charts.map_marks import Block, lines, mark, place, sizes, theme
from jupyter_journey.charts.map_view import MapView, Row, View
from jupyter_journey.charts.map_words import line_name
from jupyter_journey.model.records import Lane

__all__ = ["draw_rows", "proposed_legend"]

_ICON = 20


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
    said = lines(name, at.right - at.margin, "jj-band", size=15, bold=True)
    block = Block(said.height + 30)
    rule = f"M{at.margin:.1f} {block.height - 4:.1f}H{at.right:.1f}"
    block.marks = [place(said.marks, at.margin, 18), mark("path", d=rule, class_="jj-rule")]
    return block


def _row(row: Row, shown: MapView, at: Frame, *, ruled: bool) -> Block:
    pad, rest = sizes()["row_pad"], sizes()["pad"]
    name = _name(row.lane, at)
    curve = row.lane.kind == "score"
    if curve:
        drawn = [draw_curve(row, shown, at.column)]
    else:
        drawn = [draw_cell(cell, row, shown, at.column - 2 * rest) for cell in row.cells]
    high = max([sizes()["row_min"], name.height + 2 * pad, *(b.height + 2 * pad for b in drawn)])
    block = Block(high)
    if ruled:
        block.marks.append(mark("path", d=f"M{at.margin:.1f} 0H{at.right:.1f}", class_="jj-rule"))
    block.marks.append(place(name.marks, at.margin, pad))
    if curve:
        block.marks.append(place(drawn[0].marks, at.left, pad, data_lane=row.lane.id))
        block.marks += [_status(cell, at.x(n), high) for n, cell in enumerate(row.cells)]
        return block
    for spot, (cell, content) in enumerate(zip(row.cells, drawn, strict=True)):
        if content.marks:
            about = {"data_lane": row.lane.id, "data_stage": shown.stages[spot].id}
            group = place(content.marks, at.x(spot) + rest, pad, **about)
            if cell.note:
                group.insert(0, mark("title", cell.note))
            block.marks += [group, _status(cell, at.x(spot), high)]
    return block


def _status(cell: View, x: float, high: float) -> Element:
    """Mark what is only proposed by a dotted edge."""
    if cell.evidence != "proposed" or cell.empty:
        return mark("g")
    return mark("path", d=f"M{x + 4:.1f} 12V{high - 12:.1f}", class_="jj-proposed")


def _name(lane: Lane, at: Frame) -> Block:
    icons = theme()["icons"]
    path = icons.get(lane.id) or theme()["kind_icons"][lane.kind]
    icon = mark("path", d=path, class_="jj-icon", transform=f"scale({_ICON / 24:.3f})")
    said = lines(
        lane.name, at.lane - 16, "jj-name", size=sizes()["lane_name"], bold=True, x=_ICON + 10
    )
    return Block(max(said.height, _ICON), [icon, place(said.marks, 0, 0.5)])


def _blueprint_line(name: str, at: Frame) -> Block:
    said = lines(name, at.lane - 12, "jj-border-name", size=sizes()["small"])
    block = Block(max(said.height + 8, 22))
    middle = block.height / 2
    rule = f"M{at.left:.1f} {middle:.1f}H{at.right:.1f}"
    block.marks = [
        place(said.marks, at.margin, middle - said.height / 2),
        mark("path", d=rule, class_="jj-border"),
    ]
    return block


def proposed_legend(shown: MapView) -> Block:
    """Explain the dotted edge, where there is one."""
    if not any(
        cell.evidence == "proposed" and not cell.empty for row in shown.rows for cell in row.cells
    ):
        return Block()
    said = lines(
        catalogue.text(shown.language, "evidence", "proposed"),
        300,
        "jj-proposed-name",
        size=11,
        x=10,
    )
    edge = mark("path", d=f"M3 1V{said.height:.1f}", class_="jj-proposed")
    return Block(said.height, [edge, *said.marks])
