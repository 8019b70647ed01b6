"""Which of a journey's figures stand on its map, and which came before them.

The twin is ``widgets/src/store/figures.ts``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from jupyter_journey.model.records import Document, Measurement

__all__ = ["earlier_of", "selection_of", "shown_figures"]

_NEVER = datetime.min.replace(tzinfo=UTC)

Selection = tuple[str | None, tuple[tuple[str, str], ...]]


def shown_figures(document: Document, persona_id: str | None = None) -> tuple[Measurement, ...]:
    """Return the figures the map shows, in the order of the file.

    A journey may hold figures of several groups of customers. Side by side in a cell they would
    contradict each other, so a map shows one group: the persona's if she has figures, else
    everybody's; of these the ones without a segment or condition, else those of the first
    selection; of each figure the one computed last.
    """
    placed = [figure for figure in document.measurements if figure.stage_id]
    own = [figure for figure in placed if figure.persona_id == persona_id]
    group = own or [figure for figure in placed if figure.persona_id is None]
    if not group:
        return ()
    wanted = _first(group)
    latest: dict[tuple[str | None, ...], Measurement] = {}
    for figure in group:
        key = (figure.metric, figure.lane_id, figure.stage_id, figure.milestone_id, figure.name)
        before = latest.get(key)
        if selection_of(figure) == wanted and (before is None or _time(before) <= _time(figure)):
            latest[key] = figure
    kept = {figure.id for figure in latest.values()}
    return tuple(figure for figure in group if figure.id in kept)


def earlier_of(document: Document, figure: Measurement) -> Measurement | None:
    """Return the same figure as it was measured for the period before, if the journey holds one."""
    subject, last = _subject(figure), None
    for other in document.measurements:
        known = other.value is not None and not other.suppressed
        if known and _subject(other) == subject and _is_before(other, figure):
            last = other if last is None or _is_before(last, other) else last
    return last


def _subject(figure: Measurement) -> tuple[object, ...]:
    """Return what a figure is of: its place on the map, and whose."""
    place = (figure.metric, figure.lane_id, figure.stage_id, figure.milestone_id)
    return (*place, figure.name, figure.unit, figure.persona_id, selection_of(figure))


def _is_before(one: Measurement, other: Measurement) -> bool:
    ends, late = (figure.period.split("/")[-1] for figure in (one, other))
    # Computed again for the same period isn't an earlier state.
    return ends < late if ends and late else not (ends or late) and _time(one) < _time(other)


def selection_of(figure: Measurement) -> Selection:
    """Return the segment and the conditions of a figure, to compare."""
    return figure.segment_id, tuple(sorted((key, repr(v)) for key, v in figure.where.items()))


def _first(figures: Iterable[Measurement]) -> Selection:
    selections = [selection_of(figure) for figure in figures]
    everybody: Selection = (None, ())
    return everybody if everybody in selections else selections[0]


def _time(figure: Measurement) -> datetime:
    return figure.computed_at or _NEVER
