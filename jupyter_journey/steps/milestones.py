"""Step 6, milestones: the events that carry customers on (MIL-01 to 08, MIL-R1 to R5, CHK-6xx)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
from jupyter_journey.metrics.cut import Cut
from jupyter_journey.metrics.measuring import measured
from jupyter_journey.model.figures import shown_figures
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Milestone
from jupyter_journey.privacy import suppressed
from jupyter_journey.steps.findings import Hit, absent, hit, labels, rule, said
from jupyter_journey.steps.log import entries, looked_at
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["run"]

STEP = 6
_REACH, _EFFECT = "OWN-03", "MET-44"
_FIGURES = ["n", "customers", "rate", "low", "high", "median"]


def run(journey: Journey, request: Request | None = None) -> Result:
    """Say how many customers reach each milestone, and how soon.

    Counted from the entry into the stage the milestone leads out of. What rests on fewer than
    ``settings.min_group`` customers is missing.

    Returns
    -------
    Result
        ``frames["milestones"]``: milestone, event, from, to, n (customers who could reach it),
        customers (who did), rate, low, high, median (seconds).
    """
    request = request or Request()
    cut = looked_at(journey, request)
    stages = {stage.id: stage.name for stage in journey.document.stages}
    frame = journey.milestones
    shown = pd.DataFrame(
        {
            "milestone": frame["name"],
            "event": frame["event"],
            "from": frame["from_stage_id"].map(stages).astype("string"),
            "to": frame["to_stage_id"].map(stages).astype("string"),
        }
    )
    words = catalogue.texts(journey.language)["notes"]
    if cut is None or not cut.meant.stages:
        why = words["no_events" if cut is None else "no_stage_events"]
        return Result(STEP, journey, {"milestones": shown}, (why,), request)
    shown = shown.merge(_reach(journey, cut), on="milestone", how="left")
    suppressed_note = words["suppressed"].format(min_group=journey.settings.min_group)
    notes = (words["on_the_way"], suppressed_note)
    after = measured(journey, cut, None)
    return Result(STEP, after, {"milestones": shown}, notes, request)


def _reach(journey: Journey, cut: Cut) -> pd.DataFrame:
    """Ask the log for every milestone whose events it knows, and hide small groups."""
    log, meant, least = cut.log, cut.meant, journey.settings.min_group
    known = set(log.events)
    asked = {name: events for name, events in meant.milestones.items() if known.issuperset(events)}
    names = {stage.id: stage.name for stage in journey.document.stages}
    since = {
        item.name: meant.stages[names[item.from_stage_id or ""]]
        for item in journey.document.milestones
        if item.name in asked and names.get(item.from_stage_id or "") in meant.stages
    }
    level = journey.settings.level
    reach = [
        cut.since_first(since[name]).reach({name: events}, {name: since[name]}, level=level)
        if name in since
        else log.reach({name: events}, level=level)
        for name, events in asked.items()
    ]
    answers = {
        "reach": pd.concat(reach, ignore_index=True) if reach else log.reach({}, level=level),
        "funnel": log.funnel(entries(journey, meant)),  # what step 5 shows beside it
    }
    made = suppressed(answers, least, len(log.customers))
    return made["reach"][["milestone", *_FIGURES]]


def _milestones(journey: Journey) -> Iterator[tuple[str, Milestone]]:
    """Yield the milestones that apply."""
    return (
        (f"milestones/{item.id}", item)
        for item in journey.document.milestones
        if not item.refused_reason
    )


@rule("CHK-601", "error")
def _observable(journey: Journey) -> Iterator[Hit]:
    for where, item in _milestones(journey):
        parts = {
            "event": item.event or item.rule,
            "from": item.from_stage_id,
            "to": item.to_stage_id,
        }
        missing = [name for name, given in parts.items() if not given]
        if missing:
            yield hit(where, name=item.name, missing=labels(journey, missing))


@rule("CHK-602", "warning")
def _wanted(journey: Journey) -> Iterator[Hit]:
    missing = absent(journey, "milestones", "must", journey.document.milestones)
    if missing:
        yield hit("milestones", missing=missing)


@rule("CHK-603", "warning")
def _every_transition(journey: Journey) -> Iterator[Hit]:
    left = {item.from_stage_id for _, item in _milestones(journey)}
    left.update(event.from_stage_id for event in journey.document.conversions)
    way = [one for one in journey.document.stages if one.parent_id is None and not one.side]
    for stage in way[:-1]:
        if stage.id not in left:
            yield hit(f"stages/{stage.id}", name=stage.name)


@rule("CHK-604", "warning")
def _missed(journey: Journey) -> Iterator[Hit]:
    shares = {
        figure.milestone_id: figure.value
        for figure in shown_figures(journey.document)
        if figure.metric == _REACH and figure.value is not None
    }
    for where, item in _milestones(journey):
        wanted = journey.settings.milestone_reach if item.threshold is None else item.threshold
        share = shares.get(item.id, wanted)
        if share < wanted and not (item.reasons and item.action):
            say = voice(journey.language)
            fields = {"share": say.percent(share), "threshold": say.percent(wanted)}
            yield hit(where, name=item.name, **fields)


@rule("CHK-605", "hint")
def _survey(journey: Journey) -> Iterator[Hit]:
    for where, item in _milestones(journey):
        if not item.survey:
            yield hit(where, name=item.name)


@rule("CHK-606", "hint")
def _estimated(journey: Journey) -> Iterator[Hit]:
    measured = {
        figure.milestone_id
        for figure in journey.document.measurements
        if figure.metric == _EFFECT and figure.value is not None
    }
    for where, item in _milestones(journey):
        if not item.effect and item.id not in measured:
            yield hit(where, name=item.name)


@rule("CHK-607", "hint")
def _helped_and_hindered(journey: Journey) -> Iterator[Hit]:
    if not journey.document.conversions:
        yield hit("conversions", problem=said(journey, "no_conversion"))
    for event in journey.document.conversions:
        missing = [name for name in ("promoters", "blockers") if not getattr(event, name)]
        if missing:
            fields = {"name": event.name, "missing": labels(journey, missing)}
            yield hit(f"conversions/{event.id}", problem=said(journey, "lacks", **fields))
