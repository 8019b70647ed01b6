"""Step 6, milestones: the events that carry customers on (MIL-01 to 08, MIL-R1 to R5, CHK-6xx)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.metrics.cut import Cut
from jupyter_journey.metrics.measuring import measured
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Measurement, Milestone
from jupyter_journey.privacy import suppressed
from jupyter_journey.steps.findings import Hit, hit, rule
from jupyter_journey.steps.log import entries, looked_at
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result

__all__ = ["run"]

STEP = 6
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
    answers = {
        "reach": log.reach(asked, since, level=journey.settings.level),
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
    labels = catalogue.texts(journey.language)["columns"]
    for where, item in _milestones(journey):
        parts = {
            "event": item.event or item.rule,
            "from": item.from_stage_id,
            "to": item.to_stage_id,
        }
        missing = [labels[name] for name, given in parts.items() if not given]
        if missing:
            yield hit(where, name=item.name, missing=", ".join(missing))


@rule("CHK-603", "warning")
def _every_transition(journey: Journey) -> Iterator[Hit]:
    left = {item.from_stage_id for item in journey.document.milestones}
    stages = [stage for stage in journey.document.stages if stage.parent_id is None]
    for stage in stages[:-1]:
        if stage.id not in left:
            yield hit(f"stages/{stage.id}", name=stage.name)


@rule("CHK-604", "warning")
def _missed(journey: Journey) -> Iterator[Hit]:
    shares = {figure.milestone_id: figure for figure in journey.document.measurements}
    for where, item in _milestones(journey):
        figure: Measurement | None = shares.get(item.id)
        wanted = journey.settings.milestone_reach if item.threshold is None else item.threshold
        if figure is None or figure.value is None or figure.value >= wanted or item.action:
            continue
        share, threshold = f"{figure.value:.0%}", f"{wanted:.0%}"
        yield hit(where, name=item.name, share=share, threshold=threshold)


@rule("CHK-605", "hint")
def _survey(journey: Journey) -> Iterator[Hit]:
    for where, item in _milestones(journey):
        if not item.survey:
            yield hit(where, name=item.name)
