"""A map, or a frame, as a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

from jupyter_journey.charts import map_html
from jupyter_journey.charts.map_marks import theme
from jupyter_journey.errors import FrameError
from jupyter_journey.grids.frame_kept import as_texts, headings, is_number
from jupyter_journey.model.journey import Journey

__all__ = ["MOST_CELLS", "frame_page", "page"]

MOST_CELLS = 100_000
"""Beyond so many a browser takes seconds to lay a table out."""

# Nothing may be loaded and nothing may run, whatever a cell says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
body { margin: 24px; font: 15px/1.45 system-ui, sans-serif; }
/* Picture and table show the title already; a screen reader jumps to headings. */
h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
table { margin-top: 12px; border-collapse: collapse; }
th, td { padding: 6px 10px; border: 1px solid; text-align: left; vertical-align: top; }
caption { padding: 6px 0; font-weight: 600; text-align: left; }
ul { margin: 0; padding-left: 18px; }
svg { max-width: 100%; height: auto; }
.n { text-align: right; }
.t { white-space: pre-line; }
"""
_COLOURS = """
body {{ color: {text}; background: {surface}; }} th, td {{ border-color: {line}; }}
thead th {{ position: sticky; top: 0; background: {surface}; }}
"""


def page(
    journey: Journey, persona: str | None = None, states: Mapping[str, str] | None = None
) -> str:
    """Return an HTML page with the map as picture and table, light or dark as the reader's system.

    Examples
    --------
    >>> "<title>R&amp;D</title>" in page(Journey.new("R&D"))
    True
    """
    shown = map_html(journey, persona=persona, theme="auto", states=states)
    return _document(journey.title, journey.language, shown)


def frame_page(frame: pd.DataFrame, title: str, language: str, reason: str = "") -> str:
    """Return an HTML page with all rows of a frame, numbers and days as the language writes them.

    ``reason`` says why personal data may stand there; the page keeps it.

    Raises
    ------
    FrameError
        If it has more than 100,000 cells.

    Examples
    --------
    >>> "<td class=n>1,200</td>" in frame_page(pd.DataFrame({"n": [1200]}), "Counts", "en")
    True
    """
    if frame.size > MOST_CELLS:
        raise FrameError(
            reason=f"A page takes up to {MOST_CELLS:,} cells; this frame has {frame.size:,}",
            way_out="Write a part, as by FrameGrid(frame.head(1000)), or all by frame.to_csv().",
        )
    classes = ["n" if is_number(dtype) else "t" for dtype in frame.dtypes]
    named = zip(["t", *classes], map(escape, headings(frame)), strict=True)
    heads = "".join(f"<th scope=col class={kind}>{name}</th>" for kind, name in named)
    rows = "\n".join(_row(texts, classes) for texts in as_texts(frame, language))
    table = f"<table>\n<caption>{escape(title)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
    told = f'<meta name="personal-data" content="{escape(reason)}">\n' if reason else ""
    return _document(title, language, f"{table}<tbody>\n{rows}\n</tbody>\n</table>", told)


def _row(texts: Iterable[str], classes: Iterable[str]) -> str:
    label, *values = map(escape, texts)
    cells = (f"<td class={kind}>{text}</td>" for kind, text in zip(classes, values, strict=True))
    return f"<tr><th scope=row>{label}</th>{''.join(cells)}</tr>"


def _document(title: str, language: str, body: str, told: str = "") -> str:
    light, dark = (_COLOURS.format(**theme()[name]) for name in ("light", "dark"))
    style = f"{_STYLE}{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"
    title = escape(title)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{told}<title>{title}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
