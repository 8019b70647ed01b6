"""The map as a piece of a page: the picture, and the same as a table for whoever can't see it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from jupyter_journey.charts.map_picture import map_svg
from jupyter_journey.charts.map_spoken import remarks, spoken
from jupyter_journey.charts.map_style import Theme
from jupyter_journey.charts.map_text import clean
from jupyter_journey.charts.map_view import MapView, view
from jupyter_journey.charts.map_words import map_word
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.journey import Journey

__all__ = ["map_html"]

_PAGE = """\
<figure style="margin:0">
{{ picture }}
<details>
<summary>{{ read }}</summary>
<table>
<caption>{{ title }}</caption>
<thead>
<tr><td></td>{% for stage in stages %}<th scope="col">{{ stage }}</th>{% endfor %}</tr>
</thead>
<tbody>
{% for name, cells in rows -%}
<tr><th scope="row">{{ name }}</th>{% for cell in cells %}<td>
{%- if cell | length > 1 %}<ul>{% for item in cell %}<li>{{ item }}</li>{% endfor %}</ul>
{%- else %}{{ cell | join }}{% endif -%}
</td>{% endfor %}</tr>
{% endfor -%}
</tbody>
</table>
</details>
</figure>
"""


def map_html(
    journey: Journey,
    *,
    persona: str | None = None,
    theme: Theme = "light",
    width: float | None = None,
    states: Mapping[str, str] | None = None,
) -> str:
    """Return the map as an HTML fragment that needs no script and no style sheet.

    Parameters
    ----------
    journey, persona, theme, width, states
        As :func:`jupyter_journey.charts.map_svg` takes them, and with the same errors.

    Returns
    -------
    str
        A ``<figure>`` with the picture and, folded, a table: stages as column headers, lanes as
        row headers. All text is escaped.

    Examples
    --------
    >>> page = map_html(Journey.new("R&D"))
    >>> "<caption>R&amp;D" in page and '<th scope="row">Emotion</th>' in page
    True
    """
    shown = view(journey, persona, states)
    say = voice(shown.language)
    picture = map_svg(journey, persona=persona, theme=theme, width=width, states=states)
    return _template().render(
        # made by the SVG renderer, which has escaped every text
        picture=Markup(picture),  # noqa: S704
        read=map_word(shown.language, "read_as_table"),
        title=clean(say("charts", "aside", text=shown.title, aside=shown.subtitle)),
        stages=[clean(stage.name) for stage in shown.stages],
        rows=_rows(shown, say),
    )


@cache
def _template() -> Template:
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(_PAGE)


def _rows(shown: MapView, say: Voice) -> list[tuple[str, list[list[str]]]]:
    rows, band = [], ""
    for row in shown.rows:
        band = row.heading or band
        name = row.lane.name
        if band:
            name = say("charts", "labelled", name=band, value=name)
        said = ([*spoken(cell, row, shown), *remarks(cell, shown)] for cell in row.cells)
        cells = [[clean(item) for item in items] for items in said]
        rows.append((clean(name), cells))
    return rows
