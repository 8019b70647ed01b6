"""Logs of process mining say when an activity starts and when it ends: one of them counts."""

from pathlib import Path

import pandas as pd
import pytest

import jupyter_journey as jj
from jupyter_journey.errors import ColumnError
from jupyter_journey.events import ReadingSpec, quality

ROWS = [
    ("a", "ask", "start", "2026-01-01T08:00Z"),
    ("a", "ask", "complete", "2026-01-01T09:00Z"),
    ("b", "ask", "schedule", "2026-01-01T08:00Z"),
    ("b", "ask", "COMPLETE", "2026-01-02T09:00Z"),
    ("b", "buy", "complete", "2026-01-03T09:00Z"),
]
XES = ["case:concept:name", "concept:name", "lifecycle:transition", "time:timestamp"]
BUPAR = ["case", "activity", "lifecycle", "timestamp"]


def written(path: Path, names: list[str], rows: list[tuple[str, ...]] = ROWS) -> Path:
    frame = pd.DataFrame(rows, columns=names)
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_parquet(path)
    return path


@pytest.mark.parametrize(("preset", "names"), [("xes", XES), ("bupar", BUPAR)])
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_only_completed_activities_count(
    preset: str, names: list[str], suffix: str, tmp_path: Path
) -> None:
    path = written(tmp_path / f"log{suffix}", names)
    log = jj.read_events(path, preset=preset)
    assert log.transitions()[["source", "target", "n"]].values.tolist() == [["ask", "buy", 1]]
    assert (log.n, log.origin.incomplete, log.origin.spec.lifecycle) == (3, 2, names[2])
    facts = quality(log).set_index("check").loc["not complete"]
    assert (facts["value"], facts["where"]) == (2, names[2])
    # The journey keeps it with the other conventions, and partitions follow it.
    again = ReadingSpec(format=log.origin.spec.format).change(
        **log.origin.spec.words(), columns=log.origin.spec.columns
    )
    assert jj.read_events(path, spec=again).fingerprint == log.fingerprint
    assert jj.read_events(path, preset=preset, partitions=2, keep=[]).n == 3
    frame = pd.DataFrame(ROWS, columns=names)
    assert jj.read_events(frame, preset=preset).fingerprint == log.fingerprint


def test_every_row_counts_where_that_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "log.csv", BUPAR)
    assert jj.read_events(path, spec=jj.sniff(path).change(lifecycle="")).n == 5
    assert jj.read_events(path, spec=jj.sniff(path, lifecycle="")).n == 5
    columns = {"customer": "case", "event": "activity", "time": "timestamp"}
    assert jj.read_events(path, columns).n == 5


@pytest.mark.parametrize("options", [{}, {"partitions": 2}])
def test_an_activity_that_is_never_complete_is_refused(
    options: dict[str, int], tmp_path: Path
) -> None:
    rows = [*ROWS, ("a", "pack", "start", "2026-01-02T08:00Z")]
    path = written(tmp_path / "log.csv", BUPAR, rows)
    with pytest.raises(ColumnError, match=r"no row of 'pack'.*lifecycle=''"):
        jj.read_events(path, preset="bupar", **options)  # type: ignore[call-overload]


def test_a_row_without_a_state_is_refused_with_its_number(tmp_path: Path) -> None:
    rows = [*ROWS, ("a", "buy", "", "2026-01-02T08:00Z")]
    path = written(tmp_path / "log.csv", XES, rows)
    with pytest.raises(ColumnError, match="'lifecycle:transition' has no value in row 7"):
        jj.read_events(path, preset="xes")
    spec = jj.sniff(path).change(lifecycle="state")
    with pytest.raises(ColumnError, match="'state' is missing"):
        jj.read_events(path, spec=spec)
