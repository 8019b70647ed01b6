"""Figures from data onto the map, each with its origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from jupyter_journey.errors import SourceError
from jupyter_journey.events import Period
from jupyter_journey.events.filters import Scalar
from jupyter_journey.metrics.cut import Cut
from jupyter_journey.metrics.inputs import Inputs
from jupyter_journey.metrics.provenance import Origins
from jupyter_journey.metrics.registry import METRICS
from jupyter_journey.metrics.sources import Data, check_roles, event_log, filters_of, tables_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Milestone, Stage, Touchpoint

__all__ = ["inputs_of", "measure", "measured"]


def measure(
    journey: Journey,
    sources: Mapping[str, Data] | None = None,
    *,
    period: str | Period | None = None,
    segment: str | None = None,
    where: Mapping[str, Scalar] | None = None,
    persona: str | None = None,
) -> Journey:
    """Return a journey with figures computed from its data, each with its full origin.

    All metrics of the method that the journey's data can give: from the events (where the stages
    say by which events they are entered), the CRM, the survey's answers, tickets and spend.
    :func:`jupyter_journey.metrics.table` says what each rests on; one whose source isn't there
    gives no figure. Figures that the same metrics gave before under the same filters are replaced,
    and those go that they give no longer; all else, a person's overrides included, stays. Hidden
    is what would tell of too few customers, by itself or beside the figures that stay: those of
    the same data where one selection's customers, or one period, hold the other's; and those of
    selections that differ in one column's value, or of periods one after the other, subtracted
    together; and those who have neither of two values of different columns. Not seen is what more
    selections by several columns tell together, figures of different metrics, those of another
    state of the data, and those in another file. So keep the figures of all selections of one log
    in one journey file, if the same people read them: reports written to files of their own don't
    know of one another, and whoever has two of them may subtract.

    Parameters
    ----------
    journey
        The journey; :attr:`Stage.events` and :attr:`Milestone.event` name the events.
    sources
        Data by role (``events``, ``crm``, ``survey``, ``tickets``, ``spend``), instead of the
        journey's own sources: paths or frames with the columns of their roles. Of others say the
        columns in reading them: ``jj.read_events(path, columns=…, pseudonyms=True)``, or
        :func:`jupyter_journey.events.read_crm` and its like.
    period
        Such as ``2026``, ``2026-Q1``, ``2026-01`` or ``2026-01-01/2026-03-31``; only
        events of these days count.
    segment, persona
        Name or id; only customers who meet the segment's conditions count, with all they did:
        what a customer is, the first event says (:meth:`EventLog.of_customers`).
    where
        Further conditions on customers, value by column.

    Raises
    ------
    ColumnError
        If a source holds what it must not, such as amounts in several currencies, or lacks a
        column that a filter needs.
    SourceError
        If there is no source of events, no stage has events, or a filter leaves nothing.
    UnknownNameError
        If the journey names an event that isn't in the log, a filter something that isn't in
        the journey, or ``sources`` a role there isn't.

    Examples
    --------
    >>> import pandas as pd
    >>> journey = Journey.new("Shop", stages=["Visit", "Order"])
    >>> stages = journey.stages.assign(events=[("visit",), ("order",)])
    >>> events = pd.DataFrame({
    ...     "customer": [f"c{i}" for i in [*range(25), *range(10)]],
    ...     "event": ["visit"] * 25 + ["order"] * 10,
    ...     "time": ["2026-01-01"] * 25 + ["2026-01-02"] * 10,
    ... })
    >>> measured = measure(journey.replace("stages", stages), {"events": events})
    >>> measured.measurements[["stage_id", "metric", "value"]].values.tolist()
    [['visit', 'OWN-01', 25.0], ['order', 'MET-37', 0.4]]
    """
    check_roles(sources)
    filters = filters_of(journey, period, segment, where, persona)
    cut = Cut.of(event_log(journey, sources), journey, filters)
    return measured(journey, cut, inputs_of(journey, cut, sources), sources)


def measured(
    journey: Journey, cut: Cut, inputs: Inputs, sources: Mapping[str, Data] | None = None
) -> Journey:
    """Return a journey with the figures of what was cut from its log; else as :func:`measure`.

    Parameters
    ----------
    inputs
        What :func:`inputs_of` gathers of the same.
    """
    data = {role: (sources or {}).get(role, journey.source_place(role)) for role in inputs.tables}
    read = {role: place for role, place in data.items() if place is not None}
    origins = Origins(journey, cut.filters, inputs, {"events": cut.source, **read}, sources)
    roles = {"events", *inputs.tables}
    asked = [metric for metric in METRICS.values() if roles >= set(metric.inputs)]
    found = [
        (metric, figure) for metric in asked if metric.figures for figure in metric.figures(inputs)
    ]
    made = origins.records(found)
    gone = {record.id for record in made} | origins.earlier({metric.id for metric in asked})
    kept = [record for record in journey.document.measurements if record.id not in gone]
    return journey.replace("measurements", [*kept, *made])


def inputs_of(journey: Journey, cut: Cut, sources: Mapping[str, Data] | None = None) -> Inputs:
    """Gather what metrics are computed from: the part of a log, and the tables beside it.

    Raises
    ------
    SourceError
        If no stage has events, or the filters leave none.
    """
    meant, period = cut.meant, cut.filters.period
    if not meant.stages:
        raise SourceError(
            source=journey.title,
            reason="no stage says by which events it is entered",
            way_out="Fill the stages' column events, such as ('subscribe',)",
        )
    until = meant.log.until
    if until is None or not cut.log.n:
        raise SourceError(
            source=cut.source.source,
            reason="the filters leave no event",
            way_out="Widen the period, segment or conditions",
        )
    if period:
        until = min(until, pd.Timestamp(period.end) - pd.Timedelta(microseconds=1))
    return Inputs(
        document=journey.document,
        stages=_by_id(journey.document.stages, meant.stages),
        touchpoints=_by_id(journey.document.touchpoints, meant.touchpoints),
        milestones=_by_id(journey.document.milestones, meant.milestones),
        labels=meant.labels,
        log=cut.log,
        history=cut.history,
        until=until,
        asked=period,
        left_out=cut.left_out,
        tables=tables_of(journey, sources, cut.filters, cut.history),
    )


def _by_id(
    records: Iterable[Stage | Touchpoint | Milestone], by_name: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {record.id: by_name[record.name] for record in records if by_name.get(record.name)}
