"""The CDNOW sample equals its source, and its events are what the stated rule says."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

CDNOW = Path(__file__).parents[2] / "sample_data" / "cdnow"
TRUTH: dict[str, Any] = json.loads((CDNOW / "truth.json").read_text(encoding="utf-8"))
FILES = ("orders.csv", "events.csv", "truth.json")
LAPSE = pd.Timedelta(days=180)
# Of lifetimes/datasets/CDNOW_master.txt in Lifetimes 0.11.3.
SOURCE_SHA256 = "eff6889ed364c5199d6eacbbeb7a6d559971df4406ac876f322c373f00a072ef"


def source_from_shipped_orders() -> bytes:
    """Write the shipped orders in the layout of the source."""
    orders = pd.read_csv(CDNOW / "orders.csv", dtype=str)
    days = orders["date"].str.replace("-", "")
    lines = (
        f" {customer} {day} {cds:>2} {dollars:>7}\r\n"
        for customer, day, cds, dollars in zip(
            orders["customer"], days, orders["cds"], orders["dollars"], strict=True
        )
    )
    return (" customer_id  date number_of_cds  dollar_value\r\n" + "".join(lines)).encode("ascii")


def prepare(source: Path, out: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-B", str(CDNOW / "prepare.py"), str(source), "--out", str(out)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def orders() -> pd.DataFrame:
    return pd.read_csv(CDNOW / "orders.csv", dtype={"customer": str}, parse_dates=["date"])


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return pd.read_csv(CDNOW / "events.csv", dtype={"customer": str}, parse_dates=["time"])


def test_the_shipped_orders_are_the_source_to_the_byte() -> None:
    assert hashlib.sha256(source_from_shipped_orders()).hexdigest() == SOURCE_SHA256


def test_preparing_the_source_gives_the_shipped_bytes(tmp_path: Path) -> None:
    source = tmp_path / "CDNOW_master.txt"
    source.write_bytes(source_from_shipped_orders())
    result = prepare(source, tmp_path / "out")
    assert result.returncode == 0, result.stderr
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (CDNOW / name).read_bytes(), name


def test_another_file_is_refused_and_nothing_written(tmp_path: Path) -> None:
    source = tmp_path / "CDNOW_master.txt"
    source.write_bytes(source_from_shipped_orders()[:-20])
    result = prepare(source, tmp_path / "out")
    assert result.returncode != 0
    assert "not the CDNOW_master.txt of Lifetimes 0.11.3" in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_orders_are_the_published_cohort(orders: pd.DataFrame) -> None:
    assert len(orders) == 69_659
    assert orders["customer"].nunique() == 23_570
    assert orders["customer"].str.fullmatch(r"\d{5}").all()
    first = orders.groupby("customer")["date"].min()
    assert first.between("1997-01-01", "1997-03-31").all(), "all bought first in one quarter"
    assert orders["date"].max() == pd.Timestamp("1998-06-30")


def test_every_order_is_an_event_once_and_in_order(
    orders: pd.DataFrame, events: pd.DataFrame
) -> None:
    bought = events[events["event"] != "lapsed"].reset_index(drop=True)
    columns = ["customer", "date", "cds", "dollars"]
    found = bought.rename(columns={"time": "date"})[columns].astype({"cds": "int64"})
    pd.testing.assert_frame_equal(found, orders[columns])
    assert (events["sequence"] == events.groupby("customer").cumcount() + 1).all()
    assert events.groupby("customer")["time"].is_monotonic_increasing.all()
    assert events.loc[events["event"] == "lapsed", ["cds", "dollars"]].isna().all(axis=None)


def test_events_follow_the_rule(orders: pd.DataFrame, events: pd.DataFrame) -> None:
    own = orders.groupby("customer")["date"]
    number = own.cumcount() + 1
    won_back = orders["date"] - own.shift() > LAPSE
    expected = pd.Series("regular_order", index=orders.index)
    expected[number == 2] = "second_order"
    expected[won_back] = "won_back"
    expected[number == 1] = "first_order"
    bought = events[events["event"] != "lapsed"]
    assert bought["event"].tolist() == expected.tolist()

    following = own.shift(-1).fillna(orders["date"].max() + pd.Timedelta(days=1))
    lapsed = orders[following - orders["date"] > LAPSE]
    derived = events[events["event"] == "lapsed"]
    assert derived["customer"].tolist() == lapsed["customer"].tolist()
    assert derived["time"].tolist() == (lapsed["date"] + LAPSE).tolist()


def test_a_customer_by_hand(events: pd.DataFrame) -> None:
    steps = events[events["customer"] == "00002"]
    assert list(zip(steps["event"], steps["time"].dt.strftime("%Y-%m-%d"), strict=True)) == [
        ("first_order", "1997-01-12"),
        ("second_order", "1997-01-12"),
        ("lapsed", "1997-07-11"),
    ]
    assert steps["dollars"].tolist()[:2] == [12.0, 77.0]


def test_the_truth_counts_what_the_files_hold(orders: pd.DataFrame, events: pd.DataFrame) -> None:
    assert TRUTH["source"]["sha256"] == SOURCE_SHA256
    assert TRUTH["orders"] == len(orders)
    assert TRUTH["customers"] == orders["customer"].nunique()
    assert float(TRUTH["dollars"]) == pytest.approx(orders["dollars"].sum())
    assert TRUTH["cds"] == orders["cds"].sum()
    same_day = orders.duplicated(["customer", "date"])
    assert TRUTH["orders_on_a_day_already_ordered_on"] == same_day.sum()
    assert TRUTH["orders_identical_to_another"] == orders.duplicated().sum()
    assert TRUTH["orders_of_zero_dollars"] == (orders["dollars"] == 0).sum()
    assert TRUTH["events"] == len(events)
    assert TRUTH["events_by_name"] == events["event"].value_counts().to_dict()
    customers = events.groupby("event")["customer"].nunique()
    assert TRUTH["customers_by_event"] == customers.to_dict()
