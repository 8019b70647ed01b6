"""Headings and sentences beside tables and charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jupyter_journey.charts.rendered import Rendered, render

__all__ = ["Markdown", "paragraphs"]


def paragraphs(lines: Iterable[str]) -> Rendered:
    """Show sentences, a paragraph each; all text is escaped.

    Examples
    --------
    >>> paragraphs(["Small groups are not shown."])
    Small groups are not shown.
    """
    lines = tuple(lines)
    return render("paragraphs.html", "\n".join(lines), lines=lines)


@dataclass(frozen=True, repr=False)
class Markdown:
    """A heading, and what introduces it: words of the catalogue, no one else's."""

    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ARG002
        return {"text/markdown": self.text, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text
