"""Where the columns of a map stand, and its header: title, groups, stages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from jupyter_journey.charts.map_marks import Block, lines, mark, place, sizes
from jupyter_journey.charts.map_text import breaks_words
from jupyter_journey.charts.map_view import MapView

__all__ = ["Frame", "draw_header", "frame"]

_NOTCH = 11
_ROOMY = 150
_LOOKS = (("jj-stage", "stage"), ("jj-stage-small", "lane_name"), ("jj-stage-least", "small"))
"""Class and size of the stages' names, the largest first."""


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


def _groups(shown: MapView) -> Iterator[tuple[str, int, int]]:
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
    block.height += 18
    if any(stage.group for stage in shown.stages):
        block.below(_bands(shown, at))
    block.below(_stages(shown, at), gap=6)
    block.height += 4
    return block


def _shifted(block: Block, x: float) -> Block:
    return Block(block.height, [place(block.marks, x, 0)])


def _bands(shown: MapView, at: Frame) -> Block:
    size, pad = sizes()["small"], sizes()["pad"]
    block = Block()
    for name, first, count in _groups(shown):
        if not name:
            continue
        wide = at.column * count
        said = lines(name.upper(), wide - 2 * pad, "jj-group", size=size, bold=True)
        high = said.height + 6
        rule = mark("rect", x=at.x(first), y=high - 2, width=wide - 6, height=2, class_="jj-soft")
        block.marks += [rule, place(said.marks, at.x(first) + pad, 0)]
        block.height = max(block.height, high)
    return block


def _stages(shown: MapView, at: Frame) -> Block:
    """Draw the stages as arrows, one leading to the next; a sub-step's is fainter."""
    size = sizes()
    look, large = _look(shown, at)
    heads = []
    for spot, (stage, parent) in enumerate(zip(shown.stages, shown.parents, strict=True)):
        room = _room(spot, at)
        head = Block()
        if parent:
            head.below(lines(f"{parent} ›", room, "jj-parent", size=size["small"]))
        head.below(lines(stage.name, room, look, size=size[large], bold=True))
        heads.append(head)
    high = max([42.0, *(head.height + 16 for head in heads)])
    block = Block(height=high)
    for spot, head in enumerate(heads):
        ground = "jj-step" if shown.parents[spot] else "jj-soft"
        top = (high - head.height) / 2
        block.marks.append(mark("path", d=_arrow(spot, high, at), class_=ground))
        block.marks.append(place(head.marks, at.x(spot) + _indent(spot), top))
    return block


def _look(shown: MapView, at: Frame) -> tuple[str, str]:
    """Return class and size of the stages' names: the largest that breaks no word, if one does."""
    looks = _LOOKS if at.column >= _ROOMY else _LOOKS[1:]
    names = [(stage.name, _room(spot, at)) for spot, stage in enumerate(shown.stages)]
    whole = (
        look
        for look in looks
        if not any(breaks_words(name, sizes()[look[1]], room, bold=True) for name, room in names)
    )
    return next(whole, looks[0])


def _room(spot: int, at: Frame) -> float:
    """Return how wide a stage's name may be."""
    return at.column - _indent(spot) - sizes()["pad"]


def _indent(spot: int) -> float:
    """Return where the words of a stage begin: behind the notch, which the first doesn't have."""
    return sizes()["pad"] + (_NOTCH if spot else 0)


def _arrow(spot: int, high: float, at: Frame) -> str:
    """Return the path of a stage: its tip reaches into the notch of the next."""
    left, right = at.x(spot), at.x(spot + 1) + (_NOTCH - 5 if spot < at.stages - 1 else 0)
    notch = left + (_NOTCH if spot else 0)
    return (
        f"M{left:.1f} 0H{right - _NOTCH:.1f}L{right:.1f} {high / 2:.1f}L{right - _NOTCH:.1f} "
        f"{high:.1f}H{left:.1f}L{notch:.1f} {high / 2:.1f}Z"
    )
