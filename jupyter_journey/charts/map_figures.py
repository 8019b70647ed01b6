"""How a measurement is written: value, cases, interval, period, trend and state.

The twin is ``widgets/src/map/figures.ts``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from math import floor, log10

from babel.numbers import format_decimal, format_percent

from jupyter_journey import catalogue
from jupyter_journey.charts.map_view import MapView
from jupyter_journey.charts.map_words import joined, widget_word
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.figures import earlier_of
from jupyter_journey.model.records import Measurement

__all__ = [
    "SHARES",
    "Shown",
    "Trend",
    "by_hand",
    "day",
    "number",
    "period_of",
    "quantity",
    "shown",
    "written",
]

SHARES = ("share", "ratio", "rate", "fraction", "proportion")


@dataclass(frozen=True)
class Trend:
    """How a figure moved against the one of the period before."""

    text: str
    since: str
    way: str
    """up, down or level."""
    mood: str
    """good, bad, or an empty text where the figure has no better direction."""


@dataclass(frozen=True)
class Shown:
    """A figure in words."""

    name: str
    value: str
    unit: str
    cases: str
    basis: tuple[str, ...]
    """Interval, cases and period, or why there is no value."""
    trend: Trend | None
    interval: tuple[float, float, float] | None
    """Low end, value and high end, where there is an interval."""
    state: str
    """What is known of its truth, in words."""
    rest: str
    """All but value and name in one line, for whoever listens."""


def shown(figure: Measurement, on: MapView) -> Shown:
    """Return how a figure reads on a map."""
    language, share = on.language, figure.unit in SHARES
    hidden = figure.suppressed or figure.value is None
    value, unit = ("–", "") if hidden else quantity(figure.value or 0.0, figure.unit, language)
    low, high = (
        "" if end is None or hidden else number(end, language, share=share)
        for end in (figure.low, figure.high)
    )
    cases = "" if figure.n is None else widget_word(language, "n", n=number(figure.n, language))
    if figure.suppressed:
        cases = widget_word(language, "suppressed", n=on.least)
    ends = f"{low} – {high}" if low and high else ""
    heard = widget_word(language, "interval", low=low, high=high) if ends else ""
    trend = None if hidden else _trend(figure, on)
    moved = [trend.text, trend.since] if trend else []
    period, state = period_of(figure.period), _state(figure, on)
    return Shown(
        name=figure.name,
        value=value,
        unit=unit,
        cases=cases,
        basis=tuple(filter(None, [ends, cases, period])),
        trend=trend,
        interval=_interval(figure) if ends else None,
        state=state,
        rest=joined([heard, cases, period, *moved, state], language),
    )


def _interval(figure: Measurement) -> tuple[float, float, float]:
    return figure.low or 0.0, figure.value or 0.0, figure.high or 0.0


def _state(figure: Measurement, on: MapView) -> str:
    state = on.states.get(figure.id, "")
    known: dict[str, str] = catalogue.texts(on.language)["widget"]["states"]
    return known.get(state, state)


def by_hand(own: float, figure: Measurement | None, language: str) -> str:
    """Say that a person set a value, and how far it is from the computed one."""
    said = widget_word(language, "by_hand")
    if figure is None or figure.value is None or figure.suppressed:
        return said
    apart = _difference(own - figure.value, figure.unit, language)
    return widget_word(language, "point", word=said, score=apart)


def _trend(figure: Measurement, on: MapView) -> Trend | None:
    before = earlier_of(on.document, figure)
    if before is None or before.value is None or figure.value is None:
        return None
    change = figure.value - before.value
    way = "up" if change > 0 else "down" if change < 0 else "level"
    mood = ""
    if way != "level" and figure.direction:
        mood = "good" if way == figure.direction else "bad"
    said = _difference(change, figure.unit, on.language)
    if way == "level":
        said = widget_word(on.language, "unchanged")
    elif mood:
        said = widget_word(on.language, "better" if mood == "good" else "worse", change=said)
    last = period_of(before.period).split(" – ")[-1] or widget_word(on.language, "before")
    return Trend(said, widget_word(on.language, "since", period=last), way, mood)


def _difference(change: float, unit: str, language: str) -> str:
    """Return a difference with its sign; of shares in percentage points."""
    share = unit in SHARES
    size = number(abs(change) * (100 if share else 1), language)
    unit = voice(language).unit(unit)
    said = widget_word(language, "points", n=size) if share else f"{size} {unit}".strip()
    return ("−" if change < 0 else "+") + said


def period_of(period: str) -> str:
    """Return first and last day as a person writes them; of whole months the months alone.

    Examples
    --------
    >>> period_of("2026-01-01/2026-03-31"), period_of("2026-01-02/2026-01-09")
    ('2026-01 – 2026-03', '2026-01-02 – 2026-01-09')
    """
    first, _, last = period.partition("/")
    ends = (first, last or first)
    if first.endswith("-01") and _ends_a_month(ends[1]):
        ends = (first[:7], ends[1][:7])
    return " – ".join(dict.fromkeys(ends))


def _ends_a_month(text: str) -> bool:
    try:
        return (date.fromisoformat(text) + timedelta(days=1)).day == 1
    except ValueError:
        return False


def number(value: float, language: str = "en", *, share: bool = False) -> str:
    """Return a number as a reader wants it: three significant digits, all of the thousands.

    Examples
    --------
    >>> number(0.12345), number(1234.5), number(-2.0), number(0.4213, share=True)
    ('0.123', '1,235', '−2', '42.1%')
    """
    value, locale = value + 0.0, voice(language).locale
    places = 3 if share else max(0, 2 - floor(log10(abs(value)))) if value else 0
    with localcontext(rounding=ROUND_HALF_UP, prec=700):  # as browsers round; any float fits
        rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places)).normalize()
        write = format_percent if share else format_decimal
        said = write(rounded, locale=locale, decimal_quantization=False)
    return said.replace("-", "−")


def day(text: str, language: str = "en") -> str:
    """Return a day as the language writes it; anything else stays as it is.

    Examples
    --------
    >>> day("2026-03-31"), day("soon")
    ('Mar 31, 2026', 'soon')
    """
    try:
        return voice(language).day(date.fromisoformat(text))
    except ValueError:
        return text


def quantity(value: float, unit: str, language: str = "en") -> tuple[str, str]:
    """Return a value as its unit asks and the unit behind it; shares become per cent.

    Examples
    --------
    >>> quantity(0.4213, "share"), quantity(3.5, "days")
    (('42.1%', ''), ('3.5', 'days'))
    """
    share = unit in SHARES
    return number(value, language, share=share), "" if share else voice(language).unit(unit)


def written(value: float, unit: str, language: str = "en") -> str:
    """Return a value with its unit.

    Examples
    --------
    >>> written(3.5, "days")
    '3.5 days'
    """
    return " ".join(filter(None, quantity(value, unit, language)))
