"""The map as one SVG: journey in, text out."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from xml.etree.ElementTree import Element, tostring

from jupyter_journey.charts.map_frame import draw_header, frame
from jupyter_journey.charts.map_marks import mark, place, sizes
from jupyter_journey.charts.map_rows import draw_rows
from jupyter_journey.charts.map_spoken import told
from jupyter_journey.charts.map_style import Theme, paint
from jupyter_journey.charts.map_view import MapView, view
from jupyter_journey.charts.map_words import joined, map_word
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey

__all__ = ["described", "map_svg"]


def map_svg(
    journey: Journey,
    *,
    persona: str | None = None,
    theme: Theme = "light",
    width: float | None = None,
    states: Mapping[str, str] | None = None,
) -> str:
    """Draw the map of a journey as an SVG that needs nothing else: no script, no font, no link.

    Parameters
    ----------
    journey
        The journey. Hidden lanes are left out.
    persona
        Name or id of the persona whose cells to show; without one the shared cells.
    theme
        ``light``, ``dark``, or ``auto``: as the reader's system asks.
    width
        Width in pixels. Without one, eight stages make a picture 1,600 pixels wide.
    states
        Whether figures still hold, by measurement id: ``fresh``, ``stale``, ``no-source`` or
        ``broken``, as :attr:`jupyter_journey.JourneyGrid.states`.

    Returns
    -------
    str
        Well-formed XML whatever the journey's texts hold; equal journeys give equal text.

    Raises
    ------
    UnknownNameError
        If there is no such persona.

    Examples
    --------
    >>> picture = map_svg(Journey.new("Acme Boards"))
    >>> picture.startswith("<svg") and "Onboarding" in picture
    True
    """
    shown = view(journey, persona, states)
    at = frame(len(shown.stages), width)
    header = draw_header(shown, at)
    rows = draw_rows(shown, at)
    height = header.height + rows.height + sizes()["margin"] * 0.7
    root = _root(shown, at.width, height, width)
    root.append(mark("rect", width=at.width, height=height, class_="jj-page"))
    root.append(place(header.marks, 0, 0))
    root.append(place(rows.marks, 0, header.height))
    paint(root, _scope(journey, shown.subtitle, width, sorted(shown.states.items())), theme)
    return tostring(root, encoding="unicode")


def _scope(journey: Journey, *about: object) -> str:
    """Name the picture by what it shows: equal journeys give equal text."""
    return "jj" + sha256(f"{journey.dumps()}{about}".encode()).hexdigest()[:8]


def _root(shown: MapView, wide: float, high: float, width: float | None) -> Element:
    scale = (width or wide) / wide
    root = mark(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        width=wide * scale,
        height=high * scale,
        viewBox=f"0 0 {wide:.2f} {high:.2f}",
        role="img",
        lang=shown.language,  # a reader's system draws Chinese and Japanese by different fonts
        aria_label=shown.title,  # by text, not by id: a page may show a map twice
        style="max-width:100%;height:auto",
    )
    root.append(mark("title", shown.title))
    root.append(mark("desc", described(shown)))
    return root


def described(shown: MapView) -> str:
    """Say in words what the map shows: its stages, then each score and figure by stage."""
    say = voice(shown.language)
    names = joined((stage.name for stage in shown.stages), shown.language)
    lanes, stages = len(shown.rows), len(shown.stages)
    said = [
        shown.subtitle,
        map_word(shown.language, "about", lanes=lanes, stages=stages, names=names),
    ]
    for row in shown.rows:
        if row.lane.kind in ("score", "metric"):
            by_stage = [
                say("charts", "labelled", name=stage.name, value=told(cell, row, shown))
                for stage, cell in zip(shown.stages, row.cells, strict=True)
                if not cell.empty
            ]
            if by_stage:
                value = joined(by_stage, shown.language)
                said.append(say("charts", "labelled", name=row.lane.name, value=value))
    return say.sentences(said)
