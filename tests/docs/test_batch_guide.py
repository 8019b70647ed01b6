"""The plans that the guide to batches shows mean what it says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import yaml

from jupyter_journey import Plan
from jupyter_journey.reports.combining import reports_of

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "sample_data" / "saas"


def meant(text: str) -> int:
    """Return how many reports a plan in the root of the clone means."""
    return len(reports_of(Plan.of(yaml.safe_load(text) | {"file": ROOT / "plan.yaml"})))


def test_the_plans_of_the_guide_mean_as_many_reports_as_it_says() -> None:
    least, query, _, months = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert meant(least) == 4
    assert f"{meant(months)} reports." in GUIDE
    assert (ROOT / yaml.safe_load(months)["journey"]).is_file()
    log = pd.read_csv(SAMPLE / "events.csv", usecols=["country", "time"])
    found = log["country"].str.cat(log["time"].str[:7]).nunique()
    asked = query.replace("events.csv", str(SAMPLE / "events.csv"))
    assert meant(f"template: data\n{asked}") == found > 1
