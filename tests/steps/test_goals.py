"""Step 1: the sentence made of a goal's parts, how far it is reached, which map serves it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue
from jupyter_journey.charts.voice import voice
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
        ({"start": days(0), "deadline": days(99), "target": 10.0}, "great"),
        ({"start": days(0), "deadline": days(9)}, "short"),
        ({"start": days(0), "deadline": days(9), "reason": "Done before"}, "feasible"),
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


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"start": days(9), "deadline": days(2)}, "CHK-104"),
        ({"start": days(0), "deadline": days(99), "target": 30.0}, "CHK-103"),
        ({"start": days(0), "deadline": days(99), "target": 40.0, "actual": 40.0}, "CHK-103"),
        ({"start": days(0), "deadline": days(99), "target": None}, "CHK-102"),
        ({"deadline": None, "reason": "Done before"}, "CHK-104"),
    ],
)
def test_a_goal_whose_parts_do_not_fit_is_none_within_reach(
    fields: dict[str, Any], check: str
) -> None:
    made = jj.Journey.new("Acme").add("goals", name="A faster start", **WHOLE | fields)
    result = goals.run(made)
    assert result.frames["pace"]["what"].tolist() == ["unclear"]
    assert "A faster start" in result.sentences["pace"]
    assert check in set(result.findings["check"])


@pytest.mark.parametrize(
    ("unit", "baseline", "target", "said"),
    [
        ("%", 12.5, 9.0, "from 12.5% to 9.0%"),
        ("share", 0.28, 0.05, "from 28% to 5%"),
        ("%", 4.25, 30.0, "from 4.25% to 30.00%"),
    ],
)
def test_shares_of_one_goal_have_the_same_decimals(
    unit: str, baseline: float, target: float, said: str
) -> None:
    assert said in composed(goal(unit=unit, baseline=baseline, target=target))


@pytest.mark.parametrize("unit", ["%", "days", "EUR", ""])
def test_no_number_is_too_great_to_be_told(unit: str) -> None:
    great = {"unit": unit, "baseline": -1e300, "target": 1e300, "actual": 1e-300}
    result = goals.run(journey(**great | {"metric": "Own", "direction": "up"}))
    assert "1E" in composed(result.journey.document.goals[0])
    assert "E300" in str(result.table("goals"))
    assert "50%" in str(result.table("goals"))


def test_a_goal_is_a_card_with_the_parts_it_has() -> None:
    result = goals.run(journey(stakeholders=("Sales", "Service"), deadline=days(400)))
    (card,) = result.answer("goals")
    assert str(card).splitlines() == [
        "A faster start [within reach]",
        "  Metric: Time to first value",
        "  Baseline: 30",
        "  Target: 20 days",
        "  Change: −33%",
        "  Now: 24 days",
        "  Progress: 60%",
        f"  Deadline: {voice('en').day(days(400))}",
        "  Means: tutorials; e-mails; calls",
        "  Relevance: adoption",
        "  Asked: Sales; Service",
    ]
    assert "There are no goals yet." in str(goals.run(jj.Journey.new("Acme")).answer("goals")[0])


def test_findings_of_one_kind_are_shown_as_one_with_their_places() -> None:
    made = jj.Journey.new("Acme")
    for name in ("First", "Second", "Third"):
        made = made.add("goals", name=name, **WHOLE | {"means": ()})
    two = made.add("goals", name="Fourth", **WHOLE | {"means": (), "relevance": ""})
    result = goals.run(two)
    shown = [line for line in str(result.table("findings")).splitlines() if "CHK-105" in line]
    assert len(shown) == 1
    assert "First, Second, Third, and Fourth" in shown[0]
    assert "“…” names nothing that will be done." in shown[0]
    alone = [line for line in str(result.table("findings")).splitlines() if "CHK-106" in line]
    assert len(alone) == 1
    assert "Goals · fourth" in alone[0]
    assert (result.findings["check"] == "CHK-105").sum() == 4
