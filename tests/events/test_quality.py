"""The quality report, against figures counted by hand and by plain pandas."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey import paths
from jupyter_journey.events import coverage, quality

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def found(frame: pd.DataFrame, journey: jj.Journey | None = None) -> dict[str, tuple[float, str]]:
    report = quality(jj.read_events(frame), journey, NOW)
    return {row.check: (row.value, row.where) for row in report.itertuples()}


def rows(*lines: str) -> pd.DataFrame:
    return pd.DataFrame([line.split() for line in lines], columns=["customer", "event", "time"])


def test_a_clean_log_has_nothing_to_look_at() -> None:
    facts = found(rows("a visit 2026-01-01", "a buy 2026-01-02", "b visit 2026-01-03"))
    assert facts["rows"] == (3, "")
    assert facts["customers"] == (2, "")
    assert facts["events"] == (2, "")
    assert facts["days"] == (3, "2026-01-01/2026-01-03")
    assert facts["single events"] == (1, "")
    assert facts["busiest"] == (2 / 3, "")
    assert facts["zones"] == (0, "UTC taken")
    quiet = ("days without events", "duplicates", "dropped", "future", "before 1990")
    assert {check: facts[check][0] for check in (*quiet, "similar names")} == dict.fromkeys(
        (*quiet, "similar names"), 0
    )


def test_gaps_name_the_longest() -> None:
    facts = found(rows("a x 2026-01-01", "a x 2026-01-03", "a x 2026-01-10"))
    assert facts["days without events"] == (1 + 6, "2026-01-04/2026-01-09")


def test_duplicates_are_equal_in_all_columns() -> None:
    frame = rows("a x 2026-01-02", "a x 2026-01-02", "a x 2026-01-02", "a x 2026-01-05")
    assert found(frame)["duplicates"] == (2, "x at 2026-01-02 00:00:00")
    assert found(frame.assign(page=["1", "2", "2", "3"]))["duplicates"][0] == 1
    assert found(frame)["ties"] == (0.75, "label of the event")


def test_clocks_that_cannot_be() -> None:
    facts = found(rows("a x 1970-01-01T00:00Z", "a y 2026-05-31T23:00Z", "a z 2099-01-01T00:00Z"))
    assert facts["future"] == (1, "2099-01-01 00:00:00")
    assert facts["before 1990"] == (1, "1970-01-01 00:00:00")


def test_zones_are_told() -> None:
    facts = found(rows("a x 2026-01-01T00:00+01:00", "a y 2026-07-01T00:00+02:00"))
    assert facts["zones"] == (2, "+01:00, +02:00")


def test_names_that_look_alike() -> None:
    facts = found(rows("a sign_up 2026-01-01", "b Sign-Up 2026-01-02", "b buy 2026-01-03"))
    assert facts["similar names"] == (2, "Sign-Up ~ sign_up")


def test_events_with_no_stage_and_stages_with_no_event() -> None:
    journey = jj.Journey.new("Shop", stages=["Look", "Buy"])
    events = [("visit",), ("purchase",)]
    journey = journey.replace("stages", journey.stages.assign(events=events))
    frame = rows("a visit 2026-01-01", "a buy 2026-01-02", "b buy 2026-01-03", "b help 2026-01-04")
    facts = found(frame, journey)
    assert facts["no stage"] == (3 / 4, "buy, help")
    assert facts["unknown events"] == (1, "purchase")
    log = jj.read_events(frame)
    at_hand = quality(log, now=NOW, covered=coverage(log, journey))
    pd.testing.assert_frame_equal(at_hand, quality(log, journey, NOW))


def test_an_empty_log_can_be_looked_at() -> None:
    facts = found(rows())
    assert facts["rows"] == (0, "")
    assert facts["days"] == (0, "")


@pytest.mark.parametrize("name", ["saas", "cdnow"])
def test_the_sample_logs_agree_with_pandas(name: str) -> None:
    path: Path = paths.sample_data() / name / "events.csv"
    plain = pd.read_csv(path, dtype=str, keep_default_na=False)
    report = quality(jj.read_events(path), now=NOW).set_index("check")["value"]
    assert report["rows"] == len(plain)
    assert report["customers"] == plain["customer"].nunique()
    assert report["duplicates"] == plain.duplicated().sum()
    tied = plain.duplicated(["customer", "time"], keep=False).mean()
    assert report["ties"] == pytest.approx(tied)
    days = pd.to_datetime(plain["time"]).dt.date.nunique()
    assert report["days"] - report["days without events"] == days
