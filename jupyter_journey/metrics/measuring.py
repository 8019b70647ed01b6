"""Figures from data onto the map, each with its origin."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from jupyter_journey.errors import SourceError
from jupyter_journey.events import EventLog, Period
from jupyter_journey.events.filters import Scalar
from jupyter_journey.events.mapping import mapped
from jupyter_journey.metrics.emotion import (
    chosen_answers,
    days_of,
    digest,
    emotion,
    read_survey,
)
from jupyter_journey.metrics.figures import Figure, Inputs
from jupyter_journey.metrics.registry import METRICS
from jupyter_journey.metrics.sources import Data, Filters, event_log, filters_of, source_of
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.names import slug
from jupyter_journey.model.records import Document, Measurement, Milestone, Stage
from jupyter_journey.privacy import Pseudonyms, hidden_figures

__all__ = ["measure"]


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

    Customers, conversion per stage, activation, time to first value, churn and milestones come
    from the events (where the journey's stages say by which events they are entered); emotion from
    the survey's satisfaction and recommendation answers, if there is one. Figures measured before
    under the same filters are replaced; all else, a person's overrides included, stays.

    Parameters
    ----------
    journey
        The journey; :attr:`Stage.events` and :attr:`Milestone.event` name the events.
    sources
        Data by role (``events``, ``survey``), instead of the journey's own sources.
    period
        Such as ``2026-01`` or ``2026-01-01/2026-03-31``; only events of these days count.
    segment, persona
        Name or id; only events that meet the segment's conditions count.
    where
        Further conditions, value by column.

    Raises
    ------
    SourceError
        If there is no source of events, no stage has events, or a filter leaves nothing.
    UnknownNameError
        If the journey names an event that isn't in the log, or a filter something that isn't in
        the journey.

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
    filters = filters_of(journey, period, segment, where, persona)
    source = event_log(journey, sources)
    inputs = _inputs(journey, source, filters)
    origin = _origin(journey, "events", sources, filters) | {
        "fingerprint": inputs.log.fingerprint,
        "period": str(inputs.period),
        "pseudonyms": inputs.log.origin.key_id,
    }
    found = [(figure, metric) for metric in METRICS.values() for figure in metric.figures(inputs)]
    counts = [(figure.n, _hits(figure, metric.unit)) for figure, metric in found]
    least = journey.settings.min_group
    made = [
        _record(
            figure,
            origin
            | {
                "metric": metric.id,
                "name": metric.name,
                "unit": metric.unit,
                "direction": metric.direction,
                "lane_id": _lane(journey.document, "metric", metric.lane),
                "suppressed": hidden,
            },
        )
        for (figure, metric), hidden in zip(
            found, hidden_figures(counts, least, len(inputs.log.customers)), strict=True
        )
    ]
    made += _emotions(journey, sources, filters, inputs)
    fresh = {record.id for record in made}
    kept = [record for record in journey.document.measurements if record.id not in fresh]
    return journey.replace("measurements", [*kept, *made])


def _inputs(journey: Journey, source: EventLog, filters: Filters) -> Inputs:
    meant = mapped(source, journey)
    if not meant.stages:
        raise SourceError(
            source=journey.title,
            reason="no stage says by which events it is entered",
            way_out="Fill the stages' column events, such as ('subscribe',)",
        )
    source = meant.log
    history = filters.customers(source)
    log = history.between(filters.period) if filters.period else history
    if source.last is None or not log.n:
        raise SourceError(
            source=source.source,
            reason="the filters leave no event",
            way_out="Widen the period, segment or conditions",
        )
    until = source.last
    if filters.period:
        until = min(until, pd.Timestamp(filters.period.end) - pd.Timedelta(microseconds=1))
    return Inputs(
        document=journey.document,
        stages=_by_id(journey.document.stages, meant.stages),
        milestones=_by_id(journey.document.milestones, meant.milestones),
        log=log,
        history=history,
        until=until,
        asked=filters.period,
    )


def _by_id(
    records: Iterable[Stage | Milestone], by_name: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {record.id: by_name[record.name] for record in records if by_name.get(record.name)}


def _emotions(
    journey: Journey, sources: Mapping[str, Data] | None, filters: Filters, inputs: Inputs
) -> list[Measurement]:
    data = (sources or {}).get("survey", journey.source_path("survey"))
    if data is None:
        return []
    if isinstance(data, EventLog):
        raise SourceError(
            source="survey",
            reason="an event log holds no answers",
            way_out="Give a path or a frame with touchpoint, kind and score",
        )
    customers = inputs.history.customers if filters.are_conditions else None
    names = Pseudonyms.under(inputs.history.origin.key_id)  # as in the events, so that they match
    answers = read_survey(data if isinstance(data, pd.DataFrame) else Path(data), names or False)
    answers = chosen_answers(answers, customers, filters.period)
    origin = _origin(journey, "survey", sources, filters) | {
        "metric": "MET-32",
        "name": "Customer satisfaction",
        "unit": "points",
        "direction": "up",
        "lane_id": _lane(journey.document, "score", "emotion"),
        "fingerprint": digest(answers),
        "period": str(filters.period or days_of(answers)),
        "pseudonyms": names.key_id if names else "",
    }
    return [
        _record(
            figure,
            origin | {"suppressed": figure.n < journey.settings.min_group},
        )
        for figure in emotion(journey.document, answers)
    ]


def _origin(
    journey: Journey, role: str, sources: Mapping[str, Data] | None, filters: Filters
) -> dict[str, Any]:
    """Return what all figures of one source and filter share."""
    source = source_of(journey, role, sources)
    return {
        "segment_id": filters.segment_id,
        "persona_id": filters.persona_id,
        "where": filters.where,
        "level": journey.settings.level,
        "source_id": source.id if source else None,
        "version": _version(),
        "computed_at": datetime.now(UTC),
        "asked": str(filters.period or ""),
        "id": _filter_key(filters),
    }


def _record(figure: Figure, origin: dict[str, Any]) -> Measurement:
    subject = figure.milestone_id or figure.stage_id or "all"
    parts = [slug(origin["metric"]), subject, *([origin["id"]] if origin["id"] else [])]
    fields = origin | {
        "id": "-".join(parts),
        "stage_id": figure.stage_id,
        "milestone_id": figure.milestone_id,
        "name": figure.name or origin["name"],
        "formula": figure.formula,
    }
    if figure.period:
        fields["period"] = str(figure.period)
    if fields["suppressed"]:
        fields["period"] = origin["asked"]  # the days of few people's events tell who they are
    else:
        numbers = {"value": figure.value, "low": figure.low, "high": figure.high}
        fields |= {key: float(number) for key, number in numbers.items() if isfinite(number)}
        fields["n"] = int(figure.n)
    return Measurement.model_validate({key: fields[key] for key in fields if key != "asked"})


def _hits(figure: Figure, unit: str) -> int | None:
    """Return how many customers a share counts."""
    return round(figure.n * figure.value) if unit == "share" and figure.n else None


def _lane(document: Document, kind: str, wish: str | None) -> str | None:
    if wish is None:
        return None
    lanes = [lane.id for lane in document.lanes if lane.kind == kind]
    return wish if wish in lanes else next(iter(lanes), None)


def _filter_key(filters: Filters) -> str:
    """Return a short name for the filters, so that each of them has figures of its own."""
    asked: Iterable[Any] = (
        str(filters.period or ""),
        filters.segment_id or "",
        filters.persona_id or "",
        sorted((key, repr(value)) for key, value in filters.where.items()),
    )
    if not any(asked):
        return ""
    return hashlib.sha256(json.dumps(list(asked)).encode()).hexdigest()[:8]


def _version() -> str:
    try:
        return version("jupyter-journey")
    except PackageNotFoundError:  # a source tree that was never installed
        return ""
