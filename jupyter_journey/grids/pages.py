"""The map as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from jupyter_journey.charts import map_html
from jupyter_journey.charts.map_marks import theme
from jupyter_journey.model.journey import Journey

__all__ = ["page"]

# Nothing may be loaded and nothing may run, whatever a cell says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
body { margin: 24px; font: 15px/1.45 system-ui, sans-serif; }
/* The picture shows the title already; a screen reader jumps to headings. */
h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
table { margin-top: 12px; border-collapse: collapse; }
th, td { padding: 6px 10px; border: 1px solid; text-align: left; vertical-align: top; }
caption { padding: 6px 0; font-weight: 600; text-align: left; }
ul { margin: 0; padding-left: 18px; }
svg { max-width: 100%; height: auto; }
"""
_COLOURS = "body {{ color: {text}; background: {surface}; }} th, td {{ border-color: {line}; }}"


def page(
    journey: Journey, persona: str | None = None, states: Mapping[str, str] | None = None
) -> str:
    """Return an HTML page with the map as picture and table, light or dark as the reader's system.

    Examples
    --------
    >>> "<title>R&amp;D</title>" in page(Journey.new("R&D"))
    True
    """
    light, dark = (_COLOURS.format(**theme()[name]) for name in ("light", "dark"))
    style = f"{_STYLE}{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"
    title = escape(journey.title)
    shown = map_html(journey, persona=persona, theme="auto", states=states)
    return (
        f'<!doctype html>\n<html lang="{escape(journey.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n{shown}\n</main>\n</body>\n</html>\n"
    )
