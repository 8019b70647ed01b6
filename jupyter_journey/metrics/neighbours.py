"""Figures of other selections of the same data, which a reader can subtract from one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

from jupyter_journey.events.filters import Scalar
from jupyter_journey.metrics import fingerprints
from jupyter_journey.model.records import Document, Measurement

__all__ = ["Neighbours"]

_SHARE = "share"


class Neighbours:
    """The figures shown so far, to tell which further ones would give a small group away.

    If all customers of one selection are in another one, too, the difference of what two figures
    count is a group of customers: those of the one and not of the other.
    """

    def __init__(self, document: Document, shown: Iterable[Measurement]) -> None:
        self._segments = {item.id: item.where for item in document.segments}
        self._persona_segments = {item.id: item.segment_id for item in document.personas}
        self._shown: defaultdict[Hashable, list[Measurement]] = defaultdict(list)
        for figure in shown:
            if figure.n is not None:
                self._shown[_subject(figure)].append(figure)

    def tell_on(self, figure: Measurement, least: int) -> bool:
        """Tell whether a figure and one that is shown differ by too few customers."""
        whose = self._conditions(figure)
        return any(
            0 < abs(one - other) < least
            for before in self._shown[_subject(figure)]
            if _nested(whose, self._conditions(before))
            for one, other in zip(_counts(figure), _counts(before), strict=False)
        )

    def _conditions(self, figure: Measurement) -> frozenset[tuple[str, str]]:
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


def _nested(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    return one < other or other < one


def _counts(figure: Measurement) -> Iterator[int]:
    """Yield how many a figure rests on, and of a share how many it counts and how many not."""
    n = figure.n or 0
    yield n
    if figure.unit == _SHARE and figure.value is not None:
        hits = round(figure.value * n)
        yield from (hits, n - hits)
