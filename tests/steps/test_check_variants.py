"""Checks that look for several things: each of them, and what is no fault."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from changes import Change, add, edit, keep

import jupyter_journey as jj

TODAY = date.today()  # noqa: DTZ011
SECOND_QUARTER = "2026-04-01/2026-06-30"
PERIOD, MONTH = "2026-01-01/2026-06-30", "2026-01-01/2026-01-31"


def parted(journey: jj.Journey) -> jj.Journey:
    """Put what stands at a stage at a sub-step of it."""
    journey = journey.add("stages", name="Try", parent_id="consideration")
    places = {"touchpoints": "stage_id", "measurements": "stage_id", "conversions": "from_stage_id"}
    for collection, field in places.items():
        journey = edit(collection, 1, **{field: "try"})(journey)
    return journey


def churn(**fields: Any) -> Change:
    told = {"value": 0.1, "unit": "share", "n": 100, "period": PERIOD, **fields}
    return add("measurements", "Churn", metric="MET-37", stage_id="retention", **told)


SOON = {"start": TODAY, "deadline": TODAY + timedelta(days=20)}
YESTERDAY = TODAY - timedelta(days=1)
FOUND: dict[str, tuple[str, Change, str]] = {
    "a map type that doesn't suit the goal": (
        "CHK-107",
        lambda one: one.change(map_type="onboarding"),
        "Current state or Opportunity would",
    ),
    "a metric known by its name": (
        "CHK-103",
        edit("goals", metric="customer churn", direction="up", target=6.0),
        "from 5 to 6",
    ),
    "a deadline too near": ("CHK-110", edit("goals", **SOON), "due within 20 days"),
    "a segment without a persona": ("CHK-205", add("segments", "Solo"), "Solo"),
    "a telephone number": (
        "CHK-208",
        edit("personas", needs=("Call +49 170 1234567",)),
        "telephone number",
    ),
    "an address in an answer": (
        "CHK-208",
        edit("personas", interview={"PER-Q01": "Ask ann.lee@example.org"}),
        "e-mail",
    ),
    "a touchpoint without a stage": ("CHK-301", edit("touchpoints", 3, stage_id=None), "no stage"),
    "no touchpoint": ("CHK-301", keep("touchpoints"), "none has been added yet"),
    "a chain that stops": ("CHK-304", edit("touchpoints", next=()), "“Site” leads nowhere"),
    "a touchpoint out of reach": (
        "CHK-304",
        add("touchpoints", "Island", stage_id="retention", next=["end"]),
        "No touchpoint leads to “Island”",
    ),
    "a source without a path": ("CHK-501", edit("sources", 1, path=""), "no path"),
    "a column that isn't there": (
        "CHK-501",
        edit("sources", columns={"customer": "user"}),
        "no column user",
    ),
    "a metric over two lengths of time": ("CHK-502", churn(period=MONTH), MONTH),
    "a metric in two units": ("CHK-502", churn(unit="%"), "beside share stands %"),
    "no insight": ("CHK-507", keep("insights"), "Nothing is noted"),
    "no conversion event": ("CHK-607", keep("conversions"), "No conversion event"),
    "no pain lane": ("CHK-706", lambda one: one.remove("lanes", "Pain points"), "No pain point"),
    "a first version": (
        "CHK-704",
        lambda one: jj.Journey(one.document.model_copy(update={"revision": 1})),
        "first version",
    ),
    "a review that was due": (
        "CHK-705",
        lambda one: one.change(next_review=YESTERDAY),
        f"due on {YESTERDAY:%b} {YESTERDAY.day}, {YESTERDAY.year}",
    ),
    "the day of a first review is over": (
        "CHK-705",
        lambda one: keep("reviews")(one).change(next_review=YESTERDAY),
        "A review was due on",
    ),
    "figures newer than the review": (
        "CHK-705",
        lambda one: edit("reviews", day=YESTERDAY)(
            edit("measurements", computed_at=datetime.now(UTC))(one)
        ),
        "newer than the last review",
    ),
    "a number that somebody entered": (
        "CHK-707",
        lambda one: one.set("Awareness", "Metrics", 0.3),
        "Metrics",
    ),
}


@pytest.mark.parametrize("what", FOUND)
def test_it_is_found(what: str, complete: jj.Journey) -> None:
    check, plant, words = FOUND[what]
    found = jj.check(plant(complete))
    assert words in " ".join(found.loc[found["check"] == check, "message"])
    assert check in set(found["check"])


NO_FAULT: dict[str, Change] = {
    "what stands at a sub-step stands at its stage": parted,
    "a refused milestone has no event": edit(
        "milestones", event="", survey="", effect="", refused_reason="Nobody sets up"
    ),
    "a number that says what it rests on": lambda one: one.set(
        "Awareness", "Metrics", 0.3, note="Counted by hand in the CRM"
    ),
    "figures of a quarter beside those of another": lambda one: churn(
        period="2026-04-01/2026-06-30"
    )(one.replace("measurements", one.measurements.assign(period="2026-01-01/2026-03-31"))),
    "several touchpoints where journeys begin": add(
        "touchpoints",
        "Ads",
        stage_id="awareness",
        contact="indirect",
        next=["site"],
        feedback_source="Survey",
        **dict.fromkeys(
            (
                *("customer_goal", "company_goal", "customer_actions", "company_actions"),
                *("feelings", "customer_result", "company_result"),
            ),
            "Something",
        ),
    ),
    "a metric over a period in a person's words": lambda one: churn(period="last spring")(
        one.replace("measurements", one.measurements.assign(period="2026"))
    ),
    "a side stage leads nowhere": lambda one: edit("stages", 1, trigger="", side=True)(one),
    "own stages with names of one model": lambda one: one.change(stage_model=""),
}


@pytest.mark.parametrize("what", NO_FAULT)
def test_it_is_no_fault(what: str, complete: jj.Journey) -> None:
    found = jj.check(NO_FAULT[what](complete))
    assert found[["check", "message"]].values.tolist() == []


def test_a_new_journey_says_where_to_begin() -> None:
    errors = jj.check(jj.Journey.new("Draft")).query("level == 'error'")
    assert set(errors["check"]) == {"CHK-101", "CHK-201", "CHK-301", "CHK-402", "CHK-701"}
