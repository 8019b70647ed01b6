"""What stays of a frame's grid where no kernel is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from jupyter_journey.charts import table
from jupyter_journey.charts.voice import voice
from jupyter_journey.grids.frame_changes import name_of

__all__ = ["MIME_TYPE", "as_texts", "headings", "is_number", "kept_cells", "kept_html", "sized"]

MIME_TYPE = "application/vnd.jupyter-journey.frame+json"

KEPT_ROWS = 50
"""Rows that stay readable without a kernel."""

_DECIMALS = 6
"""As many as pandas shows: a frame isn't prose."""


def kept_html(frame: pd.DataFrame, language: str, heads: Mapping[str, str]) -> str:
    """Return the first rows as an HTML table, and how many there are.

    ``heads`` are headers that are other than the columns' names.
    """
    first = frame.head(KEPT_ROWS)
    told = first.set_axis([name_of(name) for name in frame.columns], axis=1).map(_as_data)
    labels = {str(name): heads.get(str(name), str(name)) for name in told.columns}
    head = " " * (1 + max((len(name) for name in labels), default=0))
    told.insert(0, head, [name_of(label) for label in frame.index[:KEPT_ROWS]])
    labels[head] = _index_name(frame)
    formats = {
        str(name): partial(voice(language).number, decimals=_DECIMALS)
        for name, dtype in told.dtypes.items()
        if pd.api.types.is_float_dtype(dtype)
    }
    title = _title(frame, language)
    return table(told, title=title, labels=labels, formats=formats, language=language).html


def kept_cells(frame: pd.DataFrame, language: str, heads: Mapping[str, str]) -> dict[str, Any]:
    """Return the same as plain texts, for the renderer: ``title``, ``columns``, ``rows``.

    The first column and the first text of each row are the frame's index; ``numbers`` says of each
    column whether it holds such.
    """
    rows = list(as_texts(frame.head(KEPT_ROWS), language))
    columns = [heads.get(name, name) for name in headings(frame)]
    numbers = [False, *map(is_number, frame.dtypes)]
    told = {"columns": columns, "numbers": numbers, "rows": rows}
    return {"title": _title(frame, language), **told}


def is_number(dtype: Any) -> bool:
    """Tell whether values of a dtype are numbers to be compared: true and false are none."""
    return pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)


def headings(frame: pd.DataFrame) -> list[str]:
    """Return the names of the index and of the columns.

    Examples
    --------
    >>> headings(pd.DataFrame({"age": [31]}))
    ['#', 'age']
    """
    return [_index_name(frame), *(name_of(name) for name in frame.columns)]


def as_texts(frame: pd.DataFrame, language: str) -> Iterator[list[str]]:
    """Yield each row's label and values, as texts.

    Examples
    --------
    >>> list(as_texts(pd.DataFrame({"age": [31], "paid": [True]}), "de"))
    [['0', '31', 'ja']]
    """
    for label, row in zip(frame.index, frame.itertuples(index=False, name=None), strict=True):
        yield [name_of(label), *(_text(value, language) for value in row)]


def _text(value: Any, language: str) -> str:
    if isinstance(value, float | np.floating):
        return voice(language).number(float(value), _DECIMALS)
    told = voice(language).shown(_as_data(value))
    return told if isinstance(told, str) else ", ".join(told)


def _as_data(value: Any) -> Any:
    """Write a date as data have it: a frame isn't prose."""
    if not isinstance(value, date) or pd.isna(value):
        return value
    if not isinstance(value, datetime) or value.time() == time.min:
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m-%d %H:%M}"


def _index_name(frame: pd.DataFrame) -> str:
    names = ["" if name is None else str(name) for name in frame.index.names]
    return " / ".join(names) if any(names) else "#"


def sized(frame: pd.DataFrame, language: str) -> str:
    """Return how many rows and columns a frame has.

    Examples
    --------
    >>> sized(pd.DataFrame({"age": [31, 48]}), "de")
    'Tabelle: 2 Zeilen, 1 Spalte'
    """
    say = voice(language)
    counts = dict(zip(("rows", "columns"), frame.shape, strict=True))
    told = {name: say.plural("frame_grid", name, n=n) for name, n in counts.items()}
    return say("frame_grid", "grid", **told)


def _title(frame: pd.DataFrame, language: str) -> str:
    if len(frame) <= KEPT_ROWS:
        return sized(frame, language)
    say = voice(language)
    counts = {"shown": KEPT_ROWS, "rows": len(frame)}
    return say("frame_grid", "kept", **{name: say.number(n) for name, n in counts.items()})
