"""The map as a storyboard: a panel per stage with what customers do, think and feel (VIS-01)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jupyter_journey.charts.card_row import Card, cards
from jupyter_journey.charts.map_marks import theme
from jupyter_journey.charts.map_spoken import spoken
from jupyter_journey.charts.map_view import MapView, Row, view
from jupyter_journey.charts.map_words import mood
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.model.journey import Journey

__all__ = ["storyboard"]

_TOLD = ("text", "list", "chips", "reference", "image")
_MOST = 3
"""Lanes at most on a panel, besides those that tell of pain or of chances."""


def storyboard(journey: Journey, persona: str | None = None) -> Rendered | None:
    """Show the journey as a panel per stage, sub-steps left out; None if nothing is filled in.

    A panel tells what the first lanes say, how customers feel, what hurts and what could be better;
    of a map with a band per persona, each persona has panels of her own.

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
    for persona, rows in _bands(shown):
        number = 0
        for place, stage in enumerate(shown.stages):
            if stage.parent_id:
                continue
            number += 1
            scores = (row.cells[place].score for row in rows if row.lane.kind == "score")
            felt = next((score for score in scores if score is not None), None)
            yield {
                "title": " · ".join([*filter(None, [persona]), str(number), stage.name]),
                "badge": "" if felt is None else mood(shown.language, felt),
                "fields": [*_fields(rows, shown, place)],
            }


def _bands(shown: MapView) -> list[tuple[str, list[Row]]]:
    """Return the rows by the persona they are of, in a map with a band for each; else all."""
    bands: list[tuple[str, list[Row]]] = []
    for row in shown.rows:
        if row.heading or not bands:
            bands.append((row.heading, []))
        bands[-1][1].append(row)
    return bands


def _fields(rows: Iterable[Row], shown: MapView, place: int) -> Iterator[tuple[str, Any]]:
    plain = 0
    for row in rows:
        cell = row.cells[place]
        if row.lane.kind not in _TOLD or cell.empty:
            continue
        stands_out = row.lane.id in theme()["tones"]
        plain += not stands_out
        if stands_out or plain <= _MOST:
            words = spoken(cell, row, shown)
            yield row.lane.name, words[0] if len(words) == 1 else words
