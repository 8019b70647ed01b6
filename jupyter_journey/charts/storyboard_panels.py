"""The map as a storyboard: a panel per stage with what customers do, think and feel (VIS-01)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jupyter_journey.charts.card_row import Card, cards
from jupyter_journey.charts.map_marks import theme
from jupyter_journey.charts.map_spoken import spoken
from jupyter_journey.charts.map_view import MapView, view
from jupyter_journey.charts.map_words import mood
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.model.journey import Journey

__all__ = ["storyboard"]

_TOLD = ("text", "list", "chips", "reference", "image")
_MOST = 3
"""Lanes at most on a panel, besides those that tell of pain or of chances."""


def storyboard(journey: Journey, persona: str | None = None) -> Rendered | None:
    """Show the journey as a panel per stage, sub-steps left out; None if nothing is filled in.

    A panel tells what the first lanes say, how customers feel, what hurts and what could be better.

    Parameters
    ----------
    journey
        The journey; its language is the panels'.
    persona
        Name or id of the persona to tell of.

    Raises
    ------
    UnknownNameError
        If there is no such persona.

    Examples
    --------
    >>> journey = Journey.new("Shop", stages=["Visit", "Order"])
    >>> journey = journey.set("Visit", "Actions", ["Look around"]).set("Visit", "Emotion", 1)
    >>> storyboard(journey)
    1 · Visit [content]
      Actions: Look around
    <BLANKLINE>
    2 · Order
    """
    shown = view(journey, persona)
    panels = [*_panels(shown)]
    if not any(panel["fields"] for panel in panels):
        return None
    return cards(panels, shown.language)


def _panels(shown: MapView) -> Iterator[Card]:
    number = 0
    for place, stage in enumerate(shown.stages):
        if stage.parent_id:
            continue
        number += 1
        felt = [
            row.cells[place].score
            for row in shown.rows
            if row.lane.kind == "score" and row.cells[place].score is not None
        ]
        yield {
            "title": f"{number} · {stage.name}",
            "badge": mood(shown.language, felt[0]) if felt and felt[0] is not None else "",
            "fields": [*_fields(shown, place)],
        }


def _fields(shown: MapView, place: int) -> Iterator[tuple[str, Any]]:
    plain = 0
    for row in shown.rows:
        cell = row.cells[place]
        if row.lane.kind not in _TOLD or cell.empty:
            continue
        stands_out = row.lane.id in theme()["tones"]
        plain += not stands_out
        if stands_out or plain <= _MOST:
            words = spoken(cell, row, shown)
            yield row.lane.name, words[0] if len(words) == 1 else words
