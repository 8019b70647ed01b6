"""The map as one SVG: journey in, text out."""

from __future__ import annotations

from hashlib import sha256
from xml.etree.ElementTree import Element, tostring

from jupyter_journey.charts.map_frame import Frame, draw_header, frame, groups
from jupyter_journey.charts.map_marks import mark, place, sizes
from jupyter_journey.charts.map_rows import draw_rows, proposed_legend
from jupyter_journey.charts.map_style import Theme, paint
from jupyter_journey.charts.map_view import MapView, spoken, view
from jupyter_journey.charts.map_words import map_word
from jupyter_journey.model.journey import Journey

__all__ = ["described", "map_svg"]


def map_svg(
    journey: Journey,
    *,
    persona: str | None = None,
    theme: Theme = "light",
    width: float | None = None,
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
    shown = view(journey, persona)
    at = frame(len(shown.stages), width)
    header = draw_header(shown, at)
    rows = draw_rows(shown, at)
    legend = proposed_legend(shown)
    bottom = header.height + rows.height
    height = bottom + (legend.height + 14 if legend.marks else 0) + sizes()["margin"] * 0.7
    root = _root(shown, at.width, height, width)
    root.append(mark("rect", width=at.width, height=height, class_="jj-page"))
    root.extend(_zebra(shown, at, header.height, bottom))
    root.append(place(header.marks, 0, 0))
    root.append(place(rows.marks, 0, header.height))
    if legend.marks:
        root.append(place(legend.marks, at.margin, bottom + 14))
    paint(root, _scope(journey, shown.subtitle, width), theme)
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
        aria_label=shown.title,  # by text, not by id: a page may show a map twice
        style="max-width:100%;height:auto",
    )
    root.append(mark("title", shown.title))
    root.append(mark("desc", described(shown)))
    return root


def _zebra(shown: MapView, at: Frame, top: float, bottom: float) -> list[Element]:
    return [
        mark(
            "rect",
            x=at.x(first) + 3,
            y=top,
            width=at.column * count - 6,
            height=max(bottom - top, 0),
            class_="jj-zebra",
        )
        for number, (_, first, count) in enumerate(groups(shown))
        if number % 2 and shown.rows
    ]


def described(shown: MapView) -> str:
    """Say in words what the map shows: its stages, then each score and figure by stage."""
    names = ", ".join(stage.name for stage in shown.stages)
    lanes, stages = len(shown.rows), len(shown.stages)
    said = [
        f"{shown.subtitle}.",
        map_word(shown.language, "about", lanes=lanes, stages=stages, names=names),
    ]
    for row in shown.rows:
        if row.lane.kind in ("score", "metric"):
            told = [
                f"{stage.name}: {'; '.join(spoken(cell, row, shown))}"
                for stage, cell in zip(shown.stages, row.cells, strict=True)
                if not cell.empty
            ]
            said += [f"{row.lane.name}: {', '.join(told)}."] if told else []
    return " ".join(said)
