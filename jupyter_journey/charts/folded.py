"""What readers may open if they want to."""

from __future__ import annotations

from jupyter_journey.charts.rendered import Rendered, render

__all__ = ["folded"]


def folded(content: Rendered, summary: str) -> Rendered:
    """Fold something away under a line of text.

    Examples
    --------
    >>> from jupyter_journey.charts.paragraphs import paragraphs
    >>> folded(paragraphs(["n = 120"]), "The numbers")
    The numbers
    n = 120
    """
    text = f"{summary}\n{content.text}"
    return render("folded.html", text, summary=summary, content=content)
