"""The event log a step looks at: the journey's source, cut to the persona, segment and period."""

from __future__ import annotations

from jupyter_journey.events import EventLog, Mapped, mapped
from jupyter_journey.metrics import measure
from jupyter_journey.metrics.sources import event_log, filters_of
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.privacy import is_small
from jupyter_journey.steps.request import Request

__all__ = ["entries", "leaves_few", "looked_at", "measured", "selected", "source_log"]


def source_log(journey: Journey) -> EventLog | None:
    """Read the journey's event log, whole; None if it has none.

    Raises
    ------
    SourceError
        If the log can't be read.
    """
    return None if journey.source_path("events") is None else event_log(journey, None)


def looked_at(
    log: EventLog, journey: Journey, request: Request, segment: str | None = None
) -> Mapped:
    """Keep of a log what the request asks for, and say what its events stand for.

    Parameters
    ----------
    segment
        Another segment than the request's, by name or id.

    Raises
    ------
    ColumnError
        If the log has no column of a condition.
    UnknownNameError
        If the persona or segment doesn't exist.
    """
    whose = segment or request.segment
    filters = filters_of(journey, request.period, whose, request.where, request.persona)
    log = filters.customers(log)
    return mapped(log.between(filters.period) if filters.period else log, journey)


def leaves_few(whole: EventLog, log: EventLog, request: Request, least: int) -> bool:
    """Tell whether those asked for, or all others of the period, are too few to be told apart."""
    everybody = whole.between(request.period) if request.period else whole
    return is_small(len(log.customers), len(everybody.customers), least) or log.n == 0


def measured(journey: Journey, request: Request, log: EventLog) -> Journey:
    """Return the journey with its figures measured from its log for what the request asks."""
    return measure(
        journey,
        {"events": log},
        period=request.period or None,
        segment=request.segment or None,
        where=request.where,
        persona=request.persona or None,
    )


def selected(journey: Journey, request: Request) -> Journey:
    """Return the journey with only the figures that were measured for what the request asks."""
    filters = filters_of(journey, request.period, request.segment, request.where, None)
    names = {persona.id: persona.name for persona in journey.document.personas}
    persona_id = id_of("persona", request.persona, names) if request.persona else None
    figures = [
        figure
        for figure in journey.document.measurements
        if figure.segment_id == filters.segment_id and dict(figure.where) == dict(filters.where)
    ]
    document = journey.document.model_copy(update={"measurements": tuple(figures)})
    return journey.replace("measurements", shown_figures(document, persona_id))


def entries(journey: Journey, meant: Mapped) -> dict[str, tuple[str, ...]]:
    """Return the events by which each stage of the funnel is entered, by stage name."""
    side = {stage.name for stage in journey.document.stages if stage.side}
    return {name: events for name, events in meant.stages.items() if name not in side}
