"""Step 1, goals: what the map is made for, in SMART parts (GOAL-01 to 05, CHK-101 to 111)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pandas as pd

from jupyter_journey import catalogue
from jupyter_journey.charts.paragraphs import paragraphs
from jupyter_journey.charts.rendered import Rendered
from jupyter_journey.charts.voice import Voice, voice
from jupyter_journey.model.journey import Journey
from jupyter_journey.model.records import Goal
from jupyter_journey.steps.covered import covered, covered_sentence
from jupyter_journey.steps.findings import Hit, called, hit, labels, rule, said
from jupyter_journey.steps.goal_cards import goal_cards
from jupyter_journey.steps.pace import pace, pace_sentence
from jupyter_journey.steps.request import Request
from jupyter_journey.steps.result import Result
from jupyter_journey.steps.smart import (
    better,
    composed,
    current_value,
    ends_before_start,
    metric_name,
    progress,
    relative_change,
)

__all__ = ["map_types_for", "relative_change", "run", "sentences"]

STEP = 1
_OF_A_PART = ("day-in-the-life", "onboarding", "opportunity", "micro-journey")
"""Maps that show a part or a side of the journey only, and so don't suit each goal."""
_BASED = ("opportunity", "micro-journey")
"""Maps that start from another one (MAP-R3, MAP-R4)."""


def run(journey: Journey, request: Request | None = None) -> Result:
    """Lay out the goals with their SMART parts, how far they are reached, and the maps that suit.

    Returns
    -------
    Result
        ``frames["goals"]``: name, metric, baseline, target, unit, change (share of the
        baseline), current (value reached, entered or measured), progress (share of the way from
        baseline to target), start, deadline, means, relevance, stakeholders, stage.
        ``coverage``: question (a SMART part, or who was asked), answered (of how many goals), of,
        share, missing (names). ``pace``: see :func:`jupyter_journey.steps.pace.pace`. ``advice``:
        name, map_types (names of those that serve the goal, best first). ``pictures["goals"]``: a
        card per goal. ``notes``: what sets the product apart, or that the journey doesn't say it
        yet (RULE-21).

    Examples
    --------
    >>> journey = Journey.new("Draft").add("goals", name="Faster", baseline=30.0, target=20.0)
    >>> float(run(journey).frames["goals"].loc[0, "change"].round(2))
    -0.33
    """
    goals, records = journey.goals, journey.document.goals
    stages = {stage.id: stage.name for stage in journey.document.stages}
    current = [current_value(goal, journey) for goal in records]
    done = [progress(goal, value) for goal, value in zip(records, current, strict=True)]
    say = voice(journey.language)
    metrics = [metric_name(goal, journey.language) for goal in records]
    shown = goals[["name", "metric", "baseline", "target", "unit"]].assign(
        metric=pd.Series(metrics, dtype="string"),
        unit=goals["unit"].map(say.unit),
        change=pd.Series([relative_change(goal) for goal in records], dtype="Float64"),
        current=pd.Series(current, dtype="Float64"),
        progress=pd.Series(done, dtype="Float64"),
        start=goals["start"],
        deadline=goals["deadline"],
        means=goals["means"],
        relevance=goals["relevance"],
        stakeholders=goals["stakeholders"],
        stage=goals["stage_id"].map(stages).astype("string"),
    )
    suited = [
        tuple(called(journey, "map_types", key) for key in map_types_for(goal)) for goal in records
    ]
    advice = goals[["name"]].assign(map_types=pd.Series(suited, dtype="object"))
    usp = journey.document.usp
    notes = (say("smart", "usp", usp=usp) if usp else say("smart", "usp_open"),)
    frames = {
        "goals": shown,
        "coverage": _coverage(records, say),
        "pace": pace(journey, date.today()),  # noqa: DTZ011
        "advice": advice,
    }
    drawn = goal_cards(journey, frames["goals"], frames["pace"])
    return Result(
        STEP,
        journey,
        frames,
        notes,
        request or Request(),
        _sentences(journey, frames, say),
        pictures={"goals": drawn} if drawn else {},
        sheets=("about", "goals"),
        about=("usp", "based_on"),
    )


def _coverage(goals: tuple[Goal, ...], say: Voice) -> pd.DataFrame:
    """Tell which SMART parts the goals have (GOAL-02), and whether anybody was asked (GOAL-04)."""
    parts: dict[str, Callable[[Goal], object]] = {
        "specific": lambda goal: goal.metric,
        "measurable": lambda goal: None not in (goal.baseline, goal.target) and goal.unit,
        "achievable": lambda goal: goal.means,
        "relevant": lambda goal: goal.relevance or goal.kind != "other",
        "time-bound": lambda goal: goal.deadline,
        "asked": lambda goal: goal.stakeholders,
    }
    return covered(
        (say("smart", part), {goal.name: bool(given(goal)) for goal in goals})
        for part, given in (parts.items() if goals else ())
    )


