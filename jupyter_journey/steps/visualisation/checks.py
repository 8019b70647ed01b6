"""The checks of step 7: what the map shows, who reviewed it, whether it holds (CHK-7xx)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Cell
from jupyter_journey.steps.findings import Hit, hit, labels, rule, said

__all__: list[str] = []

_PAINS = ("pain-points", "unmet-need", "failure-points", "blocker", "need-or-pain", "error")
"""The lanes that tell of pain, one in most map types."""


@rule("CHK-701", "error")
def _five_things(journey: Journey) -> Iterator[Hit]:
    document = journey.document
    parts = {
        "stages": document.stages,
        "touchpoints": document.touchpoints,
        "personas": document.personas,
        "emotions": _shows_emotions(journey),
        "data": document.measurements,
    }
    missing = [name for name, given in parts.items() if not given]
    if missing:
        yield hit("map", missing=labels(journey, missing))


def _shows_emotions(journey: Journey) -> bool:
    """Look for a score; a type of map without a lane of them tells emotions in words."""
    scores = {lane.id for lane in journey.document.lanes if lane.kind == "score"}
    if not scores:
        return any(point.feelings for point in journey.document.touchpoints)
    told = [(cell.lane_id, cell.value) for cell in journey.document.cells]
    told += [(figure.lane_id or "", figure.value) for figure in journey.document.measurements]
    return any(lane in scores and value is not None for lane, value in told)


@rule("CHK-702", "warning")
def _in_words(journey: Journey) -> Iterator[Hit]:
    images = {lane.id for lane in journey.document.lanes if lane.kind == "image"}
    stages = {stage.id: stage.name for stage in journey.document.stages}
    for cell in journey.document.cells:
        if cell.lane_id in images and cell.value and not cell.note:
            yield hit(_place(cell), name=stages[cell.stage_id])


def _place(cell: Cell) -> str:
    return "/".join(filter(None, ("cells", cell.lane_id, cell.stage_id, cell.persona_id)))


@rule("CHK-703", "warning")
def _too_much(journey: Journey) -> Iterator[Hit]:
    limit = journey.settings.items_per_stage
    for stage in journey.document.stages:
        met = sum(point.stage_id == stage.id for point in journey.document.touchpoints)
        cells = [cell.value for cell in journey.document.cells if cell.stage_id == stage.id]
        count = max(met, *(len(value) for value in cells if isinstance(value, tuple)), 0)
        if count > limit:
            yield hit(f"stages/{stage.id}", name=stage.name, count=count, limit=limit)


@rule("CHK-704", "warning")
def _reviewed(journey: Journey) -> Iterator[Hit]:
    if not any(review.comment for review in journey.document.reviews):
        yield hit("reviews", problem=said(journey, "no_review"))
    elif journey.revision < 2:
        yield hit("revision", problem=said(journey, "first_version"))


@rule("CHK-705", "warning")
def _up_to_date(journey: Journey) -> Iterator[Hit]:
    days = [review.day for review in journey.document.reviews if review.day]
    last, today = max(days, default=None), date.today()  # noqa: DTZ011
    interval = timedelta(days=journey.settings.review_days)
    due = journey.document.next_review or (last and last + interval)
    say = voice(journey.language)
    if due and due < today:
        yield hit("reviews", problem=said(journey, "review_due", day=say.day(due)))
    times = [one.computed_at.date() for one in journey.document.measurements if one.computed_at]
    if last and times and max(times) > last:
        fields = {"measured": say.day(max(times)), "day": say.day(last)}
        yield hit("measurements", problem=said(journey, "data_newer", **fields))


@rule("CHK-706", "warning")
def _pain_points(journey: Journey) -> Iterator[Hit]:
    usual = catalogue.map_types().get(journey.map_type, {"lanes": ()})["lanes"]
    lanes = {lane.id for lane in journey.document.lanes}
    wanted = [lane for lane in _PAINS if lane in lanes or lane in usual]
    filled = {cell.lane_id for cell in journey.document.cells if cell.value}
    if wanted and not filled.intersection(wanted):
        yield hit(f"lanes/{wanted[0]}" if wanted[0] in lanes else "lanes")


@rule("CHK-707", "error")
def _traceable(journey: Journey) -> Iterator[Hit]:
    for figure in journey.document.measurements:
        if figure.value is not None and (figure.n is None or not figure.period):
            yield hit(f"measurements/{figure.id}", name=figure.name)
    metrics = {lane.id: lane.name for lane in journey.document.lanes if lane.kind == "metric"}
    for cell in journey.document.cells:
        if cell.lane_id in metrics and cell.value is not None and not cell.note:
            yield hit(_place(cell), name=metrics[cell.lane_id])


@rule("CHK-708", "hint")
def _form(journey: Journey) -> Iterator[Hit]:
    if journey.document.form is None:
        yield hit("form")
