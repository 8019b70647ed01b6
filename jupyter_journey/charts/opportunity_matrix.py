"""The opportunity matrix: what customers gain against what it takes."""

from __future__ import annotations

from itertools import product

from jupyter_journey.catalogue import texts
from jupyter_journey.charts.map_view import MapView, Row, view
from jupyter_journey.charts.rendered import Rendered, render
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.journey import Journey

__all__ = ["opportunities"]

_VALUE, _EFFORT = "customer-value", "effort"
_NAMED = ("solution", "need-or-pain")
"""What an opportunity is called by: the first of these lanes that says something."""


def opportunities(journey: Journey) -> Rendered | None:
    """Show the opportunities of a map by customer value and effort, best first: high and low.

    A stage's opportunity stands where its lanes ``customer-value`` and ``effort`` put it. None for
    a map without both, and where no stage says both.

    Examples
    --------
    >>> journey = Journey.new("Shop", map_type="opportunity", stages=["Visit", "Order"])
    >>> journey = journey.set("Visit", "Customer value", "high").set("Visit", "Effort", "low")
    >>> opportunities(journey.set("Visit", "Solution", "A shorter way"))
    Customer value high, effort low: A shorter way (Visit)
    """
    shown = view(journey)
    rows = {row.lane.id: row for row in shown.rows}
    value, effort = rows.get(_VALUE), rows.get(_EFFORT)
    if value is None or effort is None:
        return None
    called: dict[str, str] = texts(shown.language)["choices"]
    across, down = ([called.get(it, it) for it in row.lane.options] for row in (effort, value))
    down.reverse()
    say = voice(shown.language)
    cells = {rated: _placed(shown, rows, rated, say) for rated in product(down, across)}
    if not any(cells.values()):
        return None
    told = [
        say("charts", "opportunities", "told", value=high, effort=much, what=say.listed(names))
        for (high, much), names in cells.items()
        if names
    ]
    return render(
        "matrix.html",
        "\n".join(told),
        corner=say("charts", "opportunities", "axes"),
        across=across,
        rows=[(high, [cells[high, much] for much in across]) for high in down],
        best=(down[0], across[0]),
    )


def _placed(shown: MapView, rows: dict[str, Row], rated: tuple[str, str], say: Voice) -> list[str]:
    """Return the opportunities of one value and effort, each with its stage."""
    return [
        say("charts", "aside", text=_name(rows, place) or stage.name, aside=stage.name)
        for place, stage in enumerate(shown.stages)
        if rows[_VALUE].cells[place].items == rated[:1]
        and rows[_EFFORT].cells[place].items == rated[1:]
    ]


def _name(rows: dict[str, Row], place: int) -> str:
    told = (rows[lane].cells[place].items for lane in _NAMED if lane in rows)
    return next((items[0] for items in told if items), "")
