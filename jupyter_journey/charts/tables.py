"""A frame as a table for readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from jupyter_journey.charts.rendered import Rendered, render
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.errors import UnknownNameError

__all__ = ["table"]


def table(
    frame: pd.DataFrame,
    title: str | None = None,
    labels: Mapping[str, str] | None = None,
    formats: Mapping[str, str | Callable[[Any], str]] | None = None,
    *,
    language: str = "en",
) -> Rendered:
    """Show a frame as an accessible table; all text is escaped.

    Lists become bullet lists, missing values an en dash. The first column heads its row.

    Parameters
    ----------
    frame
        The rows to show; its index isn't shown.
    title
        Caption above the table.
    labels
        Header by column; default: the column's name in words.
    formats
        By column: a number format such as ``.1%``, or a function from value to text; what is
        missing is a dash all the same.
    language
        Language that numbers, dates and yes or no are written in.

    Raises
    ------
    UnknownNameError
        If a label or format is for a column the frame doesn't have.

    Examples
    --------
    >>> frame = pd.DataFrame({"stage": ["Trial"], "rate": [0.251]})
    >>> table(frame, formats={"rate": ".0%"})
    Stage  Rate
    Trial   25%
    """
    say, columns = voice(language), [str(column) for column in frame.columns]
    for name in [*(labels or {}), *(formats or {})]:
        if name not in columns:
            raise UnknownNameError(kind="column", name=name, known=columns)
    headers = [(labels or {}).get(name) or _words(name) for name in columns]
    cells = [
        [_formatted(value, (formats or {}).get(name), say) for value in frame.iloc[:, position]]
        for position, name in enumerate(columns)
    ]
    heads = [
        {"label": header, "align": "right" if _is_number(frame.iloc[:, position]) else "left"}
        for position, header in enumerate(headers)
    ]
    rows = list(zip(*cells, strict=True))
    return render("table.html", _plain(title, headers, rows), title=title, columns=heads, rows=rows)


def _formatted(value: Any, form: str | Callable[[Any], str] | None, say: Voice) -> str | list[str]:
    if form is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return say.shown(value)
    return form(value) if callable(form) else format(value, form)


def _words(name: str) -> str:
    return name[:1].upper() + name[1:].replace("_", " ")


def _is_number(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _plain(title: str | None, headers: list[str], rows: list[tuple[str | list[str], ...]]) -> str:
    lines = [
        [cell if isinstance(cell, str) else "; ".join(cell) for cell in row]
        for row in [tuple(headers), *rows]
    ]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headers))]
    first, rest = widths[:1], widths[1:]
    body = [
        "  ".join(
            [f"{line[0]:<{first[0]}}", *(f"{c:>{w}}" for c, w in zip(line[1:], rest, strict=True))]
        ).rstrip()
        for line in lines
        if line
    ]
    return "\n".join([title, *body] if title else body)
