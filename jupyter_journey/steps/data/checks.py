"""CHK-5xx: what the figures rest on, how far they can be trusted, which of them aren't shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.figures import selection_of, shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Measurement
from jupyter_journey.steps.figures import period_of
from jupyter_journey.steps.findings import Hit, hit, rule, said

_CHURN, _NET_CHANGE = "MET-01", "MET-01-NET"
_ACTIVATION, _FIRST_VALUE, _ALL_WAITS = "MET-05", "MET-06", "MET-06-ALL"
_ALIKE = 1.15
"""Months of 28 to 31 days are as long as each other, and so are quarters and years."""


def _where(figure: Measurement) -> str:
    return f"measurements/{figure.id}"


def _named(journey: Journey, figure: Measurement) -> str:
    stages = {stage.id: stage.name for stage in journey.document.stages}
    return " · ".join([figure.name, *([stages[figure.stage_id]] if figure.stage_id else [])])


@rule("CHK-501", "error")
def _columns(journey: Journey) -> Iterator[Hit]:
    seen: set[str] = set()
    for source in journey.document.sources:
        where = f"sources/{source.id}"
        seen.update(source.held)
        if source.role != "other" and not source.path:
            yield hit(where, name=source.name, problem=said(journey, "no_path"))
        missing = [column for column in source.columns.values() if column not in source.held]
        if source.held and missing:
            problem = said(
                journey, "no_column", columns=catalogue.listed(journey.language, missing)
            )
            yield hit(where, name=source.name, problem=problem)
    for segment in journey.document.segments:
        missing = [column for column in segment.where if column not in seen]
        if seen and missing:
            problem = said(
                journey, "no_column_of_segment", columns=catalogue.listed(journey.language, missing)
            )
            yield hit(f"segments/{segment.id}", name=segment.name, problem=problem)


@rule("CHK-502", "error")
def _valid(journey: Journey) -> Iterator[Hit]:
    shown = shown_figures(journey.document)
    for figure in journey.document.measurements:
        if not figure.suppressed and (figure.value is None or figure.n == 0):
            problem = said(journey, "undefined", n=figure.n or 0)
            yield hit(_where(figure), name=_named(journey, figure), problem=problem)
    for metric in dict.fromkeys(figure.metric for figure in shown):
        yield from _mixed(journey, [one for one in shown if one.metric == metric])


def _mixed(journey: Journey, figures: Sequence[Measurement]) -> Iterator[Hit]:
    """Yield the figures of one metric that are of other periods or units than its first."""
    first = figures[0]
    for figure in figures[1:]:
        pairs = [(first.unit, figure.unit)]
        if first.period and figure.period and not _as_long(first.period, figure.period):
            pairs.append((first.period, figure.period))
        for one, other in pairs:
            if one != other:
                problem = said(journey, "mixed", one=one, other=other)
                yield hit(_where(figure), name=_named(journey, figure), problem=problem)


def _as_long(one: str, other: str) -> bool:
    periods = [period_of(text) for text in (one, other)]
    lengths = sorted((period.last - period.first).days + 1 for period in periods if period)
    return len(lengths) < 2 or lengths[1] <= lengths[0] * _ALIKE


@rule("CHK-503", "warning")
def _net_change(journey: Journey) -> Iterator[Hit]:
    told = [one for one in journey.document.measurements if one.value is not None]
    churn = {_asked(figure) for figure in told if figure.metric == _CHURN}
    for figure in told:
        if figure.metric == _NET_CHANGE and _asked(figure) not in churn:
            yield hit(_where(figure), name=figure.name)


def _asked(figure: Measurement) -> tuple[object, ...]:
    """Return for whom and when a figure was measured."""
    return figure.period, figure.persona_id, *selection_of(figure)


@rule("CHK-504", "warning")
def _several_sources(journey: Journey) -> Iterator[Hit]:
    if len(journey.document.sources) < 2:
        yield hit("sources")


@rule("CHK-505", "warning")
def _suppressed(journey: Journey) -> Iterator[Hit]:
    for figure in journey.document.measurements:
        if figure.suppressed:
            least = journey.settings.min_group
            yield hit(_where(figure), name=_named(journey, figure), min_group=least)


@rule("CHK-506", "warning")
def _backward(journey: Journey) -> Iterator[Hit]:
    for source in journey.document.sources:
        count = source.counted.get("backward", 0)
        if count:
            yield hit(
                f"sources/{source.id}",
                name=source.name,
                count=voice(journey.language).number(count),
            )


@rule("CHK-507", "hint")
def _tagged(journey: Journey) -> Iterator[Hit]:
    if journey.document.measurements and not journey.document.insights:
        yield hit("insights", problem=said(journey, "no_insight"))
    for insight in journey.document.insights:
        if insight.tag is None:
            problem = said(journey, "untagged", name=insight.name)
            yield hit(f"insights/{insight.id}", problem=problem)


@rule("CHK-508", "warning")
def _unfinished(journey: Journey) -> Iterator[Hit]:
    """Everybody who began has a place in MET-06-ALL; MET-05 leaves out whose time isn't over."""
    counts = Counter(
        {(one.metric, *_asked(one)): one.n or 0 for one in journey.document.measurements}
    )
    for figure in journey.document.measurements:
        asked = _asked(figure)
        everybody, over = counts[_ALL_WAITS, *asked], counts[_ACTIVATION, *asked]
        if figure.metric not in (_ACTIVATION, _FIRST_VALUE) or not over:
            continue
        if everybody - over > journey.settings.unfinished * everybody:
            say = voice(journey.language)
            fields = {"count": say.number(everybody - over), "n": say.number(everybody)}
            yield hit(_where(figure), name=_named(journey, figure), **fields)


@rule("CHK-509", "hint")
def _before_and_after(journey: Journey) -> Iterator[Hit]:
    for change in journey.document.changes:
        if change.before is None or change.after is None:
            yield hit(f"changes/{change.id}", name=change.name)
