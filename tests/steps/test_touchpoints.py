"""Step 3: the five questions, the chain, and what the events show and the map doesn't."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey import catalogue, paths
from jupyter_journey.errors import UnknownNameError
from jupyter_journey.steps import Request, touchpoints
from jupyter_journey.steps.touchpoints import END

SAAS = paths.sample_data() / "saas"


@pytest.fixture(scope="module")
def sample() -> jj.Journey:
    return jj.Journey.load(SAAS / "saas.journey.json")


def chained(**following: tuple[str, ...]) -> jj.Journey:
    """A touchpoint per stage, in order, each with what follows it."""
    journey = jj.Journey.new("Shop", stages=["Look", "Buy", "Use", "Stay"])
    for (name, after), stage in zip(following.items(), journey.stages["id"], strict=False):
        journey = journey.add("touchpoints", name=name, id=name, stage_id=stage, next=after)
    return journey


def test_dead_ends_and_what_is_out_of_reach_are_listed() -> None:
    journey = chained(web=("shop",), shop=("gone",), app=(END,), club=())
    frame = touchpoints.run(journey).frames["loose"]
    found = set(frame[["name", "what"]].itertuples(index=False, name=None))
    assert found == {
        ("shop", "astray"),
        ("club", "nowhere"),
        ("app", "unreached"),
        ("club", "unreached"),
    }


def test_a_whole_chain_has_nothing_loose() -> None:
    result = touchpoints.run(
        chained(web=("shop",), shop=("app",), app=("club", "web"), club=(END,))
    )
    assert result.frames["loose"].empty
    assert result.frames["chain"]["what"].tolist() == ["link"] * 4 + ["end"]
    assert "each can be reached" in result.sentences["chain"]


def test_a_chain_goes_round_without_end() -> None:
    assert touchpoints.run(chained(web=("shop",), shop=("web",))).frames["loose"].empty


def test_each_field_says_where_it_is_empty() -> None:
    journey = jj.Journey.new("Shop").add("touchpoints", name="Web", feelings="Curious")
    frame = touchpoints.run(journey.add("touchpoints", name="App")).frames["coverage"]
    by_field = frame.set_index("question")
    assert len(frame) == 7
    assert by_field.loc["What the customer may feel", "missing"] == ("App",)
    assert by_field["answered"].sum() == 1


def test_events_without_a_touchpoint_are_counted_and_taken_over(sample: jj.Journey) -> None:
    points = [one for one in sample.document.touchpoints if "contact_support" not in one.events]
    journey = sample.replace("touchpoints", points)
    frame = touchpoints.run(journey).frames["unmapped"].set_index("event")
    log = pd.read_csv(SAAS / "events.csv")
    for event in ("contact_support", "cancel"):
        customers = log.loc[log["event"] == event, "customer"].nunique()
        assert frame.loc[event, "customers"] == customers
        assert frame.loc[event, "share"] == pytest.approx(customers / log["customer"].nunique())
    assert set(frame.index) == {"contact_support", "cancel"}
    after = touchpoints.take_events(journey, frame.reset_index())
    assert touchpoints.run(after).frames["unmapped"].empty


def test_an_event_is_taken_over_at_its_first_stage_and_at_none_that_there_is_not() -> None:
    journey = jj.Journey.new("Shop", stages=["Look", "Look, weigh", "Buy"])
    rows = pd.DataFrame({"event": ["a"], "proposal": ["Web"], "stage": [""]})
    for given, expected in {
        "": None,
        "Look, weigh, Buy": "look-weigh",
        "Look, Buy": "look",
    }.items():
        (point,) = touchpoints.take_events(journey, rows.assign(stage=given)).document.touchpoints
        assert point.stage_id == expected
    with pytest.raises(UnknownNameError, match="did you mean 'Buy'"):
        touchpoints.take_events(journey, rows.assign(stage="Buys"))


def test_touchpoints_that_the_data_do_not_show_are_named(sample: jj.Journey) -> None:
    journey = sample.add("touchpoints", name="Fair", events=("visit_fair",), stage_id="awareness")
    frame = touchpoints.run(journey).frames["unseen"].set_index("name")
    what = frame["what"].to_dict()
    assert what == {
        "E-mail updates": "no_event",
        "Community and events": "rare",
        "Fair": "not_in_log",
    }
    log = pd.read_csv(SAAS / "events.csv")
    met = log[log["event"].isin(["refer", "write_review"])].groupby("event")["customer"].nunique()
    assert frame.loc["Community and events", "share"] == pytest.approx(
        met.sum() / log["customer"].nunique()
    )


def test_events_of_few_are_neither_named_nor_counted(tmp_path: Path) -> None:
    rows = [(f"c{n}", event) for n in range(40) for event in ("visit", *["vip"] * (n < 9))]
    frame = pd.DataFrame(rows, columns=["customer", "event"]).assign(time="2026-01-01")
    frame.to_csv(tmp_path / "events.csv", index=False)
    journey = jj.Journey.new("Shop", sources={"events": tmp_path / "events.csv"})
    journey = journey.add("touchpoints", name="Lounge", events=("vip",))
    assert touchpoints.run(journey).frames["unseen"]["share"].isna().all()
    bare = touchpoints.run(journey.remove("touchpoints", "Lounge")).frames["unmapped"]
    assert bare["event"].tolist() == ["visit"]


def test_events_told_by_a_condition_have_their_touchpoint(tmp_path: Path) -> None:
    rows = [(f"c{n}", page) for n in range(40) for page in ("/", "/pricing")]
    frame = pd.DataFrame(rows, columns=["customer", "page"]).assign(event="visit")
    frame.assign(time="2026-01-01").to_csv(tmp_path / "events.csv", index=False)
    journey = jj.Journey.new("Shop", sources={"events": tmp_path / "events.csv"})
    rules = ("is visit where page = /pricing",)
    journey = journey.add("touchpoints", name="Price list", rules=rules)
    bare = touchpoints.run(journey).frames["unmapped"]
    assert bare[["event", "customers"]].values.tolist() == [["visit", 40]]


def test_too_small_a_group_is_not_looked_at(sample: jj.Journey) -> None:
    request = Request(where={"country": "TW"}, period="2025-01-01/2025-01-02")
    result = touchpoints.run(sample, request)
    assert "unmapped" not in result.frames
    assert "fewer than 10 customers" in str(result.remarks)


@pytest.mark.parametrize("language", catalogue.languages())
def test_the_catalogue_is_there_to_start_from(language: str) -> None:
    journey = jj.Journey.new("Shop", stages="growfusely-7", language=language)
    rows = touchpoints.run(journey).frames["offered"]
    assert rows["kind"].tolist()[:10] == [f"TP-{number:02}" for number in range(1, 11)]
    assert len(rows) == 22
    after = touchpoints.take_offered(journey, rows)
    assert len(after.document.touchpoints) == 22
    assert all(point.stage_id for point in after.document.touchpoints)
    assert touchpoints.run(after).frames["offered"].empty
    assert "CHK-307" not in set(jj.check(after)["check"])


def test_the_chain_is_drawn_with_every_touchpoint_and_every_link() -> None:
    journey = jj.Journey.new("Shop")
    stages = [stage.id for stage in journey.document.stages]
    for number in range(40):
        after = (f"p{number + 1}", f"p{(number * 7) % 40}") if number < 39 else ()
        stage = stages[number // 5]
        journey = journey.add(
            "touchpoints", name=f"Point {number}", id=f"p{number}", stage_id=stage, next=after
        )
    result = touchpoints.run(journey)
    drawn = result.chart("chain", result.frames["chain"])
    for number in range(40):
        assert f">Point {number}</" in drawn.svg
    data = [row for rows in drawn.spec["datasets"].values() for row in rows]
    assert len({row["link"] for row in data if "link" in row}) == 39 * 2
    assert "leads nowhere" in drawn.text


def test_a_contact_is_told_in_the_readers_language(sample: jj.Journey) -> None:
    told = str(touchpoints.run(sample.change(language="de")).table("touchpoints"))
    assert "indirekt" in told
    assert " indirect" not in told


def test_the_log_is_read_once_for_all_steps_unless_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("customer,event,time\na,visit,2026-01-01\n")
    journey, request = jj.Journey.new("Shop", sources={"events": path}), Request()
    log = request.log(journey)
    assert request.log(journey.change(title="Store")) is log
    source = journey.sources.assign(columns=[{"customer": "event", "event": "customer"}])
    assert request.log(journey.replace("sources", source)).events.tolist() == ["a"]
    path.write_text("customer,event,time\na,visit,2026-01-01\na,buy,2026-01-02\n")
    assert request.log(journey).n == 2
