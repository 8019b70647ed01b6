"""How touchpoints lead to one another, and where the chain is broken (TPQ-6, CHK-304)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Touchpoint

__all__ = ["END", "chain", "loose", "unreachable"]

END = "end"
"""Stands in ``Touchpoint.next`` where a chain stops on purpose."""


def chain(journey: Journey) -> pd.DataFrame:
    """Return what follows each touchpoint.

    Returns
    -------
    pandas.DataFrame
        ``source`` and ``target`` (names), ``stage`` and ``target_stage`` (names, as categories in
        the journey's order), ``what``: ``link``, ``end`` (stops on purpose), ``nowhere`` (says
        nothing) or ``astray`` (names something that isn't on the map); ``reached``: whether a chain
        from where journeys begin leads to the source.

    Examples
    --------
    >>> chain(Journey.new("Shop").add("touchpoints", name="Website"))["what"].tolist()
    ['nowhere']
    """
    missed = set(unreachable(journey))
    stages = {stage.id: stage.name for stage in journey.document.stages}
    order = pd.CategoricalDtype([*dict.fromkeys(stages.values())], ordered=True)
    points = {point.id: point for point in journey.document.touchpoints}
    rows = [
        (
            point.name,
            stages.get(point.stage_id or ""),
            points[key].name if key in points else (key or None),
            stages.get(points[key].stage_id or "") if key in points else None,
            what,
            point.id not in missed,
        )
        for point in points.values()
        for key, what in _onward(point, points)
    ]
    names = ["source", "stage", "target", "target_stage", "what", "reached"]
    return pd.DataFrame(rows, columns=names).astype({"stage": order, "target_stage": order})


def _onward(point: Touchpoint, points: dict[str, Touchpoint]) -> Iterator[tuple[str, str]]:
    if not point.next:
        yield "", "nowhere"
    for key in point.next:
        if key == END:
            yield "", "end"
        else:
            yield key, "link" if key in points else "astray"


def loose(links: pd.DataFrame) -> pd.DataFrame:
    """Return where the chain is broken: ``name``, ``stage``, ``what``, ``target``.

    ``what`` is ``nowhere``, ``astray`` (``target`` isn't on the map) or ``unreached``.
    """
    broken = links[links["what"].isin(["nowhere", "astray"])]
    missed = links[~links["reached"].astype(bool)].drop_duplicates("source")
    missed = missed.assign(what="unreached", target=None)
    both = pd.concat([broken, missed]).rename(columns={"source": "name"})
    return both[["name", "stage", "what", "target"]].reset_index(drop=True)


def unreachable(journey: Journey) -> list[str]:
    """Return the touchpoints that no chain reaches from where journeys begin.

    They begin at any touchpoint of the first stage that has one.
    """
    points = journey.document.touchpoints
    order = {stage.id: at for at, stage in enumerate(journey.document.stages)}
    places = {point.id: order.get(point.stage_id or "", len(order)) for point in points}
    following = {point.id: point.next for point in points}
    seen: set[str] = set()
    ahead = [key for key, place in places.items() if place == min(places.values())]
    while ahead:
        key = ahead.pop()
        if key not in seen:
            seen.add(key)
            ahead.extend(following.get(key, ()))
    return [point.id for point in points if point.id not in seen]
