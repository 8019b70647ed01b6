"""The package finds again what was planted in the made-up data: each truth, through its own verbs.

At the level of 99.9 %, as there are some 150 of them: one in a thousand may lie outside by chance.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import jupyter_journey as jj
from jupyter_journey.events import read_spend
from jupyter_journey.model.records import Settings
from jupyter_journey.steps import data

SAAS = Path(__file__).parents[2] / "sample_data" / "saas"
TRUTH: dict[str, Any] = json.loads((SAAS / "truth.json").read_text(encoding="utf-8"))
PLANTED, OBSERVED, REALISED = (TRUTH[key] for key in ("planted", "observation", "realised"))
STAGES: dict[str, list[str]] = PLANTED["entry_events"]
HORIZONS: dict[str, int] = OBSERVED["days_to_enter_from_former_stage_at_most"]
CONVERSION: dict[str, Any] = PLANTED["conversion_from_former_stage"]
PLANS = list(PLANTED["share_of_plan"])
END = pd.Timestamp(OBSERVED["end_exclusive"])
SURE = 0.999
SCALES = {"CSAT": (1, 5), "NPS": (0, 10)}
DAY = 86_400


@pytest.fixture(scope="module")
def log() -> jj.EventLog:
    """All events; ``whole`` says whose way was watched to its end, whatever it was."""
    events = pd.read_csv(SAAS / "events.csv", parse_dates=["time"])
    first = events.groupby("customer")["time"].transform("min")
    days = pd.Timedelta(days=OBSERVED["days_from_visit_to_advocacy_at_most"])
    return jj.read_events(events.assign(whole=first <= END - days))


@pytest.fixture(scope="module")
def journey() -> jj.Journey:
    loaded = jj.Journey.load(SAAS / "saas.journey.json").replace("sources", [])
    return loaded.change(settings=Settings(level=SURE, min_group=5))


def measured(journey: jj.Journey, log: jj.EventLog, **where: Any) -> pd.DataFrame:
    """Return the figures by metric, stage and touchpoint or channel."""
    sources = {"events": log, "survey": SAAS / "survey.csv"}
    sources = {"events": log} if where else sources
    frame = jj.measure(journey, sources, where=where).measurements
    part = frame["touchpoint_id"].fillna(frame["name"].str.split(" · ").str.get(1))
    return frame.assign(part=part.fillna("")).set_index(["metric", "stage_id", "part"]).sort_index()


def assert_holds(row: pd.Series, value: float) -> None:
    assert row["low"] <= value <= row["high"], (value, row.to_dict())


def test_the_stages_are_entered_as_planted(journey: jj.Journey) -> None:
    mapped = journey.stages.set_index("id")["events"]
    assert {stage: list(mapped[stage]) for stage in STAGES} == STAGES


def test_counts_are_those_realised(log: jj.EventLog) -> None:
    funnel = log.funnel(STAGES).set_index("stage")["customers"]
    assert funnel.to_dict() == REALISED["customers_by_stage"]
    assert log.counts().set_index("event")["n"].to_dict() == REALISED["events_by_name"]
    assert len(log) == REALISED["rows"]["events.csv"]


@pytest.mark.parametrize(("former", "stage"), [*zip([*STAGES][:-1], [*STAGES][1:], strict=True)])
def test_a_funnel_finds_each_conversion(log: jj.EventLog, former: str, stage: str) -> None:
    step = {former: STAGES[former], stage: STAGES[stage]}
    within = f"{HORIZONS[stage]}d"
    assert_holds(log.funnel(step, within=within, level=SURE).iloc[1], CONVERSION["overall"][stage])
    for column in ("plan", "country"):
        found = log.funnel(step, within=within, by=column, level=SURE)
        found = found[found["stage"] == stage].set_index("group")
        for group, rates in CONVERSION[f"by_{column}"].items():
            assert_holds(found.loc[group], rates[stage])


def test_figures_hold_conversion_channels_and_first_value(
    journey: jj.Journey, log: jj.EventLog
) -> None:
    found = measured(journey, log, whole=True)
    for stage, rate in CONVERSION["overall"].items():
        assert_holds(found.loc["MET-37", stage, ""], rate)
    for channel, share in PLANTED["share_of_first_visit_by_channel"].items():
        assert_holds(found.loc["MET-11", "awareness", channel], share)
        subscribed = CONVERSION["overall"]["consideration"] * CONVERSION["overall"]["decision"]
        assert_holds(found.loc["MET-18", "decision", channel], subscribed)
    first_value = PLANTED["median_days_to_first_value"]["overall"]
    assert_holds(found.loc["MET-06", "adoption", ""], first_value)


@pytest.mark.parametrize(
    ("column", "group"),
    [*(("plan", plan) for plan in PLANS), *(("country", c) for c in PLANTED["share_of_country"])],
)
def test_figures_of_a_segment_hold_its_own_truth(
    journey: jj.Journey, log: jj.EventLog, column: str, group: str
) -> None:
    found = measured(journey, log, whole=True, **{column: group})
    rates = CONVERSION[f"by_{column}"][group]
    shown = [stage for stage in rates if not found.loc["MET-37", stage, ""]["suppressed"]]
    assert {"consideration", "decision", "onboarding"} <= set(shown)
    for stage in shown:
        assert_holds(found.loc["MET-37", stage, ""], rates[stage])
    first_value = found.loc["MET-06", "adoption", ""]
    if column == "plan" and "adoption" in shown:
        assert_holds(first_value, PLANTED["median_days_to_first_value"]["by_plan"][group])


@pytest.mark.parametrize("plan", PLANS)
def test_stage_times_find_each_wait(log: jj.EventLog, plan: str) -> None:
    times = log.of_customers({"whole": True, "plan": plan}).stage_times(STAGES, level=SURE)
    told = times.dropna().set_index("to")[["low", "high"]] / DAY
    planted = PLANTED["median_days_from_former_stage_by_plan"]
    assert {"consideration", "decision", "onboarding", "adoption", "retention"} <= set(told.index)
    for stage in told.index:
        assert_holds(told.loc[stage], planted[stage][plan])


def test_transitions_find_the_monthly_churn(log: jj.EventLog) -> None:
    billing = jj.read_events(log.table.to_pandas(), stages={"renew": "renew", "cancel": "cancel"})
    for plan, churn in PLANTED["monthly_churn_after_first_renewal_by_plan"].items():
        own = billing.of_customers({"plan": plan})
        after = own.transitions().set_index(["source", "target"])["n"].loc["renew"]
        bounds = stats.binom.interval(SURE, after.sum(), churn)
        assert bounds[0] <= after["cancel"] <= bounds[1]
        waits = own.edge_times().set_index(["source", "target"])["median"].loc["renew"]
        assert (waits == PLANTED["billing_days"] * DAY).all()


def test_waits_find_who_comes_back(log: jj.EventLog) -> None:
    left = log.waits(["renew"], ["cancel"]).dropna().set_index("customer")["end"]
    left = left[left <= END - pd.Timedelta(days=112)]  # the longest way back
    back = log.waits(["cancel"], ["subscribe"]).set_index("customer").loc[left.index, "end"]
    bounds = stats.binom.interval(SURE, len(left), PLANTED["reactivation_after_such_churn"])
    assert len(left) > 50
    assert bounds[0] <= back.notna().sum() <= bounds[1]


@pytest.mark.parametrize("column", ["plan", "country"])
def test_segments_have_their_shares(log: jj.EventLog, column: str) -> None:
    shares = PLANTED[f"share_of_{column}"]
    sizes = {group: len(part.customers) for group, part in log.segments(column).items()}
    assert set(sizes) == set(shares)
    expected = [share * len(log.customers) for share in shares.values()]
    assert stats.chisquare([sizes[group] for group in shares], expected).pvalue > 1 - SURE


def test_answers_hold_their_planted_means(journey: jj.Journey, log: jj.EventLog) -> None:
    found = measured(journey, log)
    items = {item.name: item for item in journey.document.touchpoints}
    for question, said in PLANTED["survey"].items():
        name, kind = question.split(" · ")
        place = (items[name].stage_id, items[name].id)
        if kind == "CES":
            assert_holds(found.loc[("MET-32-CES", *place)], said["mean"])
            continue
        least, most = SCALES[kind]
        felt = (said["mean"] - least) / (most - least) * 4 - 2
        assert_holds(found.loc[("MET-32", *place)], felt)
        if kind == "NPS":
            assert_holds(found.loc[("MET-07", *place)], said["nps"])


def test_spend_finds_what_a_visit_costs(log: jj.EventLog) -> None:
    spend = read_spend(SAAS / "spend.csv").groupby("channel")["spend"].sum()
    visits = log.funnel(["visit"], by="channel").set_index("group")["customers"]
    for channel, cost in PLANTED["euros_per_first_visit_by_channel"].items():
        np.testing.assert_allclose(spend[channel] / visits[channel], cost, rtol=0.1)


def test_step_5_says_what_was_planted() -> None:
    result = data.run(jj.Journey.load(SAAS / "saas.journey.json"))
    names = {stage.id: stage.name for stage in result.journey.document.stages}
    funnel = result.frames["funnel"].set_index("stage")["customers"]
    realised = REALISED["customers_by_stage"]
    assert funnel.to_dict() == {names[stage]: n for stage, n in realised.items()}
    lost = pd.Series(realised).diff()
    told = result.frames["insights"].set_index("tag")["message"]
    assert f"{-lost.min():,.0f}" in told["Pain"]
    assert names[lost.idxmin()] in told["Pain"]
    items = {item.name: item.stage_id for item in result.journey.document.touchpoints}
    felt = pd.Series(
        {
            items[key.split(" · ")[0]]: (said["mean"] - least) / (most - least)
            for key, said in PLANTED["survey"].items()
            for least, most in [SCALES.get(key.split(" · ")[1], (0, 0))]
            if most
        }
    )
    assert names[felt.idxmax()] in told["Joy"]
    assert names[felt.idxmin()] in told["Frustration"]
