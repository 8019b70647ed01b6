"""Markup that a page takes in: what shows text, tables and pictures, and nothing that acts."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import mistune
import nh3
import yaml
from markupsafe import Markup

__all__ = ["Contents", "Heading", "taken"]

_SHOWN = Path(__file__).parent / "pages" / "shown.yaml"
_PICTURES = ("data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;")
_SHEET = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_FETCHING = re.compile(r"url\((?!\s*[\"']?#)|@import|image-set|\\", re.IGNORECASE)
"""What in a style asks for something from elsewhere, or may hide that it does."""
_CELLS = ("table", "caption", "th", "td", "ul")
_OWN_STYLES = ("padding: 0.3em 0.6em", "border-collapse: collapse; font-size: 0.95em")


def taken(markup: str) -> Markup:
    """Return markup without what could run, fetch, or send: whatever it holds, it only shows.

    Styles that our own tables repeat in every cell are left to the page.

    Examples
    --------
    >>> taken('<p onclick="run()">Hello<script>run()</script></p>')
    Markup('<p>Hello</p>')
    """
    cleaned = _SHEET.sub(_without_fetching, _cleaner().clean(markup))
    return Markup(cleaned)  # noqa: S704 - this is what makes it safe


@cache
def _cleaner() -> nh3.Cleaner:
    shown = yaml.safe_load(_SHOWN.read_text(encoding="utf-8"))
    tags, attributes = (
        {name for names in shown[kind].values() for name in names.split()}
        for kind in ("tags", "attributes")
    )
    return nh3.Cleaner(
        tags=(nh3.ALLOWED_TAGS | tags) - set(shown["refused"].split()),
        clean_content_tags={"script"},
        attributes={"*": attributes},
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto", "data"},
    )


def _without_fetching(sheet: re.Match[str]) -> str:
    return "" if _FETCHING.search(sheet[1]) else sheet[0]


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if value.startswith(_PICTURES) else None
    if name == "href":
        return None if value.strip().lower().startswith("data:") else value
    if name == "style" and _FETCHING.search(value):
        return None
    if name == "style" and tag in _CELLS and any(own in value for own in _OWN_STYLES):
        return "text-align: right" if "text-align: right" in value else None
    return value


class Heading(NamedTuple):
    """A heading to be listed: its anchor and its words."""

    anchor: str
    text: str


class Contents:
    """Turns a report's Markdown into markup and keeps its headings."""

    def __init__(self) -> None:
        self._headings: dict[int, list[Heading]] = {1: [], 2: []}
        self._numbers = count(1)
        self._written = mistune.create_markdown(
            renderer=_Renderer(self), plugins=["table", "strikethrough"]
        )

    def of(self, markdown: str) -> Markup:
        """Return Markdown as markup; raw markup in it stands as text."""
        return taken(str(self._written(markdown)))

    def noted(self, words: str, level: int) -> str:
        """Keep a heading and return its anchor."""
        text = str(Markup(words).striptags())  # noqa: S704 - only to strip it
        if level not in self._headings:
            return ""
        anchor = f"part-{next(self._numbers)}"
        self._headings[level].append(Heading(anchor, text))
        return anchor

    @property
    def title(self) -> str:
        """The first heading of the first level."""
        return next((heading.text for heading in self._headings[1]), "")

    @property
    def headings(self) -> list[Heading]:
        """The headings to choose from: the chapters, or the parts where there are several."""
        parts, chapters = self._headings[1], self._headings[2]
        return parts if len(parts) > 1 else chapters


class _Renderer(mistune.HTMLRenderer):
    def __init__(self, contents: Contents) -> None:
        super().__init__(escape=True)
        self._contents = contents

    def heading(self, text: str, level: int, **_: Any) -> str:
        anchor = self._contents.noted(text, level)
        told = f' id="{escape(anchor)}"' if anchor else ""
        return f"<h{level}{told}>{text}</h{level}>\n"
