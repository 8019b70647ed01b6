"""Staying and paying after a milestone, from one day on: hand cases, and lifelines' answers."""

import itertools
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from scipy import stats

import jupyter_journey as jj
from jupyter_journey.metrics.landmark import revenue, survival
from jupyter_journey.metrics.measuring import inputs_of
from jupyter_journey.steps import Request, milestones
from jupyter_journey.steps.log import looked_at

PEER = json.loads(Path(__file__).with_name("survival_peer.json").read_text())
START = pd.Timestamp("2025-01-01", tz="UTC")
LANDMARK = 30
ENDS = 400


def journey(folder: Path, rows: list[tuple[str, str, int]], mrr: dict[str, float]) -> jj.Journey:
    """Return a journey whose log holds the rows: customer, event, day."""
    frame = pd.DataFrame(rows, columns=["customer", "event", "day"])
    frame["time"] = START + pd.to_timedelta(frame.pop("day"), unit="D")
    frame.to_csv(folder / "events.csv", index=False)
    pd.DataFrame({"customer": [*mrr], "mrr": [*mrr.values()]}).to_csv(
        folder / "crm.csv", index=False
    )
    base = jj.Journey.new(
        "Shop", sources={"events": folder / "events.csv", "crm": folder / "crm.csv"}
    )
    entry = {"decision": ("subscribe",), "adoption": ("use",)}
    stages = base.stages.assign(events=[entry.get(key, ()) for key in base.stages["id"]])
    base = base.replace("stages", stages)
    return base.add("milestones", name="First use", event="use", from_stage_id="decision")


def peer_rows() -> list[tuple[str, str, int]]:
    """Give lifelines' spans to customers who joined so that they were watched just so long.

    Whoever wasn't lost is watched to the log's end, so they join late.
    """
    rows = []
    for group in ("early", "late"):
        pairs = zip(PEER[group]["days"], PEER[group]["ended"], strict=True)
        for number, (days, ended) in enumerate(pairs):
            name = f"{group}{number:02}"
            joined = 10 if ended else ENDS - LANDMARK - days
            rows.append((name, "subscribe", joined))
            if group == "early":
                rows.append((name, "use", joined + 5))
            if ended:
                rows.append((name, "cancel", joined + LANDMARK + days))
    return [*rows, *((f"end{number:02}", "visit", ENDS) for number in range(12))]


def inputs(base: jj.Journey) -> Any:
    cut = looked_at(base, Request())
    assert cut is not None
    return inputs_of(base, cut, None)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return survival(inputs(journey(tmp_path_factory.mktemp("peer"), peer_rows(), {})))


@pytest.mark.parametrize("group", ["early", "late"])
def test_the_curves_are_those_of_lifelines(told: pd.DataFrame, group: str) -> None:
    mine = told[told["early"] == (group == "early")].set_index("day")
    assert set(mine["n"]) == {len(PEER[group]["days"])}
    assert mine.loc[0.0, ["share", "low", "high"]].tolist() == [1, 1, 1]
    theirs = {day: values for day, *values in PEER[group]["curve"]}
    shown = [day for day in mine.index if day > 0]
    assert len(shown) > 5
    for day in shown:
        assert mine.loc[day, ["share", "low", "high"]].tolist() == pytest.approx(theirs[day])


def test_who_left_before_the_landmark_is_in_neither_group(tmp_path: Path) -> None:
    rows = peer_rows()
    gone = [(f"gone{number}", "subscribe", 10) for number in range(5)]
    gone += [(f"gone{number}", "cancel", 20) for number in range(5)]
    both = [survival(inputs(journey(tmp_path, part, {}))) for part in (rows, rows + gone)]
    pd.testing.assert_frame_equal(*both)


def test_no_step_of_a_curve_tells_of_fewer_than_the_least_group(tmp_path: Path) -> None:
    told = survival(inputs(journey(tmp_path, peer_rows(), {})), least=10)
    for early, part in told.groupby("early"):
        spans = PEER["early" if early else "late"]
        lost = sorted(
            day for day, ended in zip(spans["days"], spans["ended"], strict=True) if ended
        )
        shown = [0, *part["day"][1:]]
        between = [
            sum(before < day <= after for day in lost)
            for before, after in itertools.pairwise(shown)
        ]
        assert between
        assert min(between) >= 10
    few = survival(inputs(journey(tmp_path, peer_rows(), {})), least=41)
    assert few.empty  # the late group has forty


def test_revenue_counts_those_who_left_as_nothing(tmp_path: Path) -> None:
    rows, mrr = [("end", "visit", ENDS)], {}
    for number in range(24):
        name, early = f"c{number:02}", number < 12
        rows.append((name, "subscribe", 10))
        rows += [(name, "use", 15)] if early else []
        if number % 3 == 0:
            rows.append((name, "cancel", 100))
        mrr[name] = 0.0 if number % 3 == 0 else (100.0 + number if early else 50.0 + number)
    (row,) = revenue(inputs(journey(tmp_path, rows, mrr))).to_dict("records")
    early = [mrr[f"c{number:02}"] for number in range(12)]
    late = [mrr[f"c{number:02}"] for number in range(12, 24)]
    assert (row["n"], row["n_other"]) == (12, 12)
    assert row["value"] == pytest.approx(sum(early) / 12)
    assert row["value_other"] == pytest.approx(sum(late) / 12)
    assert row["difference"] == pytest.approx(row["value"] - row["value_other"])
    drawn = stats.bootstrap(
        (early, late),
        lambda a, b, axis: a.mean(axis) - b.mean(axis),
        vectorized=True,
        method="percentile",
        rng=1,
    ).confidence_interval
    assert row["low"] == pytest.approx(drawn.low, abs=12)
    assert row["high"] == pytest.approx(drawn.high, abs=12)


def test_the_step_tells_all_of_it(tmp_path: Path) -> None:
    base = journey(tmp_path, peer_rows(), {})
    result = milestones.run(base)
    assert {"milestones", "missed", "survival", "paid", "plans"} == set(result.frames)
    assert "An association, not a cause" in result.sentences["survival"]
    assert result.frames["paid"].empty
    assert "First use" in result.sentences["milestones"]
    (plan,) = result.frames["plans"].to_dict("records")
    assert plan["rate"] == pytest.approx(result.frames["milestones"].loc[0, "rate"])


def test_without_a_log_the_plans_are_shown_all_the_same() -> None:
    base = jj.Journey.new("Shop").add("milestones", name="First use", event="use", action="Call")
    result = milestones.run(base)
    assert set(result.frames) == {"plans"}
    assert result.frames["plans"]["action"].tolist() == ["Call"]
    assert result.notes
