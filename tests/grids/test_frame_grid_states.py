"""A machine that edits a bound frame from two pages, by Python and by pandas; all must agree.

The pages are the TypeScript stores themselves: see node_pages.py.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from node_pages import Browser, Message, Page, TwoPages, Wire, check

from jupyter_journey import FrameGrid
from jupyter_journey.errors import FrameError

PAGES = st.integers(0, 1)
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
COLUMNS = st.sampled_from(sorted(FITS))
INDEXES: list[Any] = [
    pd.RangeIndex(3),
    pd.Index(["x", "y", "x"], name="who"),
    pd.Index([7, 3, 7]),
    pd.Index(["x", None, "y"], dtype=object),
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


def named(label: Any) -> Any:
    return " / ".join(map(str, label)) if isinstance(label, tuple) else label


class TwoPagesPythonAndPandas(TwoPages):
    """Every change is acknowledged by a revision, and can be taken back."""

    browser: Browser

    @initialize(index=st.sampled_from(INDEXES))
    def begin(self, index: pd.Index[Any]) -> None:
        self.frame = people().set_axis(index)
        self.grid = FrameGrid(self.frame, bind=True)
        self.wire = Wire(self.browser, self.grid, "frame")
        self.past = [self.frame.copy()]
        self.future: list[pd.DataFrame] = []
        self.counted = 0

    def did(self, steps: int) -> None:
        """Note the steps of undo that were made: none, or one."""
        assert self.grid.revision == self.counted + steps
        self.counted = self.grid.revision
        if steps:
            self.past.append(self.frame.copy())
            self.future.clear()

    def handled(self, page: Page) -> None:
        said, answers = self.wire.deliver(page)
        kind = said.get("type")
        if kind in ("undo", "redo"):
            self.counted += self.turned(kind)
            assert self.grid.revision == self.counted
        elif kind == "patch":
            fate = self.wire.answer(said, answers)
            self.did(int(fate == "made"))
            if fate == "made":
                self._holds(said)
        else:
            assert kind in ("look", "rejoin", None)
            self.did(0)

    def _holds(self, patch: Message) -> None:
        """What was acknowledged stands in the frame."""
        wanted = {(op["row"], op["column"]): op for op in patch["ops"] if op["op"] == "set"}
        with self.grid._desk.held() as sheet:
            for (row, column), op in wanted.items():
                assert shown(self.frame.iat[sheet.position(row), column]) == op["new"]

    def reasons(self, view: dict[str, Any]) -> set[str]:
        return {view["refusal"]["reason"]} if view["refusal"] else set()

    def agrees(self, view: dict[str, Any]) -> None:
        frame = self.frame
        pairs = zip(*(map(shown, frame[name]) for name in frame), strict=True)
        assert view["revision"] == self.grid.revision
        assert view["names"] == frame.columns.tolist()
        assert view["rows"] == [list(row) for row in pairs]
        assert view["labels"] == [named(label) for label in frame.index]
        assert (view["can_undo"], view["can_redo"]) == (len(self.past) > 1, bool(self.future))

    @rule(which=PAGES, late=st.booleans(), row=SPOTS, column=COLUMNS, value=SPOTS)
    def edit(self, which: int, late: bool, row: int, column: str, value: int) -> None:
        self.act(which, late, "type", [row, column, FITS[column][value % len(FITS[column])]])

    @rule(which=PAGES, row=SPOTS, column=COLUMNS)
    def open_an_editor(self, which: int, row: int, column: str) -> None:
        self.act(which, True, "begin", row, column)

    @rule(which=PAGES, late=st.booleans(), row=SPOTS, column=COLUMNS)
    def edit_with_a_misfit(self, which: int, late: bool, row: int, column: str) -> None:
        self.act(which, late, "type", [0, "age", 1], [row, column, MISFITS[column]])

    @rule(
        which=PAGES,
        late=st.booleans(),
        row=SPOTS,
        block=st.lists(
            st.lists(st.sampled_from(["5", "", "x"]), min_size=2, max_size=2), max_size=3
        ),
    )
    def paste(self, which: int, late: bool, row: int, block: list[list[str]]) -> None:
        if block and len(self.frame) < 12:
            self.act(which, late, "paste", row, 0, block)

    @rule(which=PAGES, late=st.booleans(), row=SPOTS)
    def insert(self, which: int, late: bool, row: int) -> None:
        if len(self.frame) < 12:
            self.act(which, late, "insert", row)

    @rule(which=PAGES, late=st.booleans(), rows=st.sets(SPOTS, min_size=1, max_size=3))
    def delete(self, which: int, late: bool, rows: set[int]) -> None:
        if self.wire.pages[which].views[0]["rows"]:
            self.act(which, late, "delete", *sorted(rows))

    @rule(row=SPOTS, column=COLUMNS, value=SPOTS)
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

    @rule(which=PAGES, row=SPOTS)
    def edit_what_pandas_just_wrote(self, which: int, row: int) -> None:
        page = self.wire.pages[which]
        self.settle(page)
        if not page.is_quiet or page.is_doubtful or self.frame.empty:
            return
        place = row % len(self.frame)
        page.act("begin", place, "name")
        page.act("type", [place, "name", "by mouse"])
        self.frame.iat[place, 0] = f"by pandas {self.counted}"
        while page.up:
            _, answers = self.wire.deliver(page)
        assert "changed meanwhile" in answers[-1]["reason"]
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

    @invariant()
    def nothing_is_lost(self) -> None:
        assert self.grid.frame is self.frame
        pd.testing.assert_frame_equal(self.frame, self.past[-1])

    def teardown(self) -> None:
        if not hasattr(self, "past"):
            return
        for which in range(2):
            self.come_back(which)
        # Whoever missed something hears of it now.
        self.grid.apply(people())
        self.did(1)
        for page in self.wire.pages:
            self.settle(page)
        self.views_agree()
        while self.grid.undo():
            self.past.pop()
            pd.testing.assert_frame_equal(self.frame, self.past[-1])
        assert len(self.past) == 1


@pytest.fixture
def machine(pages: Browser) -> type[TwoPagesPythonAndPandas]:
    return type("Machine", (TwoPagesPythonAndPandas,), {"browser": pages})


def test_small(machine: type[TwoPages]) -> None:
    check(machine, 12, 25)


@pytest.mark.full
def test_ten_thousand_steps(machine: type[TwoPages]) -> None:
    assert check(machine, 260, 50) >= 10_000
