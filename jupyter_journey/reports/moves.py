"""One figure's move as a small picture: the interval before, the interval after, on one scale."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from jupyter_journey.charts.voice import Voice
from jupyter_journey.reports.changes import Change, Told

__all__ = ["drawn_move"]

_WIDE, _HIGH, _EDGE = 180, 28, 6


def drawn_move(change: Change, say: Voice) -> Markup:
    """Draw both sides of a change; what one can't see of it is said in words."""
    sides = [one for one in (change.before, change.after) if one]
    ends = [end for one in sides for end in (one.value, one.low, one.high) if end is not None]
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0

    def at(value: float) -> float:
        return _EDGE + (value - low) / span * (_WIDE - 2 * _EDGE)

    kinds = ("before", change.verdict or "same")
    marks = Markup("").join(
        _side(one, place, kind, at)
        for one, place, kind in zip(sides, (9, 20), kinds[-len(sides) :], strict=True)
    )
    said = " → ".join(_words(one, say) for one in sides)
    return Markup(
        '<svg class="move" role="img" aria-label="{said}" viewBox="0 0 {wide} {high}" '
        'width="{wide}" height="{high}"><title>{said}</title>{marks}</svg>'
    ).format(said=said, wide=_WIDE, high=_HIGH, marks=marks)


def _side(one: Told, y: int, kind: str, at: Callable[[float], float]) -> Markup:
    ends = (one.value if one.low is None else one.low, one.value if one.high is None else one.high)
    return Markup(
        '<line class="{kind}" x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}"/>'
        '<circle class="{kind}" cx="{value:.1f}" cy="{y}" r="4"/>'
    ).format(kind=kind, low=at(ends[0]), high=at(ends[1]), value=at(one.value), y=y)


def _words(one: Told, say: Voice) -> str:
    value = say.quantity(one.value, one.unit)
    if one.low is None or one.high is None:
        return value
    low, high = (say.quantity(end, one.unit) for end in (one.low, one.high))
    return say("charts", "interval", rate=value, low=low, high=high)
