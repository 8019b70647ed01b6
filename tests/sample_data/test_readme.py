"""The figures in the README of the sample data are those of the files."""

import json
from pathlib import Path

SAMPLE_DATA = Path(__file__).parents[2] / "sample_data"
README = (SAMPLE_DATA / "README.md").read_text(encoding="utf-8")


def test_saas_figures() -> None:
    realised = json.loads((SAMPLE_DATA / "saas" / "truth.json").read_text("utf-8"))["realised"]
    for stage, customers in realised["customers_by_stage"].items():
        row = next(line for line in README.splitlines() if line.startswith(f"| {stage.title()} |"))
        assert row.endswith(f"| {customers:,} |")
    for rows in realised["rows"].values():
        assert f" {rows:,} " in README
    assert f"({realised['events_in_the_second_of_the_former']:,} events share" in README


def test_cdnow_figures() -> None:
    truth = json.loads((SAMPLE_DATA / "cdnow" / "truth.json").read_text("utf-8"))
    for event, count in truth["events_by_name"].items():
        row = next(line for line in README.splitlines() if line.startswith(f"| `{event}` |"))
        assert row.endswith(f"| {count:,} | {truth['customers_by_event'][event]:,} |")
    assert f"{truth['orders']:,} orders, {truth['cds']:,} CDs" in README
    assert f"{float(truth['dollars']):,.2f} US dollars" in README
    assert f"{truth['orders_on_a_day_already_ordered_on']:,} orders fall on" in README
    assert f"{truth['orders_identical_to_another']} of them repeat" in README
    assert f"{truth['orders_of_zero_dollars']} orders cost nothing" in README
