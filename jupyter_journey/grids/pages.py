"""The map as a page of its own."""

from __future__ import annotations

from html import escape

from jupyter_journey.charts import map_html
from jupyter_journey.model.journey import Journey

__all__ = ["page"]

# Nothing may be loaded and nothing may run, whatever a cell says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
body { margin: 24px; color: #1f2430; background: #fff; font: 15px/1.45 system-ui, sans-serif; }
table { margin-top: 12px; border-collapse: collapse; }
th, td { padding: 6px 10px; border: 1px solid #d5dae3; text-align: left; vertical-align: top; }
caption { padding: 6px 0; font-weight: 600; text-align: left; }
ul { margin: 0; padding-left: 18px; }
svg { max-width: 100%; height: auto; }
"""


def page(journey: Journey, persona: str | None = None) -> str:
    """Return an HTML page with the map as picture and table.

    Examples
    --------
    >>> "<title>R&amp;D</title>" in page(Journey.new("R&D"))
    True
    """
    return (
        f'<!doctype html>\n<html lang="{escape(journey.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(journey.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{map_html(journey, persona=persona)}\n</main>\n</body>\n</html>\n"
    )
