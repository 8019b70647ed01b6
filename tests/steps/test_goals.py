"""Step 1: the sentence made of a goal's parts, how far it is reached, which map serves it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue
from jupyter_journey.model.records import Goal
from jupyter_journey.steps import goals
from jupyter_journey.steps.smart import composed, current_value, progress

WHOLE: dict[str, Any] = {
    "metric": "MET-06",
    "unit": "days",
    "baseline": 30.0,
    "target": 20.0,
    "deadline": date(2026, 12, 31),
    "means": ("tutorials", "e-mails", "calls"),
    "relevance": "adoption",
}


def goal(**fields: Any) -> Goal:
    return Goal(id="faster", name="A faster start", **fields)


def test_the_sentence_holds_all_parts() -> None:
    assert composed(goal(**WHOLE)) == (
        "Lower “Time to first value” from 30 to 20 days by Dec 31, 2026. "
        "How: tutorials, e-mails, and calls. What for: adoption."
    )


@pytest.mark.parametrize("part", ["deadline", "means", "relevance", "baseline"])
def test_a_part_that_is_missing_is_left_out(part: str) -> None:
    rest = {key: value for key, value in WHOLE.items() if key != part}
    said = composed(goal(**rest))
    assert "None" not in said
    assert "–" not in said
    assert len(said) < len(composed(goal(**WHOLE)))


def test_a_goal_without_a_metric_goes_by_its_name() -> None:
    assert composed(goal()) == "Raise “A faster start”."


@pytest.mark.parametrize("language", catalogue.languages())
def test_every_language_has_the_sentence(language: str) -> None:
    name = catalogue.texts(language)["metrics"]["MET-06"]["name"]
    said = composed(goal(**WHOLE), language)
    assert name in said
    assert "tutorials" in said
    assert composed(goal(**{**WHOLE, "metric": name}), language) == said


def journey(**fields: Any) -> jj.Journey:
    made = jj.Journey.new("Acme").add("goals", name="A faster start", **WHOLE | fields)
    about = {"metric": "MET-06", "unit": "days", "n": 99, "period": "2026"}
    return made.add("measurements", name="TTFV", value=24.0, stage_id="adoption", **about)


def test_progress_is_the_way_done() -> None:
    shown = goals.run(journey()).frames["goals"].loc[0]
    assert shown["current"] == 24
    assert shown["progress"] == pytest.approx((30 - 24) / (30 - 20))


def test_a_value_entered_goes_before_a_measured_one() -> None:
    shown = goals.run(journey(actual=31.0)).frames["goals"].loc[0]
    assert shown["current"] == 31
    assert shown["progress"] == pytest.approx(-0.1)


def test_shares_and_percent_are_one() -> None:
    made = jj.Journey.new("Acme").add("goals", name="Go on", metric="MET-37", unit="%")
    told = {"metric": "MET-37", "unit": "share", "n": 99, "period": "2026"}
    for stage, value in {"decision": 0.28, "adoption": 0.7}.items():
        made = made.add("measurements", name=stage, stage_id=stage, value=value, **told)
    of_stage = made.document.goals[0].model_copy(update={"stage_id": "decision"})
    assert current_value(of_stage, made) == pytest.approx(28)
    assert current_value(made.document.goals[0], made) is None  # which stage is meant isn't said


def test_no_way_has_no_progress() -> None:
    assert progress(goal(baseline=3.0, target=3.0), 3.0) is None
    assert progress(goal(target=3.0), 3.0) is None


def test_the_map_that_serves_a_goal_is_named() -> None:
    advice = goals.run(journey(kind="onboarding")).frames["advice"]
    assert advice["map_types"].tolist() == [("Onboarding", "Micro-journey")]


def test_what_sets_the_product_apart_is_told() -> None:
    result = goals.run(journey().change(usp="A board the whole team likes"))
    assert "A board the whole team likes" in str(result.remarks)
    assert "before the first stage" in goals.run(journey()).notes[0]


def test_all_is_shown() -> None:
    result = goals.run(journey(stakeholders=("Sales", "Service")))
    assert "from 30 to 20 days" in str(goals.sentences(result.journey))
    table = str(result.table("goals"))
    assert "60%" in table
    assert "Service" in table
    assert "Time to first value" in table


def test_each_smart_part_says_for_which_goal_it_is_missing() -> None:
    made = journey(relevance="", kind="churn").add("goals", name="Bare")
    frame = goals.run(made).frames["coverage"].set_index("question")
    open_for = frame["missing"].to_dict()
    assert open_for["Time-bound: by when"] == ("Bare",)
    assert open_for["Relevant: what it is good for"] == ("Bare",)  # churn is a goal of the company
    assert open_for["Sales, marketing, service were asked"] == ("A faster start", "Bare")


def days(count: int) -> date:
    return date.today() + timedelta(days=count)  # noqa: DTZ011


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"start": days(-50), "deadline": days(50), "actual": 24.0}, "ahead"),  # 60 % done in 50 %
        ({"start": days(-80), "deadline": days(20), "actual": 24.0}, "behind"),
        ({"start": days(-80), "deadline": days(-20), "actual": 24.0}, "overdue"),
        ({"start": days(-80), "deadline": days(-20), "actual": 19.0}, "reached"),
        ({"start": days(0), "deadline": days(99), "target": 10.0, "metric": "Own"}, "great"),
        ({"start": days(0), "deadline": days(9), "metric": "Own"}, "short"),
        (
            {"start": days(0), "deadline": days(9), "metric": "Own", "reason": "Done before"},
            "feasible",
        ),
    ],
)
def test_how_a_goal_stands(fields: dict[str, Any], state: str) -> None:
    made = jj.Journey.new("Acme").add("goals", name="A faster start", **WHOLE | fields)
    result = goals.run(made)
    row = result.frames["pace"].loc[0]
    assert row["what"] == state
    assert "A faster start" in result.sentences["pace"]
    if state == "ahead":
        assert (row["elapsed"], row["progress"]) == (pytest.approx(0.5), pytest.approx(0.6))


def test_the_metric_tells_which_way_is_better() -> None:
    frame = goals.run(journey(direction="up")).frames["pace"]
    assert frame["direction"].tolist() == ["down"]  # less time to first value
    assert "less" in str(goals.run(journey()).table("pace"))


def test_the_map_is_judged_by_the_goals() -> None:
    made = journey(kind="onboarding")
    assert "serve best: Onboarding" in goals.run(made).sentences["advice"]
    kept = goals.run(made.change(map_type="onboarding")).sentences["advice"]
    assert kept.startswith("This map (Onboarding) serves the goals")
