"""How often the 95 % intervals hold what was planted, over 200 made-up companies."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

import jupyter_journey as jj
from jupyter_journey.model.records import Settings

SAAS = Path(__file__).parents[2] / "sample_data" / "saas"
SAMPLE = SAAS / "saas.journey.json"
SEEDS, CUSTOMERS = 200, 3_000
SURE = 0.999
TRUTH: dict[str, Any] = json.loads((SAAS / "truth.json").read_text(encoding="utf-8"))
PLANTED = TRUTH["planted"]
SCALES = {"CSAT": (1, 5), "NPS": (0, 10)}
FIRST_VALUE_DAYS = 30
"""Of the activation rate."""


def planted() -> dict[str, float]:
    """Return the value planted by id of the figure."""
    rates = PLANTED["conversion_from_former_stage"]["overall"]
    found = {f"met-37-{stage}": rate for stage, rate in rates.items()}
    for channel, share in PLANTED["share_of_first_visit_by_channel"].items():
        found[f"met-11-awareness-{channel.lower()}"] = share
        found[f"met-18-decision-{channel.lower()}"] = rates["consideration"] * rates["decision"]
    found["met-06-adoption"] = PLANTED["median_days_to_first_value"]["overall"]
    return found | planted_times() | planted_answers()


def planted_times() -> dict[str, float]:
    """Return what follows for the times of a mix of plans from those of each plan."""
    plan_of = runpy.run_path(str(SAAS / "planted.py"))
    within, conversion = plan_of["share_within"], plan_of["conversion"]
    buyers, valued = Counter[str](), Counter[str]()
    for plan, country in product(plan_of["PLANS"], plan_of["COUNTRIES"]):
        share = plan_of["PLANS"][plan] * plan_of["COUNTRIES"][country]
        for stage in ("consideration", "decision", "onboarding", "adoption"):
            share *= conversion(stage, plan, country)
            if stage == "decision":
                buyers[plan] += share
        valued[plan] += share
    waits, spreads = plan_of["WAIT_MEDIAN"], plan_of["WAIT_SPREAD"]

    def bought(days: float) -> float:
        medians = waits["decision"]
        arrived = (buyers[p] * within(days, medians[p], spreads["decision"]) for p in buyers)
        return sum(arrived) / buyers.total()

    def has_value(days: float) -> float:
        medians = {plan: plan_of["time_to_first_value"](plan) for plan in buyers}
        arrived = (valued[p] * within(days, medians[p], spreads["adoption"]) for p in buyers)
        return sum(arrived) / buyers.total()

    half_bought, half_have_value = (
        float(optimize.brentq(lambda days, share=share: share(days) - 0.5, 1, 365))
        for share in (bought, has_value)
    )
    return {
        "met-41-consideration": half_bought,
        "met-05-adoption": has_value(FIRST_VALUE_DAYS),
        "met-06-all-adoption": half_have_value,
    }


def planted_answers() -> dict[str, float]:
    found = {}
    scores_of = runpy.run_path(str(SAAS / "planted.py"))["score_shares"]
    items = {item.name: item for item in jj.Journey.load(SAMPLE).document.touchpoints}
    for key, said in PLANTED["survey"].items():
        name, kind = key.split(" · ")
        place = f"{items[name].stage_id}-{items[name].id}"
        if kind == "CES":
            found[f"met-32-ces-{place}"] = said["mean"]
            continue
        least, most = SCALES[kind]
        found[f"met-32-{place}"] = (said["mean"] - least) / (most - least) * 4 - 2
        if kind == "NPS":
            found[f"met-07-{place}"] = said["nps"]
        else:
            shares = scores_of(name, kind)
            found[f"met-32-csat-{place}"] = shares[4] + shares[5]
    return found


def company(seed: int, out: Path) -> dict[str, Any]:
    """Make a company, and leave out the customers who weren't watched to the end of their way."""
    numbers = ["--seed", str(seed), "--customers", str(CUSTOMERS), "--out", str(out)]
    subprocess.run([sys.executable, "-B", str(SAAS / "generate.py"), *numbers], check=True)
    events = pd.read_csv(out / "events.csv", parse_dates=["time"])
    observed = TRUTH["observation"]
    days = pd.Timedelta(days=observed["days_from_visit_to_advocacy_at_most"])
    first = events.groupby("customer")["time"].transform("min")
    events["whole"] = first <= pd.Timestamp(observed["end_exclusive"]) - days
    # By a filter, so that an event of the others' only stays known.
    whole = jj.read_events(events).where({"whole": True})
    return {"events": whole, "survey": pd.read_csv(out / "survey.csv")}


