"""The strokes a map is drawn with: SVG elements made through one door, so that all is escaped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element

from jupyter_journey.charts.map_text import clean, measurable, text_width, wrap

__all__ = ["LINES_AT_MOST", "Block", "flow", "lines", "mark", "place", "sizes", "theme", "word"]

LINES_AT_MOST = 60
"""A longer text ends in … and stands whole in the mark's title."""


@dataclass
class Block:
    """Marks drawn from (0, 0) downwards, and how high they are together."""

    height: float = 0.0
    marks: list[Element] = field(default_factory=list)

    def below(self, other: Block, gap: float = 0.0) -> None:
        """Put another block under what is here."""
        top = self.height + (gap if self.marks else 0.0)
        self.marks.append(place(other.marks, 0, top))
        self.height = top + other.height


@cache
def theme() -> dict[str, Any]:
    """Return the colours, sizes and icons that both renderers of the map share."""
    source = files(__package__).joinpath("theme.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(source)
    return data


def sizes() -> dict[str, float]:
    """Return the sizes of the theme, in pixels."""
    found: dict[str, float] = theme()["sizes"]
    return found


def mark(tag: str, text: str = "", **attributes: Any) -> Element:
    """Make an element; ``_`` in an attribute's name stands for ``-``, a last ``_`` for nothing."""
    element = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            element.set(name.rstrip("_").replace("_", "-"), _plain(value))
    if text:
        element.text = clean(text)
    return element


def _plain(value: Any) -> str:
    if isinstance(value, int | float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return clean(str(value))


def place(
    marks: Sequence[Element], x: float, y: float, *, scale: float = 1, **attributes: Any
) -> Element:
    """Group marks, move them to (x, y) and scale them there."""
    moved = f"translate({_plain(x)} {_plain(y)})"
    if scale != 1:
        moved += f" scale({scale:.3f})"
    group = mark("g", transform=moved, **attributes)
    group.extend(marks)
    return group


def flow(
    parts: Sequence[tuple[float, Block]], room: float, *, gap: float, below: float = 0.0
) -> Block:
    """Put blocks of known widths side by side, in as many rows as it takes."""
    block, row, x = Block(), Block(), 0.0
    for wide, part in parts:
        if x and x + wide > room:
            block.below(row, below)
            row, x = Block(), 0.0
        row.marks.append(place(part.marks, x, 0))
        row.height = max(row.height, part.height)
        x += wide + gap
    if row.marks:
        block.below(row, below)
    return block


def word(
    text: str,
    x: float,
    y: float,
    style: str,
    size: float,
    room: float,
    *,
    bold: bool = False,
    anchor: str | None = None,
) -> Element:
    """Draw one line of text whose baseline starts at (x, y) and that is never wider than room."""
    # A face that is wider or narrower than the measured ones (DejaVu, Verdana) is fitted to them,
    # so that lines end where they were broken.
    width = text_width(text, size, bold=bold) if measurable(text) else 0.0
    return mark(
        "text",
        text,
        class_=style,
        x=x,
        y=y,
        text_anchor=anchor,
        textLength=min(width, room) if width else None,
        lengthAdjust="spacingAndGlyphs" if width else None,
    )


def lines(
    text: str,
    room: float,
    style: str,
    *,
    size: float | None = None,
    leading: float | None = None,
    bold: bool = False,
    x: float = 0.0,
) -> Block:
    """Draw a text broken into lines."""
    size = size or sizes()["text"]
    leading = leading or size * sizes()["leading"] / sizes()["text"]
    broken = wrap(text, size, room - x, bold=bold)
    block = Block(height=leading * min(len(broken), LINES_AT_MOST))
    if len(broken) > LINES_AT_MOST:
        block.marks.append(mark("title", text))
        broken = [*broken[: LINES_AT_MOST - 1], "…"]
    for number, line in enumerate(broken):
        baseline = number * leading + (leading + size * 0.72) / 2
        block.marks.append(word(line, x, baseline, style, size, room - x, bold=bold))
    return block
