"""Packed columns: any dtype reads as JSON would say it, and the front end reads the same bytes."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from jupyter_journey import FrameGrid

Sent = Callable[[FrameGrid], list[list[Any]]]

GOLDEN = Path(__file__).parents[1] / "golden" / "packed.json"
"""Its twin: widgets/tests/packed.test.ts."""

MOMENTS = ["2026-03-29 01:59:59.5", None, "1893-03-31 12:00:00", "2026-10-25 02:30:00.000001"]


def strange() -> pd.DataFrame:
    """Return a frame of what is easily lost on the way."""
    naive = pd.Series(pd.to_datetime(MOMENTS, format="ISO8601")).astype("datetime64[ns]")
    berlin = naive.dt.tz_localize("UTC").dt.tz_convert("Europe/Berlin")
    return pd.DataFrame(
        {
            "number": [0.1, np.nan, np.inf, -1e300],
            "short": np.array([0.1, np.nan, -np.inf, 3e-8], dtype="float32"),
            "integer": pd.array([2**53 - 1, None, -5, 0], dtype="Int64"),
            "large": pd.array([2**63 - 1, None, -(2**63), 1], dtype="Int64"),
            "boolean": pd.array([True, None, False, True], dtype="boolean"),
            "text": ["ä\n", None, "", "👩‍🚀\t漢"],
            "choice": pd.Categorical(["b", None, "a", "b"], categories=["a", "b"]),
            "day": pd.to_datetime(["2026-03-31", None, "0001-02-03", "9999-12-30"]).astype(
                "datetime64[s]"
            ),
            "moment": naive,
            "zoned": berlin,
            "tags": [("a", "b"), None, (), ("ü",)],
            "other": [pd.Timedelta("1h"), None, pd.Timedelta(0), pd.Timedelta("-1D")],
        }
    ).set_axis(["x", "y", "z", "ä"])


def test_nothing_is_lost_on_the_way(sent: Sent) -> None:
    columns = dict(zip(strange().columns, sent(FrameGrid(strange())), strict=True))
    assert columns["number"] == [0.1, None, "Infinity", -1e300]
    assert columns["short"] == [0.1, None, "-Infinity", 3e-8]
    assert columns["integer"] == [2**53 - 1, None, -5, 0]
    assert columns["large"] == ["9223372036854775807", None, "-9223372036854775808", 1]
    assert columns["boolean"] == [True, None, False, True]
    assert columns["text"] == ["ä\n", None, "", "👩‍🚀\t漢"]
    assert columns["choice"] == ["b", None, "a", "b"]
    assert columns["day"] == ["2026-03-31", None, "0001-02-03", "9999-12-30"]
    assert columns["moment"] == MOMENTS
    # Until April 1893 Berlin's clocks were 53 min 28 s ahead.
    assert columns["zoned"] == [
        "2026-03-29 03:59:59.5+02:00",
        None,
        "1893-03-31 12:53:28+00:53:28",
        "2026-10-25 03:30:00.000001+01:00",
    ]
    assert columns["tags"] == [["a", "b"], None, [], ["ü"]]
    assert columns["other"] == ["0 days 01:00:00", None, "0 days 00:00:00", "-1 days +00:00:00"]


def test_the_front_end_reads_the_same_bytes(sent: Sent) -> None:
    grid = FrameGrid(strange())
    snapshot = grid.get_state()["_snapshot"]
    packed = {
        "rows": snapshot["rows"],
        "data": [b64encode(part).decode() for part in snapshot["data"]],
        "labels": strange().index.tolist(),
        "columns": sent(grid),
    }
    assert json.loads(GOLDEN.read_text()) == packed


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([-1, 300000], dtype="datetime64[s]").astype("datetime64[s]"),
        pd.Series(["2026-01-01", None], dtype="timestamp[us][pyarrow]"),
        pd.Series(np.array(["12000-01-01", "2026-01-01"], dtype="M8[s]")),
        pd.Series(["a", None], dtype=pd.ArrowDtype(__import__("pyarrow").string())),
        pd.Series([1.5, None], dtype="float[pyarrow]"),
        pd.Series([True, None], dtype="bool[pyarrow]"),
        pd.Series([1, None], dtype="int64[pyarrow]"),
        pd.Series([1, None], dtype=object),
        pd.Series([True, None], dtype=object),
        pd.Series([1.5, None], dtype=object),
        pd.Series([2**64 - 1, 0], dtype="uint64"),
        pd.Series(["\ud800a", None], dtype=object),
        pd.Series(range(300), dtype="category"),
    ],
    ids=lambda column: f"{column.dtype} {column.iloc[0]!a}",
)
def test_a_whole_column_and_a_single_cell_say_the_same(column: pd.Series[Any], sent: Sent) -> None:
    grid = FrameGrid(pd.DataFrame({"x": column}))
    heard: list[dict[str, Any]] = []
    grid.send = lambda content, _=None: heard.append(content)  # type: ignore[method-assign,assignment,misc]
    (before,) = sent(grid)
    grid.delete(range(len(column)), by="position")
    grid.undo()
    cells = heard[-1]["changes"][0]["values"][0]
    assert before == [
        cell.replace("\ud800", "?") if isinstance(cell, str) else cell for cell in cells
    ]


def test_an_empty_frame_and_one_of_missing_values_are_packed(sent: Sent) -> None:
    assert sent(FrameGrid(strange().iloc[:0])) == [[]] * 12
    assert sent(FrameGrid(strange().iloc[[1]])) == [[None]] * 12
