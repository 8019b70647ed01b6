"""Cells ⇄ JSON per dtype: nothing is lost, nothing unfitting gets in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_journey import Column, FrameGrid
from jupyter_journey.errors import FrameValueError, JourneyError

Sent = Callable[[FrameGrid], list[list[Any]]]

MOMENTS = st.datetimes(pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01"))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
FLOATS = st.floats(allow_nan=False)
SHORT = st.floats(allow_nan=False, width=32)

COLUMNS: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "text": ("str", st.none() | TEXTS),
    "nullable text": ("string", st.none() | TEXTS),
    "object text": (object, st.none() | TEXTS),
    "int8": ("int8", st.integers(-128, 127)),
    "uint64": ("uint64", st.integers(0, 2**64 - 1)),
    "int64": ("int64", st.integers(-(2**63), 2**63 - 1)),
    "Int64": ("Int64", st.none() | st.integers(-(2**63), 2**63 - 1)),
    "arrow int": ("int32[pyarrow]", st.none() | st.integers(-(2**31), 2**31 - 1)),
    "float64": ("float64", st.none() | FLOATS),
    "float32": ("float32", st.none() | SHORT),
    "Float64": ("Float64", st.none() | FLOATS),
    "bool": ("bool", st.booleans()),
    "boolean": ("boolean", st.none() | st.booleans()),
    "category": (pd.CategoricalDtype(["a", "b", "c"]), st.sampled_from(["a", "b", "c", None])),
    "number category": (pd.CategoricalDtype([3, 1]), st.sampled_from([1, 3, None])),
    "moments": ("datetime64[us]", st.none() | MOMENTS),
    "arrow days": (pd.ArrowDtype(pa.date32()), st.none() | MOMENTS.map(datetime.date)),
    "arrow days in ms": (pd.ArrowDtype(pa.date64()), st.none() | MOMENTS.map(datetime.date)),
    "arrow moments": (pd.ArrowDtype(pa.timestamp("us")), st.none() | MOMENTS),
    "zoned": (
        "datetime64[us, Europe/Berlin]",
        st.none() | MOMENTS.map(lambda moment: pd.Timestamp(moment, tz="UTC")),
    ),
    "tags": (object, st.none() | st.lists(TEXTS, max_size=3).map(tuple)),
}


@given(st.data(), st.sampled_from(sorted(COLUMNS)))
def test_what_the_page_gets_gives_back_the_same_frame(
    sent: Sent, data: st.DataObject, name: str
) -> None:
    dtype, values = COLUMNS[name]
    column = pd.Series(data.draw(st.lists(values, min_size=1, max_size=6)), dtype=dtype)
    frame = pd.DataFrame({"x": column})
    grid = FrameGrid(frame)
    described = grid.get_state()["_snapshot"]["columns"][0]
    if described["kind"] == "other":
        return
    # A first row without a value doesn't tell what the others hold.
    asked = {"x": Column(kind=described["kind"])}
    blank = FrameGrid(frame.iloc[[0] * len(frame)].reset_index(drop=True), asked)
    for row, value in enumerate(sent(grid)[0]):
        blank.set(row, "x", value)
    pd.testing.assert_frame_equal(blank.frame, frame)
    assert sent(blank) == sent(grid)


@given(st.data(), st.sampled_from(sorted(COLUMNS)))
def test_any_edit_keeps_the_dtypes_or_is_refused(data: st.DataObject, name: str) -> None:
    dtype, values = COLUMNS[name]
    column = pd.Series(data.draw(st.lists(values, min_size=2, max_size=4)), dtype=dtype)
    frame = pd.DataFrame({"x": column, "other": 1})
    grid = FrameGrid(frame, bind=True)
    before = frame.copy()
    typed = st.none() | TEXTS | st.integers() | st.floats() | st.booleans() | st.lists(TEXTS)
    with suppress(FrameValueError):
        grid.set(0, "x", data.draw(typed | values))
    assert frame.dtypes.tolist() == before.dtypes.tolist()
    assert grid.undo() == (grid.revision > 0)
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (pd.Series([1], dtype="int8"), 128, "from -128 to 127"),
        (pd.Series([1]), 1.5, "a whole number"),
        (pd.Series([1]), None, "can't be empty"),
        (pd.Series([1.0], dtype="float32"), 1e39, "that float32 can hold"),
        (pd.Series([1.0]), "1,5", "a number"),
        (pd.Series([True]), 1, "true or false"),
        (pd.Series(["a"]), 5, "text"),
        (pd.Series(["a"]), "\ud800", "halves of characters"),
        (pd.Series(["free"], dtype="category"), "fre", "did you mean 'free'"),
        (pd.to_datetime(pd.Series(["2026-01-01"])), "03.04.2026", "a day, such as"),
        (
            pd.to_datetime(pd.Series(["2026-01-01 10:00"])),
            "2026-01-01 10:00+01:00",
            "without a time",
        ),
        (pd.Series([("a",)]), "a", "a list of texts"),
        (pd.Series([pd.Timedelta("1h")]), "2h", "no edits"),
        (pd.Series([pd.Timedelta("1h")]), None, "no edits"),
        (pd.Series(pd.arrays.SparseArray([0])), None, "no edits"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    column: pd.Series[Any], value: Any, reason: str
) -> None:
    grid = FrameGrid(pd.DataFrame({"x": column}))
    with pytest.raises(FrameValueError, match=reason):
        grid.set(0, "x", value)
    assert grid.revision == 0


@pytest.mark.parametrize(
    ("values", "blank"),
    [
        (pd.arrays.SparseArray([0, 7]), 0),
        (pd.arrays.SparseArray([False, True]), False),
        (pd.arrays.IntervalArray.from_breaks([1, 2, 3], closed="left"), pd.Interval(0, 0, "left")),
        (np.array([1, 2], dtype="uint8"), 0),
    ],
)
def test_a_new_row_holds_what_the_dtype_has_for_nothing(values: Any, blank: Any) -> None:
    grid = FrameGrid(pd.DataFrame({"x": values}))
    grid.insert()
    assert grid.frame["x"].tolist() == [*values, blank]
    assert grid.frame["x"].dtype == values.dtype


def test_a_moment_that_the_zone_skips_or_has_twice_needs_its_offset() -> None:
    column = pd.Series(pd.to_datetime(["2026-01-01 10:00"])).dt.tz_localize("Europe/Berlin")
    grid = FrameGrid(pd.DataFrame({"x": column}))
    for skipped_or_twice in ("2026-03-29 02:30", "2026-10-25 02:30"):
        with pytest.raises(FrameValueError, match="offset"):
            grid.set(0, "x", skipped_or_twice)
    grid.set(0, "x", "2026-10-25 02:30+01:00")
    assert grid.frame.loc[0, "x"] == pd.Timestamp("2026-10-25 01:30", tz="UTC")


def test_whole_numbers_beyond_javascripts_keep_their_digits(sent: Sent) -> None:
    grid = FrameGrid(pd.DataFrame({"id": [2**53 + 1, 1]}))
    assert sent(grid)[0] == ["9007199254740993", 1]
    grid.set(1, "id", "9007199254740995")
    assert grid.frame.loc[1, "id"] == 9007199254740995


def test_a_schema_asks_for_more_than_the_dtype() -> None:
    frame = pd.DataFrame({"plan": ["free", "team"], "share": [0.1, 0.2], "code": ["A1", "B2"]})
    schema = {
        "plan": Column(options=("free", "team"), required=True),
        "share": Column(minimum=0, maximum=1),
        "code": Column(pattern="[A-Z][0-9]", unique=True),
    }
    grid = FrameGrid(frame, schema)
    wrong: list[tuple[str, Any]] = [
        ("plan", "gold"),
        ("plan", None),
        ("share", 1.1),
        ("code", "a1"),
        ("code", "B2"),
    ]
    for column, value in wrong:
        with pytest.raises(FrameValueError):
            grid.set(0, column, value)
    grid.set(0, "code", "C3")
    assert grid.frame.loc[0].tolist() == ["free", 0.1, "C3"]


@pytest.mark.parametrize(
    ("column", "taken", "free"),
    [
        (pd.Series([1, None], dtype="Int64"), 1, 2),
        (pd.Series(["a", None], dtype="string"), "a", "b"),
        (pd.Series([("a",), None, ("a", "b")]), ["a"], ["b", "a"]),
        (pd.Series([["a"], ["b"]]), ["a"], ["b", "a"]),
        (pd.Series([1.5, None]), 1.5, 2.5),
    ],
    ids=lambda value: str(getattr(value, "dtype", value)),
)
def test_every_value_once_whatever_is_missing(
    column: pd.Series[Any], taken: Any, free: Any
) -> None:
    grid = FrameGrid(pd.DataFrame({"x": column}), {"x": Column(unique=True)})
    with pytest.raises(FrameValueError, match="another row holds"):
        grid.set(1, "x", taken)
    with pytest.raises(FrameValueError, match="another row holds"):
        grid.insert(values={"x": taken})
    grid.set(1, "x", free)
    grid.set(1, "x", free)
    grid.set(1, "x", None)
    grid.set(0, "x", None)
    assert grid.frame["x"].isna().tolist()[:2] == [True, True]


@pytest.mark.parametrize(
    "schema",
    [
        {"nme": Column()},
        {"name": Column(kind="date")},
        {"name": Column(kind="choice")},
        {"name": "text"},
        {"name": Column(pattern="[A-Z")},
        [Column()],
        "personae",
    ],
)
def test_a_schema_that_does_not_suit_is_refused(schema: Any) -> None:
    with pytest.raises(JourneyError):
        FrameGrid(pd.DataFrame({"name": ["a"]}), schema)


@pytest.mark.parametrize("dtype", [object, "date32[pyarrow]"])
def test_a_dtype_of_days_takes_no_moments(dtype: Any) -> None:
    days = pd.Series([date(2026, 3, 31)], dtype=dtype)
    with pytest.raises(JourneyError, match="holds date"):
        FrameGrid(pd.DataFrame({"day": days}), {"day": Column(kind="datetime")})


def test_short_floats_show_the_digits_that_were_written(sent: Sent) -> None:
    frame = pd.DataFrame({"x": np.array([0.1, 1e-8], dtype="float32")})
    assert sent(FrameGrid(frame))[0] == [0.1, 1e-8]
