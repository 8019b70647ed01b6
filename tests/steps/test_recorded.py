"""What step 5 keeps in the journey of what it saw, counted anew with pandas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.steps import Request, data

SAAS = paths.sample_data() / "saas"
STAGES = {"See": ("visit",), "Try": ("trial",), "Buy": ("buy",)}


@pytest.fixture(scope="module")
def before() -> jj.Journey:
    return jj.Journey.load(SAAS / "saas.journey.json")


@pytest.fixture(scope="module")
def after(before: jj.Journey) -> jj.Journey:
    return data.run(before).journey


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return pd.read_csv(SAAS / "events.csv", parse_dates=["time"])


def test_who_went_back(before: jj.Journey, after: jj.Journey, rows: pd.DataFrame) -> None:
    order = {event: at for at, one in enumerate(before.document.stages) for event in one.events}
    entered = rows.assign(stage=rows["event"].map(order)).dropna(subset="stage")
    entered = entered.sort_values(["customer", "time", "stage"])
    back = entered.groupby("customer")["stage"].diff() < 0
    expected = entered.loc[back, "customer"].nunique()
    counted = after.document.sources[0].counted
    assert dict(counted) == {"rows": len(rows), "backward": expected}
    found = jj.check(after, step=5).set_index("check")
    assert f"{expected:,} customers" in found.loc["CHK-506", "message"]


def test_how_many_were_at_a_touchpoint(after: jj.Journey, rows: pd.DataFrame) -> None:
    everybody = rows["customer"].nunique()
    shares = after.touchpoints.set_index("id")
    for key, events in shares["events"].items():
        seen = rows.loc[rows["event"].isin(events), "customer"].nunique() / everybody
        if events:
            assert seen <= shares.loc[key, "share"] + 1e-12
            assert len(events) > 1 or shares.loc[key, "share"] == pytest.approx(seen)
        else:
            assert pd.isna(shares.loc[key, "share"])


def test_the_columns_are_kept(after: jj.Journey, rows: pd.DataFrame) -> None:
    assert set(after.document.sources[0].held) == set(rows.columns)


def test_insights_are_kept_beside_ones_own(before: jj.Journey) -> None:
    own = before.add("insights", name="Interviews speak of the import", tag="pain")
    twice = data.run(data.run(own).journey)
    kept = twice.journey.insights
    assert kept["name"].tolist() == [own.insights["name"][0], *twice.frames["insights"]["message"]]
    assert kept["computed"].tolist() == [False, *[True] * (len(kept) - 1)]


def test_a_filtered_run_leaves_what_is_recorded(after: jj.Journey) -> None:
    part = data.run(after, Request(period="2026-03")).journey
    for collection in ("sources", "touchpoints", "insights"):
        assert getattr(part.document, collection) == getattr(after.document, collection)


def test_few_customers_are_told_as_no_fewer_than_the_least_group(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    journey = jj.Journey.new("Shop", stages=list(STAGES), sources={"events": path})
    journey = journey.replace("stages", journey.stages.assign(events=list(STAGES.values())))
    journey = journey.add("touchpoints", name="Chat", stage_id="try", events=["chat"])
    customers = [f"c{number}" for number in range(200)]
    log = pd.DataFrame(
        {
            "customer": [
                *customers,
                *customers[:120],
                *customers[:50],
                *customers[:3],
                *customers[:4],
            ],
            "event": ["visit"] * 200
            + ["trial"] * 120
            + ["buy"] * 50
            + ["chat"] * 3
            + ["visit"] * 4,
            "time": ["2026-01-01"] * 200 + ["2026-01-02"] * 173 + ["2026-01-03"] * 4,
        }
    )
    log.to_csv(path, index=False)
    document = data.run(journey).journey.document
    assert document.touchpoints[0].share == 10 / 200
    assert "backward" not in document.sources[0].counted