def _sentences(journey: Journey, frames: Mapping[str, pd.DataFrame], say: Voice) -> dict[str, str]:
    told = {name: say("answers", f"{name}_none") for name in frames if frames[name].empty}
    if len(frames["coverage"]):
        told["coverage"] = covered_sentence(frames["coverage"], say)
    if len(frames["pace"]):
        told["pace"] = pace_sentence(frames["pace"], say)
    best = [names[0] for names in frames["advice"]["map_types"] if names]
    if best:
        now = called(journey, "map_types", journey.map_type)
        key = "advice_kept" if now in best else "advice"
        told["advice"] = say("answers", key, now=now, best=say.listed([*dict.fromkeys(best)]))
    return told


def sentences(journey: Journey) -> Rendered | None:
    """Return each goal in one sentence, to display, if there are any."""
    told = [composed(goal, journey.language) for goal in journey.document.goals]
    return paragraphs(told) if told else None


def map_types_for(goal: Goal) -> tuple[str, ...]:
    """Return the ids of the map types that serve a goal, the best first (GOAL-05).

    Examples
    --------
    >>> map_types_for(Goal(id="a", name="A", kind="onboarding"))
    ('onboarding', 'micro-journey')
    """
    advice = catalogue.table("goals")["GOAL-05"]["map_types"]
    return tuple(advice.get(goal.kind, ()))


def _goals(journey: Journey) -> Iterator[tuple[str, Goal]]:
    return ((f"goals/{goal.id}", goal) for goal in journey.document.goals)


@rule("CHK-101", "error")
def _one_goal(journey: Journey) -> Iterator[Hit]:
    if not journey.document.goals:
        yield hit("goals")


@rule("CHK-102", "error")
def _measurable(journey: Journey) -> Iterator[Hit]:
    for where, goal in _goals(journey):
        parts = {
            "metric": goal.metric,
            "baseline": goal.baseline is not None,
            "target": goal.target is not None,
            "unit": goal.unit,
        }
        missing = [name for name, given in parts.items() if not given]
        if missing:
            yield hit(where, name=goal.name, missing=labels(journey, missing))


@rule("CHK-103", "error")
def _better(journey: Journey) -> Iterator[Hit]:
    for where, goal in _goals(journey):
        if better(goal, journey.language) is False:
            say = voice(journey.language)
            ends = {"baseline": say.shown(goal.baseline), "target": say.shown(goal.target)}
            yield hit(where, name=goal.name, **ends)


@rule("CHK-104", "error")
def _time_bound(journey: Journey) -> Iterator[Hit]:
    for where, goal in _goals(journey):
        if goal.deadline is None or ends_before_start(goal):
            yield hit(where, name=goal.name)


@rule("CHK-105", "warning")
def _achievable(journey: Journey) -> Iterator[Hit]:
    for where, goal in _goals(journey):
        if not goal.means:
            yield hit(where, name=goal.name)


@rule("CHK-106", "warning")
def _relevant(journey: Journey) -> Iterator[Hit]:
    for where, goal in _goals(journey):
        if not goal.relevance and goal.kind == "other":
            yield hit(where, name=goal.name)


@rule("CHK-107", "warning")
def _fits_map_type(journey: Journey) -> Iterator[Hit]:
    kind, known = journey.map_type, catalogue.map_types()
    if kind not in known:
        yield hit(
            "map_type",
            problem=said(
                journey, "no_map_type", known=catalogue.listed(journey.language, known, "or")
            ),
        )
        return
    name = called(journey, "map_types", kind)
    if kind in _BASED and not journey.document.based_on:
        yield hit("map_type", problem=said(journey, f"{kind}_alone", map_type=name))
    for where, goal in _goals(journey):
        suited = map_types_for(goal)
        if kind in _OF_A_PART and goal.kind != "other" and kind not in suited:
            names = (called(journey, "map_types", key) for key in suited)
            better = catalogue.listed(journey.language, names, "or")
            fields = {"name": goal.name, "map_type": name, "better": better}
            yield hit(where, problem=said(journey, "map_type_unfit", **fields))


@rule("CHK-108", "warning")
def _stakeholders(journey: Journey) -> Iterator[Hit]:
    if journey.document.goals and not any(goal.stakeholders for goal in journey.document.goals):
        yield hit("goals")


@rule("CHK-109", "hint")
def _stage_of_metric(journey: Journey) -> Iterator[Hit]:
    for where, goal in _goals(journey):
        if goal.stage_id is None:
            yield hit(where, name=goal.name)


@rule("CHK-110", "hint")
def _ambitious(journey: Journey) -> Iterator[Hit]:
    for where, goal in _goals(journey):
        if goal.reason:
            continue
        change = relative_change(goal)
        if change is not None and abs(change) > journey.settings.goal_change:
            shown = voice(journey.language).percent(abs(change), 0)
            problem = said(journey, "great_change", change=shown)
            yield hit(where, name=goal.name, problem=problem)
        days = (goal.deadline - (goal.start or date.today())).days if goal.deadline else 0  # noqa: DTZ011
        if 0 < days < journey.settings.goal_days:
            yield hit(where, name=goal.name, problem=said(journey, "short_time", days=days))


@rule("CHK-111", "warning")
def _overdue(journey: Journey) -> Iterator[Hit]:
    for where, goal in _goals(journey):
        if goal.deadline is not None and goal.deadline < date.today() and goal.actual is None:  # noqa: DTZ011
            yield hit(where, name=goal.name, deadline=voice(journey.language).day(goal.deadline))
