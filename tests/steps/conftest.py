"""A journey that leaves nothing to find, made by verbs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import jupyter_journey as jj

TODAY = date.today()  # noqa: DTZ011
PERIOD = "2026-01-01/2026-06-30"
POINTS = {  # the ten commonest: kind, name, stage
    "TP-01": ("Site", "awareness"),
    "TP-02": ("Trial", "consideration"),
    "TP-07": ("Account manager", "decision"),
    "TP-03": ("Setup", "retention"),
    "TP-04": ("Support", "retention"),
    "TP-05": ("Newsletter", "retention"),
    "TP-06": ("Survey", "retention"),
    "TP-08": ("Contract", "retention"),
    "TP-09": ("Forum", "advocacy"),
    "TP-10": ("Notice", "advocacy"),
}
SEVEN = (
    *("customer_goal", "company_goal", "customer_actions", "company_actions"),
    *("feelings", "customer_result", "company_result"),
)
MILESTONES = {
    "MIL-01": ("Set up", "decision", "retention"),
    "MIL-02": ("First project", "decision", "retention"),
    "MIL-04": ("Renewed", "retention", "advocacy"),
    "MIL-03": ("Recommended", "retention", "advocacy"),
}


def figure(journey: jj.Journey, **fields: Any) -> jj.Journey:
    """Return the journey with one more figure."""
    told = {"name": "Figure", "value": 0.5, "unit": "share", "n": 100, "period": PERIOD, **fields}
    return journey.add("measurements", **told)


def people(journey: jj.Journey) -> jj.Journey:
    goal = {
        "kind": "churn",
        "metric": "MET-01",
        "unit": "%",
        "baseline": 5.0,
        "target": 4.0,
        "direction": "down",
        "start": TODAY - timedelta(days=40),
        "deadline": TODAY + timedelta(days=300),
        "means": ("A call before renewal",),
        "relevance": "Growth",
        "stakeholders": ("Sales", "Service"),
        "stage_id": "retention",
    }
    texts = ("role", "industry", "decision_process", "buying_behaviour")
    lists = ("challenges", "goals", "needs", "pain_points", "emotions", "motivations", "sources")
    persona = {
        **{name: f"Some {name}" for name in texts},
        **{name: (f"Some {name}",) for name in lists},
        "interview": {f"PER-Q{number:02}": "Said" for number in range(1, 17)},
        "support": {f"PER-S{number:02}": "Said" for number in range(1, 8)},
        "segment_id": "teams",
    }
    return (
        journey.add("segments", name="Teams", where={"plan": "team"})
        .add("goals", name="Less churn", **goal)
        .add("personas", name="Champion", **persona)
    )


def way(journey: jj.Journey) -> jj.Journey:
    several = [("One thing",)] * len(journey.stages)
    asked = ("actions", "decisions", "information_needs", "obstacles")
    described = dict.fromkeys(asked, several)
    journey = journey.replace("stages", journey.stages.assign(trigger="A reason", **described))
    ids = [name.lower().replace(" ", "-") for name, _ in POINTS.values()]
    for (kind, (name, stage)), following in zip(POINTS.items(), [*ids[1:], "end"], strict=True):
        answers = dict.fromkeys(SEVEN, "Something")
        about = {"contact": "direct", "feedback_source": "Survey", "next": (following,)}
        journey = journey.add(
            "touchpoints", name=name, kind=kind, stage_id=stage, **answers, **about
        )
    for kind, (name, start, end) in MILESTONES.items():
        about = {"event": "did", "survey": "NPS", "effect": "Longer use"}
        journey = journey.add(
            "milestones", name=name, kind=kind, from_stage_id=start, to_stage_id=end, **about
        )
    for name, start in {"Sign-up": "awareness", "Order": "consideration"}.items():
        about = {"event": "did", "promoters": ("A demo",), "blockers": ("The price",)}
        journey = journey.add("conversions", name=name, from_stage_id=start, **about)
    return journey


def data(journey: jj.Journey) -> jj.Journey:
    held = [("customer", "plan"), ()]
    journey = journey.replace("sources", journey.sources.assign(held=held))
    for stage in journey.document.stages:
        journey = figure(journey, name=f"Conversion {stage.id}", metric="MET-37", stage_id=stage.id)
    return (
        journey.add("insights", name="Many leave at the setup", tag="pain")
        .add("changes", name="New setup", before=0.4, after=0.5)
        .add("reviews", name="Service", day=TODAY, comment="Clear", answer="Thanks")
        .set("Awareness", "Emotion", 1)
        .set("Awareness", "Pain points", ["Too many tools"])
        .change(form="chart")
    )


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> jj.Journey:
    """A journey of five stages with all that the checks ask for, saved for the second time."""
    sources = {"events": "events.csv", "survey": "survey.csv"}
    journey = jj.Journey.new("Acme", stages="treimedia-5", sources=sources)
    saved = data(way(people(journey))).save(tmp_path_factory.mktemp("complete") / "a.journey.json")
    return saved.save()
