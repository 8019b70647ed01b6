"""Filled maps for the browser tests, made by the public verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jupyter_journey import Journey
from jupyter_journey.model.records import Measurement

TOUCHPOINTS = ("Search ad", "Website", "Price page", "First-run tour", "Weekly digest")
ROWS: dict[str, Sequence[Any]] = {
    "Goal": ("Find out why projects slip", "Compare", "Convince", "Start", "Work together"),
    "Actions": (["Search", "Read two reviews"], ["Watch the demo"], ["Try"], ["Import"], ["Plan"]),
    "Touchpoints": (["search-ad"], ["website"], ["price-page"], ["first-run-tour"], None),
    "Channels": (["Search", "Social"], ["Web", "E-mail"], ["Web"], ["App", "E-mail"], ["App"]),
    "Thoughts": ("Better than this sheet?", "All the same.", None, "Where are my tasks?", None),
    "Emotion": (0, 0.5, -0.5, -1.5, 1),
    "Pain points": (["Too many tools"], None, ["Prices hidden"], ["No template fits"], None),
    "Opportunities": (["Comparison page"], None, None, ["Templates by trade"], None),
}


def full() -> Journey:
    """Return a current-state map with every kind of lane it has, and figures."""
    journey = Journey.new("Acme Boards: from search to daily use")
    for name in TOUCHPOINTS:
        journey = journey.add("touchpoints", name=name)
    stages = journey.stages["id"].tolist()
    for lane, values in ROWS.items():
        for stage, value in zip(stages, values, strict=False):
            journey = journey.set(stage, lane, value)
    journey = journey.set("Onboarding", "Emotion", -1.5, target=0.5)
    journey = journey.set("Adoption", "Emotion", 1, target=1.5)
    return journey.set("Expansion", "Metrics", 0.2).replace("measurements", figures(stages))


def figures(stages: Sequence[str]) -> list[Measurement]:
    """Return a conversion with its interval for each stage, and one measured emotion."""
    rates = [
        Measurement(
            id=f"went-on-{stage}",
            name="Went on",
            metric="MET-37",
            lane_id="metrics",
            stage_id=stage,
            value=0.6 - 0.06 * place,
            low=0.55 - 0.06 * place,
            high=0.64 - 0.06 * place,
            unit="share",
            n=4000 // (place + 1),
        )
        for place, stage in enumerate(stages)
    ]
    mood = Measurement(
        id="mood",
        name="Survey",
        metric="MET-11",
        lane_id="emotion",
        stage_id="onboarding",
        value=-0.4,
    )
    return [*rates, mood]


def service_blueprint() -> Journey:
    """Return a blueprint with its three lines."""
    journey = Journey.new("Support visit", "service-blueprint", ["Call", "Visit", "Repair"])
    for lane in journey.lanes["name"]:
        journey = journey.set("Visit", lane, [f"{lane} at the visit"])
    return journey
