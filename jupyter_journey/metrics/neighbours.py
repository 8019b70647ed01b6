"""Figures of other selections of the same data, which a reader can subtract from one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from jupyter_journey.events import Period
from jupyter_journey.events.filters import Scalar
from jupyter_journey.metrics import fingerprints
from jupyter_journey.model.records import Document, Measurement

__all__ = ["Neighbours"]

_SHARE = "share"
Condition = tuple[str, str]
"""A column and its value."""


class _Told(NamedTuple):
    """Of whom and when a figure tells, and how many they are."""

    conditions: frozenset[Condition]
    period: Period | None
    counts: tuple[int, ...]

    def holds(self, other: _Told) -> bool:
        """Tell whether all customers of another selection are in this one, too."""
        when = self.period is None or (other.period and self.period.holds(other.period))
        return bool(self.conditions <= other.conditions and when)


class Neighbours:
    """The figures shown so far, to tell which further ones would give a small group away.

    If all customers of one selection, or of a part of the period, are in another one, too, the
    difference of what two figures count is a group of customers: those of the one and not of the
    other. So is what several selections leave that differ in the value of one column, and what
    several periods leave of a longer one: of answers and tickets to the last one, as each lies in
    one of them; of customers at least, as some come in several. So are those who have neither of
    two values of different columns, where it is told how many have the one, the other, and both.

    What isn't seen: who has none of more values, or of three columns; selections by columns and
    periods mixed; how many people several answers or tickets are of; figures of another state of
    the data, and those in other files.
    """

    def __init__(
        self,
        document: Document,
        shown: Iterable[Measurement],
        unlimited: Callable[[Measurement], bool],
    ) -> None:
        self._segments = {item.id: item.where for item in document.segments}
        self._persona_segments = {item.id: item.segment_id for item in document.personas}
        self._unlimited = unlimited
        self._shown: defaultdict[Hashable, list[Measurement]] = defaultdict(list)
        for figure in shown:
            if figure.n is not None:
                self._shown[_subject(figure)].append(figure)

    def tell_on(self, figure: Measurement, least: int, *, as_asked: bool) -> bool:
        """Tell whether a figure and those that are shown differ by too few customers.

        Parameters
        ----------
        as_asked
            Whether the metric's figures are of the period asked for: of all time where none was,
            whatever the first and last day are that the data then have.
        """
        told = self._told(figure, as_asked)
        before = [self._told(one, as_asked) for one in self._shown[_subject(figure)]]
        nested = [one for one in before if one.holds(told) or told.holds(one)]
        differences = [
            abs(count - other)
            for one in nested
            for count, other in zip(told.counts, one.counts, strict=False)
        ]
        wholes = [told, *(one for one in nested if one.holds(told))]
        every = [told, *before]
        rests = [
            rest
            for one in wholes
            for rest in (*_rests(one, every), *_between(one, every), *_neither(one, every))
        ]
        return any(0 < count < least for count in [*differences, *rests])

    def _told(self, figure: Measurement, as_asked: bool) -> _Told:
        of_all_time = not figure.period or (as_asked and self._unlimited(figure))
        period = None if of_all_time else Period.parse(figure.period)
        return _Told(self._conditions(figure), period, _counts(figure))

    def _conditions(self, figure: Measurement) -> frozenset[Condition]:
        keys = (figure.segment_id, self._persona_segments.get(figure.persona_id or ""))
        every: list[Mapping[str, Scalar]] = [self._segments.get(key or "", {}) for key in keys]
        return frozenset(
            (column, repr(value)) for one in (*every, figure.where) for column, value in one.items()
        )


def _subject(figure: Measurement) -> Hashable:
    """Return what a figure is of, whichever customers it counts."""
    return (
        *(figure.metric, figure.stage_id, figure.milestone_id, figure.touchpoint_id, figure.name),
        fingerprints.parts(figure.fingerprint)[0],
    )


def _rests(whole: _Told, others: Iterable[_Told]) -> list[int]:
    """Return how many of a whole have none of the values, of each column, that others tell of.

    Of several periods with the same value, the one that counts most leaves fewest.
    """
    parts: defaultdict[str, dict[Condition, tuple[int, ...]]] = defaultdict(dict)
    for other in others:
        more = other.conditions - whole.conditions
        if len(more) == 1 and whole.holds(other):
            [condition] = more
            before = parts[condition[0]].get(condition, ())
            most = (max(pair) for pair in zip_longest(before, other.counts, fillvalue=0))
            parts[condition[0]][condition] = tuple(most)
    return [
        count - sum(each)
        for values in parts.values()
        for count, *each in zip(whole.counts, *values.values(), strict=False)
    ]


def _neither(whole: _Told, others: Iterable[_Told]) -> Iterator[int]:
    """Yield how many of a whole have neither of two values of which others tell, and both."""
    same = {
        other.conditions - whole.conditions: other.counts
        for other in others
        if other.period == whole.period and whole.holds(other)
    }
    for pair, both in same.items():
        if len(pair) == 2:
            one, other = (same.get(frozenset({condition}), ()) for condition in pair)
            counts = zip(whole.counts, one, other, both, strict=False)
            yield from (count - this - that + shared for count, this, that, shared in counts)


def _between(whole: _Told, others: Iterable[_Told]) -> Iterator[int]:
    """Yield how many are left of a whole by shorter periods that leave no room for another one.

    Fewer of the periods leave as many more as those count that are left out: enough, or nobody.
    """
    parts = {
        other.period: other.counts
        for other in others
        if other.period
        and other.period != whole.period
        and other.conditions == whole.conditions
        and whole.holds(other)
    }
    for place, count in enumerate(whole.counts):
        sizes = {period: told[place] for period, told in parts.items() if place < len(told)}
        if sizes:
            yield from (count - filled for filled in _filled(sizes, count))


def _filled(sizes: Mapping[Period, int], most: int) -> set[int]:
    """Return what periods count together that don't overlap and leave no room for another one."""

    @cache
    def after(day: date) -> frozenset[int]:
        later = [period for period in sizes if period.first > day]
        if not later:
            return frozenset({0})
        soonest = min(period.last for period in later)
        return frozenset(
            sizes[period] + more
            for period in later
            if period.first <= soonest
            for more in after(period.last)
            if sizes[period] + more < most
        )

    return set(after(date.min))


def _counts(figure: Measurement) -> tuple[int, ...]:
    """Return how many a figure rests on, and of a share how many it counts and how many not."""
    n = figure.n or 0
    if figure.unit != _SHARE or figure.value is None:
        return (n,)
    hits = round(figure.value * n)
    return n, hits, n - hits
