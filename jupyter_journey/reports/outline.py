"""Cleaned markup as a tree of plain values, for a printer that takes no HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

__all__ = ["picture", "tree"]

_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_WIDTH = re.compile(r"^<svg\b[^>]*?\swidth=\"([\d.]+)\"")
_USUAL_WIDTH = 600.0
_VOID = frozenset(("br", "col", "hr", "img", "wbr"))
_LEFT_OUT = frozenset(("style", "title", "details"))
_INLINE = frozenset(("a", "abbr", "b", "bdi", "code", "em", "i", "mark", "q", "s", "small", "span",
                     "strong", "sub", "sup", "time", "u"))  # fmt: skip

Node = dict[str, Any]


def tree(markup: str) -> list[Node | str]:
    """Return markup as nodes: ``t`` (the tag), ``c`` (what it holds), ``right`` where it is set so.

    A picture is a node ``svg`` with its source and its ``width`` in pixels. What is folded away
    is left out.

    Examples
    --------
    >>> tree("<p>One <b>bold</b> word</p>")
    [{'t': 'p', 'c': ['One ', {'t': 'b', 'c': ['bold']}, ' word']}]
    """
    pictures: list[str] = []

    def keep(found: re.Match[str]) -> str:
        pictures.append(found[0])
        return f'<img data-picture="{len(pictures) - 1}">'

    parser = _Tree(_PICTURE.sub(keep, markup), pictures)
    return parser.root


def picture(source: str) -> Node:
    """Return the node of an SVG.

    Examples
    --------
    >>> picture('<svg width="40" height="20"></svg>')["width"]
    40.0
    """
    width = _WIDTH.search(source)
    return {"t": "svg", "c": [source], "width": float(width[1]) if width else _USUAL_WIDTH}


class _Tree(HTMLParser):
    def __init__(self, markup: str, pictures: list[str]) -> None:
        super().__init__()
        self.root: list[Node | str] = []
        self._open: list[tuple[str, list[Node | str]]] = [("", self.root)]
        self._pictures = pictures
        self._hidden = 0
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in _LEFT_OUT:
            self._hidden += 1
        if self._hidden:
            return
        if tag == "img":
            number = said.get("data-picture")
            if number:
                self._here.append(picture(self._pictures[int(number)]))
            return
        node: Node = {"t": tag, "c": []}
        if "text-align: right" in (said.get("style") or ""):
            node["right"] = True
        self._here.append(node)
        if tag not in _VOID:
            self._open.append((tag, node["c"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._hidden -= 1
        elif not self._hidden and any(tag == name for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if self._hidden or (text == " " and self._open[-1][0] not in _TEXT):
            return
        self._here.append(text)

    @property
    def _here(self) -> list[Node | str]:
        return self._open[-1][1]


_TEXT = _INLINE | {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "caption", "summary"}