@pytest.mark.full
def test_intervals_hold_what_was_planted(tmp_path: Path) -> None:
    """Over all, within 93 and 97 %; of each metric and figure, as chance lets 95 % vary."""
    journey = jj.Journey.load(SAMPLE).replace("sources", [])
    journey = journey.change(settings=Settings(min_group=5))
    truths = planted()
    rows = []
    for seed in range(1, SEEDS + 1):
        figures = jj.measure(journey, company(seed, tmp_path)).measurements.set_index("id")
        rows.append(figures[figures.index.isin(list(truths)) & ~figures["suppressed"]])
    told = pd.concat(rows)
    low, high = (told[name].astype(float) for name in ("low", "high"))
    told["held"] = told.index.to_series().map(truths).between(low, high)
    assert len(told) > 0.9 * SEEDS * len(truths)
    assert 0.93 <= told["held"].mean() <= 0.97
    for by in ("metric", "id"):
        counts = told.groupby(by)["held"].agg(["sum", "size"])
        counts["low"], counts["high"] = stats.binom.interval(SURE, counts["size"], 0.95)
        print((counts / counts[["size"]].to_numpy()).assign(size=counts["size"]).to_string())
        odd = counts[~counts["sum"].between(counts["low"], counts["high"])]
        assert odd.empty, odd


VISITS, SHOWN, PRICE, GROWTH = 400.0, 20_000.0, 50.0, 0.6
PAYING, GROWING, STAYING = 0.5, 0.25, 0.9
CHANCE = {
    "own-01-awareness": VISITS,
    "met-09-awareness": SHOWN,
    "met-25-expansion": VISITS * PAYING * STAYING * GROWING * PRICE * GROWTH,
    "met-39-retention": VISITS * PAYING * STAYING * PRICE * (1 + GROWING * GROWTH),
}
CHANCE["met-40-retention"] = 12 * CHANCE["met-39-retention"]
"""What is to be expected of a company whose visitors, too, come by chance."""


def by_chance(seed: int) -> dict[str, pd.DataFrame]:
    """Make visitors, of whom some pay two months later, some of these more in the third one."""
    draw = np.random.default_rng(seed)
    names = [f"c{number}" for number in range(draw.poisson(VISITS))]
    size = len(names)
    price = draw.exponential(PRICE, size) * (draw.random(size) < PAYING)
    grown = price * (1 + GROWTH * (draw.random(size) < GROWING)) * (draw.random(size) < STAYING)
    months = pd.DataFrame({"customer": names, "2026-01": price, "2026-02": grown})
    events = pd.DataFrame({"customer": names, "event": "visit", "time": "2026-01-01"})
    last = events.tail(1).assign(event="look", time="2026-02-28")
    spend = pd.DataFrame({"month": ["2026-01"], "channel": "Ads", "spend": 1.0})
    return {
        "events": pd.concat([events, last]),
        "crm": months.melt("customer", var_name="month", value_name="mrr"),
        "spend": spend.assign(impressions=draw.poisson(SHOWN)),
    }


@pytest.mark.full
def test_intervals_of_counts_and_sums_hold_what_is_to_be_expected() -> None:
    journey = jj.Journey.new("Shop")
    entries = [("visit",) if key == "awareness" else () for key in journey.stages["id"]]
    journey = journey.replace("stages", journey.stages.assign(events=entries))
    held = Counter[str]()
    for seed in range(SEEDS):
        figures = jj.measure(journey, by_chance(seed)).measurements.set_index("id")
        for key, expected in CHANCE.items():
            held[key] += bool(figures.loc[key, "low"] <= expected <= figures.loc[key, "high"])
    low, high = stats.binom.interval(SURE, SEEDS, 0.95)
    print(held)
    assert 0.93 <= sum(held.values()) / SEEDS / len(CHANCE) <= 0.97
    assert all(low <= count <= high for count in held.values())
