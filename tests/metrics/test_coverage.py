"""How often the 95 % intervals hold what was planted, over 200 made-up companies."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey.model.records import Settings

SAAS = Path(__file__).parents[2] / "sample_data" / "saas"
SEEDS, CUSTOMERS = 200, 3_000
TRUTH: dict[str, Any] = json.loads((SAAS / "truth.json").read_text(encoding="utf-8"))
PLANTED = TRUTH["planted"]
SCALES = {"CSAT": (1, 5), "NPS": (0, 10)}


def planted() -> dict[str, tuple[str, float]]:
    """Return by id of the figure: which interval it has, and the value planted."""
    found = {
        f"met-37-{stage}": ("wilson", rate)
        for stage, rate in PLANTED["conversion_from_former_stage"]["overall"].items()
    }
    for channel, share in PLANTED["share_of_first_visit_by_channel"].items():
        found[f"met-11-awareness-{channel.lower()}"] = ("wilson", share)
    found["met-06-adoption"] = ("median", PLANTED["median_days_to_first_value"]["overall"])
    items = {item.name: item for item in jj.Journey.load(SAMPLE).document.touchpoints}
    for key, said in PLANTED["survey"].items():
        name, kind = key.split(" · ")
        place = f"{items[name].stage_id}-{items[name].id}"
        if kind == "CES":
            found[f"met-32-ces-{place}"] = ("bootstrap", said["mean"])
            continue
        least, most = SCALES[kind]
        found[f"met-32-{place}"] = ("student", (said["mean"] - least) / (most - least) * 4 - 2)
        if kind == "NPS":
            found[f"met-07-{place}"] = ("bootstrap", said["nps"])
    return found


SAMPLE = SAAS / "saas.journey.json"


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
    journey = jj.Journey.load(SAMPLE).replace("sources", [])
    journey = journey.change(settings=Settings(min_group=5))
    truths = planted()
    held, made = Counter[str](), Counter[str]()
    for seed in range(1, SEEDS + 1):
        figures = jj.measure(journey, company(seed, tmp_path)).measurements.set_index("id")
        for key, (kind, value) in truths.items():
            row = figures.loc[key]
            if not row["suppressed"]:
                made[kind] += 1
                held[kind] += bool(row["low"] <= value <= row["high"])
    coverage = {kind: held[kind] / made[kind] for kind in made}
    print(coverage, dict(made))
    assert 0.93 <= held.total() / made.total() <= 0.97
    assert made.total() > 0.9 * SEEDS * len(truths)
    # Each kind alone, with fewer draws; the exact interval of a median holds more than it says.
    assert all(share >= 0.92 for share in coverage.values()), coverage
