"""Where the columns of a map stand, and its header: title, group bands, stages on a track."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from jupyter_journey.charts.map_marks import Block, lines, mark, place, sizes
from jupyter_journey.charts.map_view import MapView

__all__ = ["Frame", "draw_header", "frame", "groups"]


@dataclass(frozen=True)
class Frame:
    """The columns of a map, in pixels."""

    column: float
    """Width of each stage's column."""
    stages: int
    margin: float
    lane: float
    """Width of the column of lane names."""

    @property
    def left(self) -> float:
        """Where the first stage begins."""
        return self.margin + self.lane

    @property
    def right(self) -> float:
        """Where the last stage ends."""
        return self.left + self.column * self.stages

    @property
    def width(self) -> float:
        """Width of the whole picture."""
        return self.right + self.margin

    def x(self, stage: int) -> float:
        """Return where a stage's column begins."""
        return self.left + self.column * stage


def frame(stages: int, width: float | None = None) -> Frame:
    """Share the width among the columns; without one, eight stages fill the theme's page.

    A column never gets narrower than the theme's least: a narrower picture is the same, smaller.
    """
    size = sizes()
    beside = 2 * size["margin"] + size["lane"]
    count = max(stages, 1)
    share = ((width or size["page"]) - beside) / count
    most = size["column_max"] if width is None else share
    column = max(size["column_min"], min(share, most))
    return Frame(column=column, stages=count, margin=size["margin"], lane=size["lane"])


def groups(shown: MapView) -> Iterator[tuple[str, int, int]]:
    """Yield each header band: its name, its first stage and how many stages it spans."""
    first = 0
    for name, stages in groupby(stage.group for stage in shown.stages):
        count = len(list(stages))
        yield name, first, count
        first += count


def draw_header(shown: MapView, at: Frame) -> Block:
    """Draw everything above the first lane."""
    size = sizes()
    block = Block(height=size["margin"] - 6)
    room = at.width - 2 * at.margin
    block.marks.append(mark("g"))
    block.below(
        _shifted(lines(shown.title, room, "jj-title", size=size["title"], bold=True), at.margin)
    )
    block.below(
        _shifted(lines(shown.subtitle, room, "jj-subtitle", size=size["subtitle"]), at.margin), 2
    )
    block.height += 22
    if any(stage.group for stage in shown.stages):
        block.below(_bands(shown, at))
    block.below(_stages(shown, at), gap=14)
    return block


def _shifted(block: Block, x: float) -> Block:
    return Block(block.height, [place(block.marks, x, 0)])


def _bands(shown: MapView, at: Frame) -> Block:
    pad = sizes()["pad"]
    block = Block()
    for name, first, count in groups(shown):
        if not name:
            continue
        wide = at.column * count
        said = lines(name, wide - 2 * pad, "jj-group", size=12, bold=True)
        high = said.height + 9
        pill = mark("rect", x=at.x(first) + 3, width=wide - 6, height=high, rx=6, class_="jj-pill")
        block.marks += [pill, place(said.marks, at.x(first) + pad, 4.5)]
        block.height = max(block.height, high)
    return block


def _stages(shown: MapView, at: Frame) -> Block:
    """Draw the stage names and, under them, the track that leads through all of them."""
    size = sizes()
    room = at.column - 2 * size["pad"]
    heads = []
    for stage, parent in zip(shown.stages, shown.parents, strict=True):
        head = Block()
        if parent:
            head.below(lines(f"{parent} ›", room, "jj-parent", size=size["small"]))
        head.below(lines(stage.name, room, "jj-stage", size=size["stage"], bold=True))
        heads.append(head)
    high = max((head.height for head in heads), default=0.0)
    block = Block(height=high + 26)
    track = high + 13
    block.marks.append(
        mark("path", d=f"M{at.left:.1f} {track:.1f}H{at.right:.1f}", class_="jj-axis")
    )
    for spot, head in enumerate(heads):
        x = at.x(spot) + size["pad"]
        block.marks.append(place(head.marks, x, high - head.height))
        block.marks.append(mark("circle", cx=x + 5, cy=track, r=5, class_="jj-stop"))
    return block
