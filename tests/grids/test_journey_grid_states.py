"""A machine that edits a map from two pages and from Python at once, and compares all of them.

The pages are the TypeScript stores themselves: see node_pages.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from node_pages import Browser, Page, TwoPages, Wire, check
from pydantic import TypeAdapter

from jupyter_journey import Journey, JourneyError, JourneyGrid
from jupyter_journey.model.patches import Op, applied

OPS: TypeAdapter[list[Op]] = TypeAdapter(list[Op])
TEXTS = st.sampled_from([None, "a", "b", "=1+1", "two\nlines", "日本語"])
PAGES = st.integers(0, 1)
SPOTS = st.integers(0, 30)
AXES = st.sampled_from(["stages", "lanes"])


class TwoPagesAndPython(TwoPages):
    """Every change is acknowledged by a revision, and can be taken back."""

    browser: Browser

    @initialize()
    def begin(self) -> None:
        self.frame = Journey.new("Machine", stages=["Look", "Buy", "Use"]).wide()
        self.grid = JourneyGrid(self.frame, bind=True)
        self.wire = Wire(self.browser, self.grid, "map")
        self.past = [self.grid.journey]
        self.future: list[Journey] = []

    def did(self) -> None:
        """Note a step of undo, if something changed."""
        if self.grid.journey != self.past[-1]:
            self.past.append(self.grid.journey)
            self.future.clear()

    def handled(self, page: Page) -> None:
        before = self.grid.journey
        said, answers = self.wire.deliver(page)
        kind = said.get("type")
        if kind in ("undo", "redo"):
            self.turned(kind)
        elif kind == "patch":
            if self.wire.answer(said, answers) != "made":
                assert self.grid.journey == before
            else:
                # What was acknowledged stands in the journey.
                made = applied(before.document, OPS.validate_python(said["ops"]))
                assert self.grid.journey == Journey(made)
            self.did()
        else:
            assert kind in ("look", "rejoin", None)

    def reasons(self, view: dict[str, Any]) -> set[str]:
        return {view["refusal"]["reason"]} if view["refusal"] else set()

    def agrees(self, view: dict[str, Any]) -> None:
        assert view["revision"] == self.grid.revision
        assert view["text"] == self.grid.journey.dumps()

    @rule(which=PAGES, late=st.booleans(), lane=SPOTS, stage=SPOTS, text=TEXTS)
    def edit(self, which: int, late: bool, lane: int, stage: int, text: str | None) -> None:
        self.act(which, late, "type", [lane, stage, text])

    @rule(which=PAGES)
    def open_an_editor(self, which: int) -> None:
        self.act(which, True, "begin")

    @rule(which=PAGES, late=st.booleans(), rows=st.integers(1, 3), text=TEXTS)
    def paste(self, which: int, late: bool, rows: int, text: str | None) -> None:
        spots = [[lane, stage, text] for lane in range(rows) for stage in range(3)]
        self.act(which, late, "type", *spots)

    @rule(
        which=PAGES,
        late=st.booleans(),
        verb=st.sampled_from(["move", "rename", "remove", "duplicate", "add"]),
        axis=AXES,
        spot=SPOTS,
        beside=SPOTS,
    )
    def restructure(
        self, which: int, late: bool, verb: str, axis: str, spot: int, beside: int
    ) -> None:
        self.act(which, late, verb, axis, spot, beside)

    @rule(spot=SPOTS, before=SPOTS, axis=AXES)
    def reorder_by_python(self, spot: int, before: int, axis: str) -> None:
        ids = self.grid.journey.frame(axis)["id"].tolist()
        if ids:
            self.grid.journey = self.grid.journey.move(
                axis, ids[spot % len(ids)], ids[before % len(ids)]
            )
        self.did()

    @rule(spot=SPOTS, axis=AXES, verb=st.sampled_from(["remove", "duplicate", "rename"]))
    def restructure_by_python(self, spot: int, axis: str, verb: str) -> None:
        ids = self.grid.journey.frame(axis)["id"].tolist()
        if not ids or (verb == "remove" and len(ids) == 1) or len(ids) > 15:
            return
        more = [f"name {self.grid.revision}"] if verb == "rename" else []
        self.grid.journey = getattr(self.grid.journey, verb)(axis, ids[spot % len(ids)], *more)
        self.did()

    @rule(stage=SPOTS, score=st.sampled_from([-2, 0.5, 3]))
    def write_by_python(self, stage: int, score: float) -> None:
        journey = self.grid.journey
        lanes = [lane.id for lane in journey.document.lanes if lane.kind == "score"]
        if lanes:
            stages = journey.document.stages
            try:
                self.grid.set(stages[stage % len(stages)].id, lanes[0], score)
            except JourneyError:
                assert score == 3
        self.did()

    @rule(stage=SPOTS, text=TEXTS)
    def write_by_pandas(self, stage: int, text: str | None) -> None:
        texts = [lane.name for lane in self.grid.journey.document.lanes if lane.kind == "text"]
        if texts:
            self.frame.loc[texts[0], self.frame.columns[stage % self.frame.shape[1]]] = text or ""
            self.grid._follow()
        self.did()

    @rule()
    def redo_by_python(self) -> None:
        assert self.grid.redo() is bool(self.future)
        if self.future:
            self.past.append(self.future.pop())

    @invariant()
    def nothing_is_lost(self) -> None:
        journey = self.grid.journey
        assert journey == self.past[-1]
        assert self.grid.frame is self.frame
        assert self.frame.equals(journey.wide())

    def teardown(self) -> None:
        if not hasattr(self, "past"):
            return
        for which in range(2):
            self.come_back(which)
        # Whoever missed something hears of it now.
        self.grid.journey = self.grid.journey.change(title="The end")
        self.did()
        for page in self.wire.pages:
            self.settle(page)
        self.views_agree()
        while self.grid.undo():
            self.past.pop()
        assert self.grid.journey == self.past[0]
        assert len(self.past) == 1


@pytest.fixture
def machine(pages: Browser) -> type[TwoPagesAndPython]:
    return type("Machine", (TwoPagesAndPython,), {"browser": pages})


def test_small(machine: type[TwoPages]) -> None:
    check(machine, 12, 25)


@pytest.mark.full
def test_ten_thousand_steps(machine: type[TwoPages]) -> None:
    assert check(machine, 260, 50) >= 10_000
