"""A journey map the size of a stamp: how many go on at each stage, and how it feels there."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from jupyter_journey.charts.voice import Voice
from jupyter_journey.reports.changes import Change, Told

__all__ = ["Thumbnails"]

_RATE, _EMOTION = "MET-37", "MET-32"
_STEP, _HIGH = 14, 40
_FEELINGS = 2
"""Emotion is told from −2 to +2."""


class Thumbnails:
    """Draws small maps; equal ones are drawn once and shown by reference."""

    def __init__(self, say: Voice) -> None:
        self._say = say
        self._ids: dict[str, str] = {}

    def of(self, figures: Iterable[Change]) -> Markup:
        """Return the map of one report's figures; empty where it has none that a map needs."""
        told = [one for one in figures if one.after and one.after.place is not None]
        rates = [one for one in told if one.told.metric == _RATE]
        moods = [one.told for one in told if one.told.metric == _EMOTION and one.told.lane]
        if not rates:
            return Markup()
        wide = _STEP * (1 + max(one.place or 0 for one in [*(r.told for r in rates), *moods]))
        drawn = "".join([*map(_bar, rates), _curve(moods)])
        said = self._words([*(one.told for one in rates), *moods])
        key = self._ids.setdefault(drawn, f"map-{len(self._ids)}")
        return Markup(
            '<svg class="small" role="img" aria-label="{said}" viewBox="0 0 {wide} {high}" '
            'width="{wide}" height="{high}"><title>{said}</title><use href="#{key}"/></svg>'
        ).format(said=said, wide=wide, high=_HIGH, key=key)

    @property
    def drawn(self) -> Markup:
        """What the references mean; it stands in the page once."""
        symbols = (f'<symbol id="{key}">{marks}</symbol>' for marks, key in self._ids.items())
        # numbers and class names of this module
        return Markup(f'<svg class="symbols" aria-hidden="true">{"".join(symbols)}</svg>')  # noqa: S704

    def _words(self, figures: Iterable[Told]) -> str:
        told: dict[str, list[str]] = {}
        for one in figures:
            value = self._say.quantity(one.value, one.unit)
            told.setdefault(one.name, []).append(f"{one.stage} {value}")
        return "\n".join(f"{name}: {', '.join(values)}" for name, values in told.items())


def _bar(rate: Change) -> str:
    figure = rate.told
    at, share = _STEP * (figure.place or 0), min(max(figure.value, 0), 1)
    high = share * (_HIGH - 2)
    kind = rate.verdict or "same"
    return (
        f'<rect class="ground" x="{at + 1}" y="1" width="{_STEP - 2}" height="{_HIGH - 2}"/>'
        f'<rect class="{kind}" x="{at + 1}" y="{_HIGH - 1 - high:.1f}" width="{_STEP - 2}" '
        f'height="{high:.1f}"/>'
    )


def _curve(moods: list[Told]) -> str:
    middle = _HIGH / 2
    points = [
        f"{_STEP * ((one.place or 0) + 0.5):g},{middle - one.value / _FEELINGS * (middle - 3):.1f}"
        for one in sorted(moods, key=lambda one: one.place or 0)
    ]
    return f'<polyline class="mood" points="{" ".join(points)}"/>' if len(points) > 1 else ""
