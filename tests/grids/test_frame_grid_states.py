"""A machine that edits a bound frame from two pages, by Python and by pandas; all must agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from jupyter_journey import FrameGrid
from jupyter_journey.errors import FrameError

Unpack = Callable[[dict[str, Any], Sequence[bytes]], list[Any]]

NEW = 2**40
SPOTS = st.integers(0, 30)
# What may be typed, by column, and what may not.
FITS: dict[str, list[Any]] = {
    "name": ["a", "=1+1", "two\nlines", "日本語", None],
    "age": [0, -5, 127],
    "visits": [7, 2**40, None],
    "plan": ["free", "team", None],
    "paid": [True, False],
}
MISFITS: dict[str, Any] = {"name": 5, "age": 300, "visits": 1.5, "plan": "fre", "paid": None}
INDEXES: list[Any] = [
    pd.RangeIndex(3),
    pd.Index(["x", "y", "x"], name="who"),
    pd.Index([7, 3, 7]),
    pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)]),
]


def people() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["Ann", "Bob", None],
            "age": pd.array([31, 48, 25], dtype="int8"),
            "visits": pd.array([1, None, 3], dtype="Int64"),
            "plan": pd.Categorical(["free", "team", None], categories=["free", "team"]),
            "paid": [True, False, True],
        }
    )


def shown(value: Any) -> Any:
    """Return a value of the frame as JSON has it."""
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value


class Page:
    """What a browser keeps: the rows it last heard of, by their keys, fed by messages alone."""

    def __init__(self, grid: FrameGrid, name: str, unpack: Unpack) -> None:
        self.grid, self.name, self.unpack, self.sent = grid, name, unpack, 0
        self.answer: dict[str, Any] = {}
        self.reload()

    def reload(self) -> None:
        state = self.grid.get_state()["_snapshot"]
        self.load(state, state["data"])
        self.is_connected = True

    def load(self, about: dict[str, Any], data: Sequence[bytes]) -> None:
        rows = about["rows"]
        self.frame_id, self.revision = about["frame_id"], about["revision"]
        self.names = [column["label"] for column in about["columns"]]
        keys = rows["keys"]
        counted = range(about["size"])
        self.keys = [int(key) for key in (self.unpack(keys, data) if keys else counted)]
        columns = [self.unpack(layout, data) for layout in rows["columns"]]
        self.rows = {
            key: [column[place] for column in columns] for place, key in enumerate(self.keys)
        }

    def hear(self, message: dict[str, Any], buffers: list[bytes]) -> None:
        if message.get("id") == f"{self.name}{self.sent}":
            self.answer = message
        if not self.is_connected or message["type"] == "refused":
            return
        if message["type"] == "snapshot":
            self.load(message, buffers)
            return
        assert (message["frame_id"], message["revision"]) == (self.frame_id, self.revision + 1)
        self.revision += 1
        for change in json.loads(json.dumps(message["changes"])):
            self.make(change)

    def make(self, change: dict[str, Any]) -> None:
        if change["op"] == "set":
            if change["column"] >= 0:
                self.rows[change["row"]][change["column"]] = change["new"]
        elif change["op"] == "delete":
            self.keys = [key for key in self.keys if key not in change["rows"]]
        else:
            after = change["after"]
            at = 0 if after is None else self.keys.index(after) + 1
            self.keys[at:at] = change["rows"]
            for place, key in enumerate(change["rows"]):
                self.rows[key] = [column[place] for column in change["values"]]

    def say(self, **content: Any) -> None:
        self.grid._handle_custom_msg(content, [])

    def patch(self, *ops: dict[str, Any]) -> dict[str, Any]:
        self.sent += 1
        about = {"frame_id": self.frame_id, "base_rev": self.revision}
        self.say(type="patch", id=f"{self.name}{self.sent}", ops=list(ops), **about)
        assert self.answer["id"] == f"{self.name}{self.sent}"
        return self.answer

    def put(self, key: int, column: str, new: Any) -> dict[str, Any]:
        at = self.names.index(column)
        return {"op": "set", "row": key, "column": at, "old": self.rows[key][at], "new": new}


class TwoPagesPythonAndPandas(RuleBasedStateMachine):
    """Every change is acknowledged by a revision, and can be taken back."""

    def __init__(self, unpack: Unpack) -> None:
        super().__init__()
        self.unpack = unpack

    @initialize(index=st.sampled_from(INDEXES))
    def begin(self, index: pd.Index[Any]) -> None:
        self.frame = people().set_axis(index)
        self.grid = FrameGrid(self.frame, bind=True)
        self.pages = [Page(self.grid, name, self.unpack) for name in "ab"]
        self.grid.send = self.broadcast  # type: ignore[method-assign,assignment]
        self.past = [self.frame.copy()]
        self.future: list[pd.DataFrame] = []
        self.counted, self.made_up = 0, NEW

    def broadcast(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        for page in self.pages:
            page.hear(message, buffers or [])

    def did(self, steps: int) -> None:
        """Note the steps of undo that were made: none, or one."""
        assert self.grid.revision == self.counted + steps
        self.counted = self.grid.revision
        if steps:
            self.past.append(self.frame.copy())
            self.future.clear()

    def page_with_rows(self, which: int) -> Page | None:
        page = self.pages[which]
        return page if page.keys else None

    @rule(which=st.integers(0, 1), row=SPOTS, column=st.sampled_from(sorted(FITS)), value=SPOTS)
    def edit(self, which: int, row: int, column: str, value: int) -> None:
        page = self.page_with_rows(which)
        if page is None or column not in page.names:
            return
        key, new = page.keys[row % len(page.keys)], FITS[column][value % len(FITS[column])]
        answer = page.patch(page.put(key, column, new))
        if page.is_connected:
            assert answer["type"] == "accepted"
            # Acknowledged is kept.
            assert shown(self.frame[column].iloc[page.keys.index(key)]) == new
        self.did(int(answer["type"] != "refused"))

    @rule(which=st.integers(0, 1), row=SPOTS, column=st.sampled_from(sorted(FITS)))
    def edit_with_a_misfit(self, which: int, row: int, column: str) -> None:
        page = self.page_with_rows(which)
        if page is None or column not in page.names:
            return
        first, key = page.keys[0], page.keys[row % len(page.keys)]
        good = page.put(first, "age", 1)
        answer = page.patch(good, page.put(key, column, MISFITS[column]))
        assert answer["type"] == "refused"
        self.did(0)

    @rule(which=st.integers(0, 1), row=SPOTS, count=st.integers(1, 3), value=SPOTS)
    def paste(self, which: int, row: int, count: int, value: int) -> None:
        page = self.page_with_rows(which)
        if page is None or len(page.keys) > 12:
            return
        start = row % len(page.keys)
        keys = page.keys[start : start + count]
        ops: list[dict[str, Any]] = []
        fresh = list(range(self.made_up, self.made_up + count - len(keys)))
        self.made_up += len(fresh)
        if fresh:
            ops.append({"op": "insert", "after": page.keys[-1], "rows": fresh})
        visits = FITS["visits"][value % 3]
        at = page.names.index("visits")
        ops += [page.put(key, "visits", visits) for key in keys]
        ops += [
            {"op": "set", "row": key, "column": at, "old": None, "new": visits} for key in fresh
        ]
        answer = page.patch(*ops)
        if page.is_connected:
            grows = not isinstance(self.frame.index, pd.MultiIndex)
            assert (answer["type"] == "accepted") is (grows or not fresh)
        self.did(int(answer["type"] != "refused"))

    @rule(which=st.integers(0, 1), rows=st.sets(SPOTS, min_size=1, max_size=3))
    def delete(self, which: int, rows: set[int]) -> None:
        page = self.page_with_rows(which)
        if page is None:
            return
        keys = sorted({page.keys[row % len(page.keys)] for row in rows})
        answer = page.patch({"op": "delete", "rows": keys})
        assert not page.is_connected or answer["type"] == "accepted"
        self.did(int(answer["type"] != "refused"))

    @rule(row=SPOTS, column=st.sampled_from(sorted(FITS)), value=SPOTS)
    def set_by_python(self, row: int, column: str, value: int) -> None:
        if len(self.frame) and column in self.frame:
            values = FITS[column]
            self.grid.set(row % len(self.frame), column, values[value % len(values)], by="position")
            self.did(1)

    @rule(position=SPOTS)
    def insert_by_python(self, position: int) -> None:
        if len(self.frame) > 12:
            return
        if isinstance(self.frame.index, pd.MultiIndex):
            with pytest.raises(FrameError, match="reset_index"):
                self.grid.insert(position)
            self.did(0)
        else:
            self.grid.insert(position % (len(self.frame) + 1), {"name": "by Python"})
            self.did(1)

    @rule(row=SPOTS, age=st.integers(-9, 9))
    def write_by_pandas(self, row: int, age: int) -> None:
        if len(self.frame):
            at = self.frame.columns.get_loc("age")
            before = self.frame.iat[row % len(self.frame), at]
            self.frame.iat[row % len(self.frame), at] = age
            self.grid._follow()
            self.did(int(before != age))

    @rule(which=st.integers(0, 1), row=SPOTS)
    def edit_what_pandas_just_wrote(self, which: int, row: int) -> None:
        page = self.page_with_rows(which)
        if page is None or not page.is_connected:
            return
        place = row % len(page.keys)
        key, at = page.keys[place], self.frame.columns.get_loc("name")
        edit = page.put(key, "name", "by mouse")
        self.frame.iat[place, at] = f"by pandas {self.counted}"
        answer = page.patch(edit)
        assert answer["type"] == "refused"
        assert "changed meanwhile" in answer["reason"]
        self.did(1)

    @rule(verb=st.sampled_from(["column", "labels", "another frame"]))
    def restructure_by_pandas(self, verb: str) -> None:
        extra = self.frame.columns[5:]
        if verb == "another frame":
            self.grid.apply(people().iloc[::-1])
        elif verb == "labels":
            self.frame.index = self.frame.index[::-1]
        elif len(extra) < 2:
            self.frame[f"more {len(extra)}"] = 1.5
        else:
            del self.frame[extra[0]]
        self.grid._follow()
        self.did(self.grid.revision - self.counted)

    @rule(which=st.integers(0, 1), step=st.sampled_from(["undo", "redo"]))
    def turn(self, which: int, step: str) -> None:
        self.pages[which].say(type=step)
        if step == "undo" and len(self.past) > 1:
            self.future.append(self.past.pop())
            self.counted += 1
        elif step == "redo" and self.future:
            self.past.append(self.future.pop())
            self.counted += 1
        assert self.grid.revision == self.counted

    @rule(which=st.integers(0, 1))
    def drop_the_connection(self, which: int) -> None:
        self.pages[which].is_connected = False

    @rule(which=st.integers(0, 1))
    def reload(self, which: int) -> None:
        self.pages[which].reload()

    @invariant()
    def all_agree(self) -> None:
        assert self.grid.frame is self.frame
        pd.testing.assert_frame_equal(self.frame, self.past[-1])
        pairs = zip(*(map(shown, self.frame[name]) for name in self.frame), strict=True)
        rows = [list(row) for row in pairs]
        for page in self.pages:
            if page.is_connected:
                assert page.revision == self.grid.revision
                assert page.names == self.frame.columns.tolist()
                assert [page.rows[key] for key in page.keys] == rows

    def teardown(self) -> None:
        while self.grid.undo():
            self.past.pop()
            pd.testing.assert_frame_equal(self.frame, self.past[-1])
        assert len(self.past) == 1


def check(unpack: Unpack, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: TwoPagesPythonAndPandas(unpack),
        settings=settings(
            max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None
        ),
    )


def test_small(unpack: Unpack) -> None:
    check(unpack, 12, 25)


@pytest.mark.full
def test_ten_thousand_steps(unpack: Unpack) -> None:
    check(unpack, 220, 50)
