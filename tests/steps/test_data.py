"""Step 5 on logs in which it is known what stands out."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey.steps import Request, data

LEAST = 10


def events(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer", "event", "time"])
    return frame.assign(time=pd.to_datetime(frame["time"], utc=True))


def planted() -> pd.DataFrame:
    """Twelve weeks of 40 customers: half buy; the pay page fails; from week 6 on few come back."""
    rows = []
    for week in range(12):
        monday = pd.Timestamp("2026-01-05", tz="UTC") + pd.Timedelta(weeks=week)
        for place in range(40):
            customer = f"w{week:02}-{place:02}"
            plan = "team" if place % 4 < 3 else "solo"
            rows.append((customer, "visit", monday, plan))
            if place < 20:
                pay = monday + pd.Timedelta(hours=1)
                rows.append((customer, "pay", pay, plan))
                rows += [(customer, "pay", pay + pd.Timedelta(minutes=1), plan)] * (place < 8)
                rows.append((customer, "order", monday + pd.Timedelta(hours=5), plan))
            else:
                rows.append((customer, "ask", monday + pd.Timedelta(hours=2), plan))
            if place < (30 if week < 6 else 12):
                rows.append((customer, "log_in", monday + pd.Timedelta(days=8), plan))
    return pd.DataFrame(rows, columns=["customer", "event", "time", "plan"])


@pytest.fixture
def shop(tmp_path: Path) -> jj.Journey:
    log = planted()
    log.to_csv(tmp_path / "events.csv", index=False)
    rng = np.random.default_rng(1)
    asked = log.drop_duplicates("customer")["customer"]
    pd.DataFrame(
        {
            "customer": [*asked, *asked],
            "touchpoint": ["Site"] * len(asked) + ["Till"] * len(asked),
            "kind": "CSAT",
            "score": [*rng.choice([4, 5], len(asked)), *rng.choice([1, 2], len(asked))],
        }
    ).to_csv(tmp_path / "survey.csv", index=False)
    journey = jj.Journey.new("Shop", stages=["Look", "Buy"])
    stages = journey.stages.assign(events=[("visit",), ("order",)])
    journey = journey.replace("stages", stages)
    for name, stage in (("Site", "look"), ("Till", "buy")):
        journey = journey.add("touchpoints", name=name, stage_id=stage)
    journey = journey.add("segments", name="Solo", where={"plan": "solo"})
    journey = journey.add("segments", name="Teams", where={"plan": "team"})
    journey = journey.add("sources", name="Log", role="events", path=str(tmp_path / "events.csv"))
    journey = journey.add(
        "sources", name="Survey", role="survey", path=str(tmp_path / "survey.csv")
    )
    return journey.save(tmp_path / "shop.journey.json")


def test_what_stands_out_is_what_was_planted(shop: jj.Journey) -> None:
    # Eleven cohorts have a whole week after theirs: 30 of 40 come back of each of the five early
    # ones and of the first late one, 12 of 40 of each of the other five.
    found = data.run(shop).frames["insights"].groupby("tag")["message"].agg(list)
    (trend,) = found["Trend"]
    assert trend.endswith(": 38% of the later cohorts, 75% of the earlier ones.")
    assert found["Pain"] == [
        "240 of 480 customers (50%) don't go on from Look to Buy: more than anywhere else."
    ]
    assert [text.split(":")[0] for text in found["Joy"]] == ["Customers feel best about Look"]
    again, worst = sorted(found["Frustration"])
    assert again.startswith("40% of the customers who do pay do it again, half of them within 1 m")
    assert worst.startswith("Customers feel worst about Buy: −1.5")


def test_each_answer_has_its_sentence(shop: jj.Journey) -> None:
    result = data.run(shop)
    said = result.sentences
    assert said["funnel"].startswith("Of 480 customers who entered Look, 240 (50%) got to Buy.")
    assert said["drop_off"] == (
        "Of 240 customers who came to Look but not to Buy, 240 (100%) went on with ask: the most "
        "frequent thing to do instead."
    )
    assert "5 hours for half of the 240 who arrived" in said["stage_times"]
    assert said["transitions"].endswith(" 240 times, by 240 customers.")
    assert said["cohorts"].startswith("Of 440 customers whose")
    assert "of 480 customers" in said["variants"]
    assert said["comparison"].startswith("Nothing in which Teams and Solo differ is sure")
    shown = "\n".join(repr(part) for name in said for part in result.answer(name))
    for sentence in said.values():
        assert sentence in shown


def test_the_segment_comparison_is_that_of_the_log(shop: jj.Journey) -> None:
    frame = data.run(shop).frames["comparison"]
    parts = jj.read_events(planted()).segments("plan")
    whole = parts["team"].compare(parts["solo"], {"Look": "visit", "Buy": "order"})
    assert set(frame["segment"]) == {"Teams"}
    assert set(frame["other"]) == {"Solo"}
    key = ["what", "source", "target"]
    both = frame.merge(whole, on=key, suffixes=("", "_whole"))
    assert len(both) == len(frame) > 0
    pd.testing.assert_series_equal(both["value"], both["value_whole"], check_names=False)
    assert not set(zip(*[frame[column] for column in key], strict=True)) - set(
        zip(*[whole[column] for column in key], strict=True)
    )


def test_the_comparison_says_of_each_line_what_is_compared(shop: jj.Journey) -> None:
    """The step from visiting to asking takes as long as the stage: it must not pass for it."""
    lines = repr(data.run(shop).table("comparison")).splitlines()
    head = re.split(r"  +", lines[1])
    assert head[:5] == ["From", "To", "What", "Teams", "Of"]
    assert "Solo" in head
    kinds = {"Look": set[str](), "visit": set[str]()}
    for line in lines[2:]:
        source, _, kind, *_ = re.split(r"  +", line)
        if source in kinds:
            kinds[source].add(kind)
    assert kinds == {
        "Look": {"Share who go on to the stage", "Time between stages"},
        "visit": {"Share who ever make the step", "Time the step takes"},
    }


def test_periods_and_cohorts_are_written_as_a_language_does(shop: jj.Journey) -> None:
    german = data.run(shop.change(language="de"))
    assert "31. März 2026" in repr(german.table("figures"))
    assert "(Zeiträume: Wochen)" in german.sentences["cohorts"]
    assert "every" not in repr(german.table("cohorts"))


def test_what_is_shown_of_parts_does_not_give_the_hidden_rest_away(tmp_path: Path) -> None:
    """30 leave: 12 one way, 14 another, 4 a third. With both shown, 4 would follow."""
    instead = ["ask"] * 14 + ["chat"] * 12 + ["complain"] * 4
    rows = [
        (f"c{place:02}", event, f"2026-01-0{1 + step}")
        for place, other in enumerate(instead)
        for step, event in enumerate(["visit", other])
    ]
    rows += [(f"d{place:02}", "visit", "2026-01-01") for place in range(20)]
    rows += [(f"d{place:02}", "order", "2026-01-02") for place in range(20)]
    events(rows).to_csv(tmp_path / "events.csv", index=False)
    journey = jj.Journey.new("Shop", stages=["Look", "Buy"])
    stages = journey.stages.assign(events=[("visit",), ("order",)])
    journey = journey.replace("stages", stages).add(
        "sources", name="Log", role="events", path=str(tmp_path / "events.csv")
    )
    frames = data.run(journey.save(tmp_path / "shop.journey.json")).frames
    shown = frames["drop_off"]
    assert shown["instead"].tolist() == ["ask"]
    assert (shown["n"] - shown["customers"]).iloc[0] >= LEAST
    assert "complain" not in "".join(frames["variants"]["variant"])
    rest = frames["variants"]["n"].iloc[0] - frames["variants"]["customers"].sum()
    assert rest == 0 or rest >= LEAST


def test_without_segments_the_report_says_that_there_is_nothing_to_compare(
    shop: jj.Journey,
) -> None:
    alone = shop.replace("segments", [])
    result = data.run(alone, Request())
    assert result.frames["comparison"].empty
    assert [repr(part) for part in result.answer("comparison")] == [
        "Nothing to show: too few customers, or nothing to compare."
    ]


def test_without_a_log_no_answer_is_shown() -> None:
    result = data.run(jj.Journey.new("Empty"))
    assert result.answer("funnel") == ()
    assert "names no event log" in repr(result.remarks)


def test_a_group_that_all_but_a_few_belong_to_shows_nothing(shop: jj.Journey) -> None:
    log = planted()
    log.loc[log["customer"].isin(["w00-00", "w00-01", "w00-02"]), "plan"] = "other"
    log.loc[log["plan"] == "solo", "plan"] = "team"
    log.to_csv(shop.source_place("events"), index=False)
    asked = Request.of(where={"plan": "team"})
    assert dict(data.run(shop, asked).frames) == {}
    figures = jj.measure(shop, where={"plan": "team"}).measurements
    assert len(figures) > 0
    assert figures["suppressed"].all()


def test_segments_do_not_give_the_few_others_away(shop: jj.Journey) -> None:
    """Of 480 customers 12 are in neither segment, and 3 of those ordered: not to be worked out."""
    log = planted()
    others = [f"w{week:02}-00" for week in range(3)] + [f"w{week:02}-39" for week in range(9)]
    log.loc[log["customer"].isin(others), "plan"] = "none"
    log.to_csv(shop.source_place("events"), index=False)
    frames = data.run(shop).frames
    bought = frames["funnel"].set_index("stage").loc["Buy", "customers"]
    told = frames.get("comparison", pd.DataFrame(columns=["what", "target"]))
    sides = told[(told["what"] == "stage") & (told["target"] == "Buy")]
    if len(sides) and pd.notna(bought):
        row = sides.iloc[0]
        hits = round(row["n"] * row["value"]) + round(row["n_other"] * row["value_other"])
        assert bought - hits == 0 or bought - hits >= LEAST


def test_an_event_that_a_rule_tells_apart_stands_for_its_stages(shop: jj.Journey) -> None:
    """With filters or without: the quality is told of the log as its source names the events."""
    teams = "is visit where plan = team"
    shop = shop.remove("sources", "Survey")
    journey = shop.add("touchpoints", name="Team page", stage_id="look", rules=(teams,))
    for request in (Request(), Request(period="2026-02", segment="Teams")):
        plain, told = (data.run(one, request).frames["quality"] for one in (shop, journey))
        pd.testing.assert_frame_equal(told, plain)
        assert not told["remark"].str.contains("visit").any()
