"""What a chart says when one points at a mark, under the columns' names in words."""

from __future__ import annotations

from typing import Literal

import altair as alt

from jupyter_journey.charts.voice import Voice

__all__ = ["hover"]

Kind = Literal["text", "count", "share", "number", "p"]
_FORMS: dict[Kind, tuple[str, str | alt.typing.Optional[str]]] = {
    "text": ("N", alt.Undefined),
    "count": ("Q", ","),
    "share": ("Q", ".1%"),
    "number": ("Q", ".1f"),
    "p": ("Q", ".2g"),
}


def hover(voice: Voice, titles: dict[str, str] | None = None, **columns: Kind) -> list[alt.Tooltip]:
    """Return a tooltip per column, in order.

    Parameters
    ----------
    titles
        Other names than the columns' own.
    columns
        By column, what it holds.

    Examples
    --------
    >>> from jupyter_journey.charts.voice import voice
    >>> [one.to_dict()["title"] for one in hover(voice("en"), stage="text", n="count")]
    ['Stage', 'n']
    """
    named = titles or {}
    return [
        alt.Tooltip(
            f"{name}:{_FORMS[kind][0]}",
            format=_FORMS[kind][1],
            title=named[name] if name in named else voice.column(name),
        )
        for name, kind in columns.items()
    ]
