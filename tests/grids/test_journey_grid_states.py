"""A machine that edits a map from two pages and from Python at once, and compares all of them."""

from __future__ import annotations

import json
from typing import Any

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
from pydantic import TypeAdapter

from jupyter_journey import Journey, JourneyError, JourneyGrid
from jupyter_journey.model.patches import Op, applied

OPS: TypeAdapter[list[Op]] = TypeAdapter(list[Op])
TEXTS = st.sampled_from(["", "a", "b", "=1+1", "two\nlines", "日本語"])
SPOTS = st.integers(0, 30)


class Page:
    """What a browser keeps: the document it last heard of, fed by messages alone."""

    def __init__(self, grid: JourneyGrid, name: str) -> None:
        self.grid, self.name, self.sent = grid, name, 0
        self.is_connected = True
        self.reload()

    def reload(self) -> None:
        state = self.grid.get_state()["_snapshot"]
        self.document = Journey.loads(state["document"]).document
        self.revision = state["revision"]
        self.is_connected = True

    def hear(self, message: dict[str, Any]) -> None:
        if not self.is_connected:
            return
        message = json.loads(json.dumps(message))
        if message["type"] == "document":
            self.document = Journey.loads(message["document"]).document
            self.revision = message["revision"]
        elif message["type"] == "changed" and message["revision"] > self.revision:
            assert message["revision"] == self.revision + 1
            self.document = applied(self.document, OPS.validate_python(message["ops"]))
            self.revision = message["revision"]

    def say(self, **content: Any) -> None:
        self.grid._handle_custom_msg(content, [])

    def patch(self, *ops: dict[str, Any]) -> None:
        self.sent += 1
        self.say(type="patch", id=f"{self.name}{self.sent}", base_rev=self.revision, ops=list(ops))


class TwoPagesAndPython(RuleBasedStateMachine):
    """Every change is acknowledged by a revision, and can be taken back."""

    @initialize()
    def begin(self) -> None:
        journey = Journey.new("Machine", stages=["Look", "Buy", "Use"])
        self.grid = JourneyGrid(journey)
        self.frame = journey.wide()
        self.grid = JourneyGrid(self.frame, bind=True)
        self.answers: list[dict[str, Any]] = []
        self.grid.send = self.broadcast  # type: ignore[method-assign]
        self.pages = [Page(self.grid, name) for name in "ab"]
        self.past = [self.grid.journey]
        self.future: list[Journey] = []

    def broadcast(self, message: dict[str, Any], *_: Any) -> None:
        self.answers.append(message)
        for page in self.pages:
            page.hear(message)

    def did(self) -> None:
        """Note a step of undo, if something changed."""
        if self.grid.journey != self.past[-1]:
            self.past.append(self.grid.journey)
            self.future.clear()

    @rule(page=st.integers(0, 1), lane=SPOTS, stage=SPOTS, text=TEXTS, is_stale=st.booleans())
    def edit(self, page: int, lane: int, stage: int, text: str, is_stale: bool) -> None:
        document = self.pages[page].document
        lanes = [lane for lane in document.lanes if lane.kind == "text"]
        if not lanes or not document.stages:
            return
        lane_id = lanes[lane % len(lanes)].id
        stage_id = document.stages[stage % len(document.stages)].id
        old = next(
            (c.value for c in document.cells if (c.lane_id, c.stage_id) == (lane_id, stage_id)),
            None,
        )
        op = {
            "op": "field",
            "collection": "cells",
            "key": [lane_id, stage_id, None],
            "field": "value",
            "old": "never" if is_stale else old,
            "new": text or None,
        }
        self.pages[page].patch(op)
        is_current = self.pages[page].is_connected
        if is_current:
            assert self.answers[-1]["type"] == ("refused" if is_stale else "changed")
        self.did()

    @rule(page=st.integers(0, 1), rows=st.integers(1, 3), text=TEXTS)
    def paste(self, page: int, rows: int, text: str) -> None:
        document = self.pages[page].document
        lanes = [lane for lane in document.lanes if lane.kind == "text"][:rows]
        held = {(cell.lane_id, cell.stage_id): cell.value for cell in document.cells}
        ops = [
            {
                "op": "field",
                "collection": "cells",
                "key": [lane.id, stage.id, None],
                "field": "value",
                "old": held.get((lane.id, stage.id)),
                "new": text or None,
            }
            for lane in lanes
            for stage in document.stages
        ]
        self.pages[page].patch(*ops)
        self.did()

    @rule(which=SPOTS, before=SPOTS, collection=st.sampled_from(["stages", "lanes"]))
    def reorder(self, which: int, before: int, collection: str) -> None:
        ids = self.grid.journey.frame(collection)["id"].tolist()
        if ids:
            moved = self.grid.journey.move(
                collection, ids[which % len(ids)], ids[before % len(ids)]
            )
            self.grid.journey = moved
        self.did()

    @rule(
        which=SPOTS,
        collection=st.sampled_from(["stages", "lanes"]),
        verb=st.sampled_from(["remove", "duplicate", "rename"]),
    )
    def restructure(self, which: int, collection: str, verb: str) -> None:
        ids = self.grid.journey.frame(collection)["id"].tolist()
        if not ids or (verb == "remove" and len(ids) == 1) or len(ids) > 15:
            return
        more = [f"name {self.grid.revision}"] if verb == "rename" else []
        self.grid.journey = getattr(self.grid.journey, verb)(
            collection, ids[which % len(ids)], *more
        )
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
    def write_by_pandas(self, stage: int, text: str) -> None:
        texts = [lane.name for lane in self.grid.journey.document.lanes if lane.kind == "text"]
        if texts:
            self.frame.loc[texts[0], self.frame.columns[stage % self.frame.shape[1]]] = text
            self.grid._follow()
        self.did()

    @rule(page=st.integers(0, 1))
    def undo(self, page: int) -> None:
        self.pages[page].say(type="history", step="undo")
        if len(self.past) > 1:
            self.future.append(self.past.pop())

    @rule()
    def redo(self) -> None:
        assert self.grid.redo() is bool(self.future)
        if self.future:
            self.past.append(self.future.pop())

    @rule(page=st.integers(0, 1))
    def drop(self, page: int) -> None:
        self.pages[page].is_connected = False

    @rule(page=st.integers(0, 1))
    def reload(self, page: int) -> None:
        self.pages[page].reload()

    @invariant()
    def all_agree(self) -> None:
        journey = self.grid.journey
        assert journey == self.past[-1]
        assert self.grid.frame is self.frame
        assert self.frame.equals(journey.wide())
        for page in self.pages:
            if page.is_connected:
                assert (page.revision, Journey(page.document)) == (self.grid.revision, journey)

    def teardown(self) -> None:
        while self.grid.undo():
            self.past.pop()
        assert self.grid.journey == self.past[0]
        assert len(self.past) == 1


def test_small() -> None:
    run_state_machine_as_test(
        TwoPagesAndPython,
        settings=settings(max_examples=12, stateful_step_count=25, derandomize=True, deadline=None),
    )


@pytest.mark.full
def test_ten_thousand_steps() -> None:
    run_state_machine_as_test(
        TwoPagesAndPython,
        settings=settings(
            max_examples=220, stateful_step_count=50, derandomize=True, deadline=None
        ),
    )
