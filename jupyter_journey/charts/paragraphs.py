"""Sentences beside tables and charts."""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_journey.charts.rendered import Rendered, render

__all__ = ["paragraphs"]


def paragraphs(lines: Iterable[str]) -> Rendered:
    """Show sentences, a paragraph each; all text is escaped.

    Examples
    --------
    >>> paragraphs(["Small groups are not shown."])
    Small groups are not shown.
    """
    lines = tuple(lines)
    return render("paragraphs.html", "\n".join(lines), lines=lines)
