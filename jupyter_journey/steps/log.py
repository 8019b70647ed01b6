"""The event log a step looks at: the journey's source, cut to the persona, segment and period."""

from __future__ import annotations

from jupyter_journey.charts.voice import voice
from jupyter_journey.events import Log, Mapped
from jupyter_journey.metrics.cut import Cut
from jupyter_journey.metrics.sources import Filters, filters_of
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import id_of
from jupyter_journey.privacy import is_small
from jupyter_journey.steps.request import Request

__all__ = [
    "entries",
    "leaves_few",
    "looked_at",
    "of_segment",
    "selected",
    "told_of",
    "too_few",
    "unsegmented",
]


def looked_at(journey: Journey, request: Request) -> Cut | None:
    """Read the journey's event log and cut it to what the request asks for; None if it has none.

    Raises
    ------
    SourceError
        If the log can't be read.
    ColumnError
        If the log has no column of a condition.
    UnknownNameError
        If the persona or segment doesn't exist.
    """
    if journey.source_place("events") is None:
        return None
    return Cut.of(request.log(journey), journey, _filters(journey, request, request.segment))


def of_segment(cut: Cut, journey: Journey, request: Request, segment: str) -> Log:
    """Return what the request asks for, of another segment than its own."""
    return cut.other(_filters(journey, request, segment)).log


def leaves_few(cut: Cut, least: int) -> bool:
    """Tell whether those asked for, or all others of the period, are too few to be told apart."""
    customers = len(cut.log.customers)
    return is_small(customers, customers + cut.left_out, least) or cut.log.n == 0


def too_few(journey: Journey) -> str:
    """Return the sentence that says why nothing is told of those asked for."""
    say = voice(journey.language)
    return say("notes", "too_few", min_group=journey.settings.min_group)


def told_of(journey: Journey, request: Request) -> tuple[Cut | None, tuple[str, ...]]:
    """Return the log as :func:`looked_at` does, unless it is of too few: then what says so."""
    cut = looked_at(journey, request)
    if cut is not None and leaves_few(cut, journey.settings.min_group):
        return None, (too_few(journey),)
    return cut, ()


def unsegmented(journey: Journey, request: Request) -> str:
    """Return the name of the persona asked for if no segment tells its customers, else nothing.

    The figures are everybody's then.
    """
    if not request.persona:
        return ""
    personas = {persona.id: persona for persona in journey.document.personas}
    names = {key: persona.name for key, persona in personas.items()}
    asked = personas[id_of("persona", request.persona, names)]
    return "" if asked.segment_id else asked.name


def _filters(journey: Journey, request: Request, segment: str) -> Filters:
    persona = "" if unsegmented(journey, request) else request.persona
    return filters_of(journey, request.period, segment, request.where, persona)


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
