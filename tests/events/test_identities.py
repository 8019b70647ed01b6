"""Rows that name no user are the user's of their device, if there is one."""

import json
from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey.errors import ColumnError

ROWS = [  # user, device, event
    ("", "phone", "visit"),  # before ann said who she is
    ("ann", "phone", "sign_in"),
    ("", "phone", "visit"),
    ("ann", "laptop", "buy"),
    ("", "tablet", "visit"),  # nobody ever says who they are
    ("bob", "kiosk", "buy"),
    ("cid", "kiosk", "buy"),
    ("", "kiosk", "visit"),  # bob, cid or somebody else
    ("dan", "", "visit"),
]
WHOSE = ["ann", "ann", "ann", "ann", "$device:tablet", "bob", "cid", "$device:kiosk", "dan"]
AMPLITUDE = ["user_id", "device_id", "event_type"]


def amplitude(*more: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame([*ROWS, *more], columns=AMPLITUDE)
    times = [f"2026-01-01 10:{minute:02}:00" for minute in range(len(frame))]
    return frame.assign(event_time=times)


def whose(log: jj.EventLog) -> list[str]:
    return log.frame().sort_values("time", kind="stable")["customer"].astype(str).tolist()


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "frame"])
def test_a_device_that_is_later_a_users_was_that_users(kind: str, tmp_path: Path) -> None:
    frame, path = amplitude(), tmp_path / f"log.{kind}"
    frame = frame.astype(object).where(frame != "", None)
    if kind == "csv":
        frame.to_csv(path, index=False)
    elif kind == "jsonl":
        path.write_text("\n".join(map(json.dumps, frame.to_dict("records"))))
    elif kind == "parquet":
        frame.to_parquet(path, row_group_size=2)
    source = frame if kind == "frame" else path
    log = jj.read_events(source, preset="amplitude")
    assert whose(log) == WHOSE
    parts = jj.read_events(source, preset="amplitude", partitions=3, period="2026")
    pd.testing.assert_frame_equal(parts.variants(), log.variants())


def test_the_order_of_rows_says_nothing_of_whose_they_are() -> None:
    log = jj.read_events(amplitude().sample(frac=1, random_state=1), preset="amplitude")
    assert whose(log) == WHOSE


def test_pseudonyms_hide_devices_as_they_hide_users() -> None:
    log = jj.read_events(amplitude(), preset="amplitude", pseudonyms=True)
    assert len(log.customers) == len(set(WHOSE))
    assert log.customers.str.fullmatch("p[0-9a-f]+").all()


def test_a_row_of_nobody_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    amplitude(("", "", "visit")).to_csv(path, index=False)
    with pytest.raises(ColumnError, match="'user_id' has no value in row 11"):
        jj.read_events(path, preset="amplitude")


def test_numbers_that_lost_digits_name_nobody() -> None:
    frame = amplitude().assign(user_id=[float("nan"), 1.0, *[2.0] * 7])
    with pytest.raises(ColumnError, match="'user_id' holds double values"):
        jj.read_events(frame, preset="amplitude")


def test_mixpanel_writes_devices_in_place_of_users() -> None:
    lines = [
        {"event": event, "properties.distinct_id": user or f"$device:{device}"}
        | {"properties.$device_id": device or None, "properties.time": str(1767225600 + place)}
        | {"properties.$insert_id": str(place)}
        for place, (user, device, event) in enumerate(ROWS)
    ]
    frame = pd.DataFrame(lines)
    assert whose(jj.read_events(frame, preset="mixpanel")) == WHOSE
    without = frame.drop(columns="properties.$device_id")
    assert "$device:phone" in whose(jj.read_events(without, preset="mixpanel"))


def test_ga4_names_users_beside_their_devices() -> None:
    frame = pd.DataFrame(ROWS[:-1], columns=["user_id", "user_pseudo_id", "event_name"])
    frame["event_timestamp"] = [str(1767225600000000 + place) for place in range(len(frame))]
    assert whose(jj.read_events(frame, preset="ga4")) == WHOSE[:-1]
    alone = jj.read_events(frame.drop(columns="user_id"), preset="ga4")
    assert set(alone.customers) == {"phone", "laptop", "tablet", "kiosk"}


def test_segment_has_an_anonymous_id_in_each_row() -> None:
    frame = pd.DataFrame(ROWS[:-1], columns=["userId", "anonymousId", "event"])
    frame["timestamp"] = [f"2026-01-01T10:0{place}:00.000Z" for place in range(len(frame))]
    with pytest.raises(ColumnError, match="looks like segment"):
        jj.read_events(frame)
    assert whose(jj.read_events(frame, preset="segment")) == WHOSE[:-1]


def test_a_column_called_device_is_a_kind_of_one_unless_said() -> None:
    frame = pd.DataFrame({"customer": ["a"], "event": "visit", "time": "2026-01-01"})
    assert jj.read_events(frame.assign(device="mobile")).where({"device": "mobile"}).n == 1
