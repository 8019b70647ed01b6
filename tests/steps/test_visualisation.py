"""Step 7: the map and its other forms."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue, charts, paths
from jupyter_journey.reports.samples import sample_map
from jupyter_journey.steps import Request, visualisation

MAPS = paths.sample_data() / "saas"
OPPORTUNITY = MAPS / "maps" / "opportunity.journey.json"


def shop(folder: Path, back: int) -> jj.Journey:
    """Return a journey whose log has 30 buyers, some of whom go back to looking."""
    rows = [(f"c{n}", "visit", 1) for n in range(40)] + [(f"c{n}", "buy", 2) for n in range(30)]
    rows += [(f"c{n}", "visit", 3) for n in range(back)]
    frame = pd.DataFrame(rows, columns=["customer", "event", "day"])
    frame["time"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(frame.pop("day"), unit="D")
    frame.to_csv(folder / "events.csv", index=False)
    base = jj.Journey.new("Shop", stages=["Look", "Buy"], sources={"events": folder / "events.csv"})
    return base.replace("stages", base.stages.assign(events=[("visit",), ("buy",)]))


def test_the_flow_shows_who_goes_back_unless_they_are_few(tmp_path: Path) -> None:
    many = visualisation.run(shop(tmp_path, 15)).frames["flow"]
    assert many[["source", "target", "customers"]].values.tolist() == [
        ["Look", "Buy", 30],
        ["Buy", "Look", 15],
    ]
    assert many.attrs["stages"] == ["Look", "Buy"]
    assert "flow" not in visualisation.run(shop(tmp_path, 3)).frames  # the other would tell of it


def test_the_curve_holds_what_was_assumed_measured_and_aimed_at() -> None:
    base = jj.Journey.new("Shop", stages=["Look", "Buy"])
    base = base.set("Look", "Emotion", -1, target=1)
    base = base.add(
        "measurements",
        name="Emotion",
        metric="EMO-01",
        lane_id="emotion",
        stage_id="buy",
        value=0.5,
        low=0.25,
        high=0.75,
        n=40,
    )
    frame = visualisation.run(base).frames["experience"]
    found = frame[["stage", "curve", "value"]].values.tolist()
    assert found == [
        ["Look", "assumed", -1.0],
        ["Look", "target", 1.0],
        ["Buy", "measured", 0.5],
    ]


def test_a_panel_per_stage_tells_what_hurts() -> None:
    base = jj.Journey.new("Shop", stages=["Look", "Buy"])
    base = base.set("Look", "Actions", ["Look around"]).set("Look", "Emotion", -2)
    base = base.set("Buy", "Pain points", ["Too dear", "Too slow"])
    told = charts.storyboard(base)
    assert told is not None
    assert told.text.splitlines() == [
        "1 · Look [very unhappy]",
        "  Actions: Look around",
        "",
        "2 · Buy",
        "  Pain points: Too dear; Too slow",
    ]
    assert charts.storyboard(jj.Journey.new("Empty")) is None


def test_of_several_personas_each_has_her_own_panels_and_curve() -> None:
    journey = jj.Journey.load(MAPS / "maps" / "persona-based.journey.json").replace("sources", [])
    names = journey.personas["name"].tolist()
    told = str(visualisation.run(journey).pictures["storyboard"])
    for name in names:
        assert told.count(f"{name} · 1 · ") == 1
    assert "experience" not in visualisation.run(journey).frames
    curves = [
        visualisation.run(journey, Request(persona=name)).frames["experience"]["value"].tolist()
        for name in names
    ]
    assert len(set(map(tuple, curves))) == len(names) > 1


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-Hant"])
def test_opportunities_stand_where_value_and_effort_put_them(language: str) -> None:
    journey = sample_map(OPPORTUNITY, language)
    told = charts.opportunities(journey)
    assert told is not None
    map_of = journey.wide()
    called = catalogue.texts(language)["choices"]
    value, effort, solution = (
        map_of.loc[catalogue.text(language, "lanes", lane, "name")]
        for lane in ("customer-value", "effort", "solution")
    )
    for stage in map_of.columns:
        behind = catalogue.text(language, "charts", "aside", text="", aside=stage).strip()
        [line] = [line for line in told.text.splitlines() if behind in line]
        assert solution[stage] in line
        assert called[value[stage]] in line
        assert called[effort[stage]] in line


def test_without_value_and_effort_there_is_no_matrix() -> None:
    assert charts.opportunities(jj.Journey.new("Shop")) is None


def test_markup_stays_text_in_panels_and_matrix() -> None:
    attack = "<img src=x onerror=alert(1)>"
    base = jj.Journey.new("Shop", map_type="opportunity", stages=["Look"])
    base = base.set("Look", "Customer value", "high").set("Look", "Effort", "low")
    base = base.set("Look", "Solution", attack)
    for told in (charts.opportunities(base), charts.storyboard(base)):
        assert told is not None
        assert "<img" not in told.html
        assert "&lt;img" in told.html


def test_personas_stand_side_by_side() -> None:
    base = jj.Journey.new("Shop").add("personas", name="Admin", role="Sets it up")
    assert "people" not in visualisation.run(base).pictures
    both = base.add("personas", name="Boss", goals=("Less mail",))
    told = visualisation.run(both).pictures["people"]
    assert "Sets it up" in told.text
    assert "Boss" in told.text


def test_reviews_and_the_day_of_the_next_are_told() -> None:
    base = jj.Journey.new("Shop").add(
        "reviews", name="Sales", comment="Too long", answer="Cut", day=date(2026, 3, 1), version=2
    )
    result = visualisation.run(base.change(next_review=date(2026, 9, 1)))
    assert result.frames["reviews"][["reviewer", "comment", "answer"]].values.tolist() == [
        ["Sales", "Too long", "Cut"]
    ]
    assert result.sentences["reviews"] == "The map is looked at again on Sep 1, 2026."
    assert len(result.frames["innovation"]) == 4
    planned = visualisation.run(jj.Journey.new("Shop").change(next_review=date(2026, 9, 1)))
    assert "Sep 1, 2026" in " ".join(map(str, planned.chapter("reviews")))


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-Hant"])
def test_every_chapter_of_the_sample_shows_in_each_language(language: str) -> None:
    base = jj.Journey.load(MAPS / "saas.journey.json").change(language=language)
    result = visualisation.run(base, Request())
    for name in ("map", "experience", "storyboard", "flow", "people", "innovation"):
        assert len(result.chapter(name)) > 1, name
