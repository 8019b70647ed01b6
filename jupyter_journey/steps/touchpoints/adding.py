"""Touchpoints a person confirmed, each on the map once."""

from __future__ import annotations

from typing import Any

from jupyter_journey.model.journey import Journey

__all__ = ["added"]


def added(journey: Journey, name: str, **fields: Any) -> Journey:
    """Add a touchpoint; one of that name stays where it is, and gets kind and events besides.

    Examples
    --------
    >>> once = added(Journey.new("Shop"), "Website", events=("visit",))
    >>> added(once, "Website", events=("read",)).document.touchpoints[0].events
    ('visit', 'read')
    """
    points = list(journey.document.touchpoints)
    at = next((place for place, point in enumerate(points) if point.name == name), None)
    if at is None:
        return journey.add("touchpoints", name=name, **fields)
    held = points[at]
    events = tuple(dict.fromkeys([*held.events, *fields.get("events", ())]))
    points[at] = held.model_copy(update={"kind": fields.get("kind", held.kind), "events": events})
    return journey.replace("touchpoints", points)
