"""The grid's kernel side, spoken to as the browser speaks to it."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pytest

from jupyter_journey import Journey, JourneyError, JourneyGrid
from jupyter_journey.errors import CellValueError, FrameError


class Page:
    """Stands where a browser would: sends messages, keeps what comes back."""

    def __init__(self, grid: JourneyGrid) -> None:
        self.grid = grid
        self.heard: list[dict[str, Any]] = []
        grid.send = self.heard.append  # type: ignore[method-assign]

    def say(self, **content: Any) -> None:
        self.grid._handle_custom_msg(content, [])

    def patch(self, *ops: tuple[str, str, Any, Any], name: str = "p", base: int = 0) -> None:
        plain = [cell_op(*op) for op in ops]
        self.say(type="patch", id=name, base_rev=base, ops=plain)


def cell_op(lane: str, stage: str, old: Any, new: Any) -> dict[str, Any]:
    key = [lane, stage, None]
    return {
        "op": "field",
        "collection": "cells",
        "key": key,
        "field": "value",
        "old": old,
        "new": new,
    }


@pytest.fixture
def page() -> Page:
    return Page(JourneyGrid(Journey.new("Acme Boards").set("Decision", "Goal", "Choose")))


def test_an_edit_reaches_journey_and_frame(page: Page) -> None:
    page.patch(("goal", "onboarding", None, "Start"), ("emotion", "decision", None, -1))
    frame = page.grid.frame
    assert frame.loc["Goal", "Onboarding"] == "Start"
    assert frame.loc["Emotion", "Decision"] == -1
    assert page.grid.revision == 1
    (answer,) = page.heard
    assert (answer["type"], answer["id"], answer["revision"]) == ("changed", "p", 1)


def test_a_patch_holds_whole_or_not_at_all(page: Page) -> None:
    page.patch(("goal", "onboarding", None, "Start"), ("emotion", "decision", None, 3))
    assert page.grid.revision == 0
    assert page.grid.journey == Journey.new("Acme Boards").set("Decision", "Goal", "Choose")
    (answer,) = page.heard
    assert answer["type"] == "refused"
    assert "takes a number from -2 to 2" in answer["reason"]


def test_an_edit_of_an_older_revision_holds_if_its_cell_is_untouched(page: Page) -> None:
    page.patch(("goal", "onboarding", None, "one"), name="a")
    page.patch(("goal", "adoption", None, "two"), name="b")
    page.patch(("goal", "onboarding", None, "three"), name="c")
    assert [answer["type"] for answer in page.heard] == ["changed", "changed", "refused"]
    assert page.heard[-1]["reason"] == "it was changed meanwhile; now it holds 'one'"
    assert page.grid.frame.loc["Goal", "Onboarding"] == "one"


def test_python_writes_are_told_as_what_changed(page: Page) -> None:
    page.grid.set("Adoption", "Owner", "Product")
    page.grid.journey = page.grid.journey.change(title="Renamed")
    assert [(it["type"], it["id"], it["revision"]) for it in page.heard] == [
        ("changed", None, 1),
        ("changed", None, 2),
    ]
    (op,) = page.heard[-1]["ops"]
    assert (op["field"], op["old"], op["new"]) == ("title", "Acme Boards", "Renamed")


def test_a_page_that_loads_gets_the_present_state(page: Page) -> None:
    page.patch(("goal", "onboarding", None, "Start"))
    state = page.grid.get_state()["_snapshot"]
    assert state == {"document": page.grid.journey.dumps(), "revision": 1, "persona": None}
    page.heard.clear()
    page.say(type="rejoin", id="q", revision=1, pending=[])
    assert page.heard == [{"type": "rejoined", "id": "q"}]
    page.say(type="rejoin", id="r", revision=0, pending=[])
    assert page.heard[1:] == [{"type": "document", **state}, {"type": "rejoined", "id": "r"}]


def test_revision_and_journey_can_be_observed(page: Page) -> None:
    seen: list[Any] = []
    page.grid.observe(lambda change: seen.append(change["new"].title), "journey")
    page.grid.observe(lambda change: seen.append(change["new"]), "revision")
    page.grid.journey = page.grid.journey.change(title="Renamed")
    assert sorted(map(str, seen)) == ["1", "Renamed"]


def test_an_observer_that_fails_keeps_no_page_from_hearing(page: Page) -> None:
    def fail(_: Any) -> None:
        raise ZeroDivisionError

    page.grid.observe(fail, "revision")
    with pytest.raises(ZeroDivisionError):
        page.grid.set("Adoption", "Goal", "Stay")
    assert [(it["type"], it["revision"]) for it in page.heard] == [("changed", 1)]


def test_what_fails_while_a_page_is_heard_is_answered_once(page: Page) -> None:
    page.say(type="patch", id="p", base_rev=0, ops=[{"op": "unheard of"}])
    page.say(type="jump")
    assert [(it["type"], it["id"]) for it in page.heard] == [("refused", "p"), ("refused", None)]
    assert "unheard of" in page.heard[0]["reason"]

    def fail(_: Any) -> None:
        raise ZeroDivisionError

    page.grid.observe(fail, "journey")
    page.patch(("goal", "onboarding", None, "Start"), name="q")
    page.say(type="undo")
    assert [(it["type"], it["id"]) for it in page.heard[2:]] == [
        ("changed", "q"),
        ("changed", None),
    ]


def test_a_personas_grid_edits_that_persona() -> None:
    journey = Journey.new("Acme").add("personas", name="Administrator")
    grid = JourneyGrid(journey, persona="Administrator")
    grid.set("Decision", "Goal", "Control")
    assert grid.frame.loc["Goal", "Decision"] == "Control"
    assert grid.journey.wide().loc["Goal", "Decision"] == ""
    with pytest.raises(JourneyError, match="did you mean 'Administrator'"):
        JourneyGrid(journey, persona="Adminstrator")


def test_a_frame_becomes_a_journey() -> None:
    frame = pd.DataFrame({"Trial": [["sign up"], 1]}, index=["Actions", "Emotion"])
    grid = JourneyGrid(frame)
    assert grid.frame.loc["Actions", "Trial"] == ("sign up",)


@pytest.mark.parametrize(("lane", "value"), [("goal", "a\ud800"), ("actions", ["b", "\udc00"])])
def test_half_a_character_is_refused(page: Page, lane: str, value: Any) -> None:
    page.patch((lane, "onboarding", None, value))
    assert "takes text without halves of characters" in page.heard[0]["reason"]
    with pytest.raises(CellValueError, match="halves of characters"):
        page.grid.set("Onboarding", lane.title(), value)
    assert page.grid.revision == 0


def test_read_only_refuses(page: Page) -> None:
    page.grid.read_only = True
    page.patch(("goal", "onboarding", None, "Start"))
    assert page.heard[0]["reason"] == "the map is read-only"
    assert page.grid.revision == 0


@pytest.mark.parametrize(("field", "new"), [("value", 2), ("target", 2), ("evidence", "observed")])
def test_the_mouse_changes_no_cell_of_a_locked_lane(page: Page, field: str, new: Any) -> None:
    page.grid.set("Decision", "Emotion", 1)
    lock = {"collection": "lanes", "key": "emotion", "field": "locked", "old": False, "new": True}
    page.say(type="patch", id="l", base_rev=1, ops=[{"op": "field", **lock}])
    before = page.grid.journey
    op = cell_op("emotion", "decision", None, new)
    old = {"value": 1, "target": None, "evidence": "assumed"}[field]
    other = cell_op("goal", "adoption", None, "Stay")
    ops = [other, op | {"field": field, "old": old}]
    page.say(type="patch", id="p", base_rev=2, ops=ops)
    assert page.heard[-1]["type"] == "refused"
    assert page.heard[-1]["reason"] == "lane 'Emotion' is locked; unlock it in its menu"
    assert page.grid.journey == before
    page.grid.set("Decision", "Emotion", 2)
    page.say(type="undo")
    assert page.heard[-1]["reason"] == "lane 'Emotion' is locked; unlock it in its menu"
    assert page.grid.frame.loc["Emotion", "Decision"] == 2
    page.grid.undo()
    page.say(type="redo")
    assert page.heard[-1]["type"] == "refused"
    page.grid.redo()
    assert page.grid.frame.loc["Emotion", "Decision"] == 2


def test_undo_by_the_mouse_fills_and_empties_no_cell_of_a_locked_lane(page: Page) -> None:
    lanes = page.grid.journey.lanes
    page.grid.journey = page.grid.journey.replace("lanes", lanes.assign(locked=True))
    page.grid.set("Onboarding", "Goal", "Start")
    page.say(type="undo")
    assert page.heard[-1]["reason"] == "lane 'Goal' is locked; unlock it in its menu"
    assert page.grid.undo()
    page.say(type="redo")
    assert page.heard[-1]["type"] == "refused"
    assert page.grid.redo()
    filled = page.grid.journey
    page.grid.journey = filled.remove("stages", "Onboarding")
    page.say(type="undo")
    assert page.grid.journey == filled


def test_edits_from_another_thread_lose_nothing(page: Page) -> None:
    def edit() -> None:
        for number in range(40):
            old = None if number == 0 else str(number - 1)
            page.patch(("goal", "onboarding", old, str(number)), name=f"p{number}")

    browser = Thread(target=edit)
    browser.start()
    for number in range(40):
        page.grid.set("Adoption", "Owner", str(number))
    browser.join()
    frame = page.grid.frame
    assert (frame.loc["Goal", "Onboarding"], frame.loc["Owner", "Adoption"]) == ("39", "39")
    assert page.grid.revision == 80


def test_the_output_stays_readable_without_a_kernel(page: Page) -> None:
    data, metadata = page.grid._repr_mimebundle_()
    kept = "application/vnd.jupyter-journey+json"
    assert data[kept]["title"] == "Acme Boards"
    assert metadata[kept]["persona"] is None
    assert '<th scope="row">Goal</th>' in data["text/html"]
    assert "Acme Boards" in data["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_undo_and_redo_go_over_edits_and_python_alike(page: Page) -> None:
    grid, start = page.grid, page.grid.journey
    page.patch(("goal", "onboarding", None, "Start"))
    grid.journey = grid.journey.remove("stages", "Onboarding")
    grid.set("Adoption", "Emotion", 1, evidence="observed")
    end = grid.journey
    assert [grid.undo(), grid.undo()] == [True, True]
    assert grid.frame.loc["Goal", "Onboarding"] == "Start"
    page.say(type="undo")
    assert grid.journey == start
    assert grid.undo() is False
    page.say(type="redo")
    assert [grid.redo(), grid.redo(), grid.redo()] == [True, True, False]
    assert grid.journey == end
    grid.undo()
    grid.set("Decision", "Goal", "Other")
    assert grid.redo() is False


def test_apply_takes_a_frame_as_one_step(page: Page) -> None:
    frame = page.grid.frame
    frame.loc["Goal"] = [f"goal {number}" for number in range(8)]
    page.grid.apply(frame)
    assert page.grid.frame.loc["Goal"].tolist()[-1] == "goal 7"
    assert page.grid.revision == 1
    frame.loc["Emotion", "Decision"] = 7
    with pytest.raises(JourneyError, match="takes a number from -2 to 2"):
        page.grid.apply(frame)
    page.grid.undo()
    assert page.grid.frame.loc["Goal"].tolist() == ["", "", "Choose", "", "", "", "", ""]


def test_on_change_tells_until_stopped(page: Page) -> None:
    seen: list[str] = []
    stop = page.grid.on_change(lambda journey: seen.append(journey.wide().loc["Goal", "Adoption"]))
    page.patch(("goal", "adoption", None, "by mouse"))
    page.grid.set("Adoption", "Goal", "by Python")
    page.grid.undo()
    stop()
    stop()
    page.grid.undo()
    assert seen == ["by mouse", "by Python", "by mouse"]


def test_the_chosen_persona_may_go() -> None:
    journey = Journey.new("Acme").add("personas", name="Administrator")
    page = Page(JourneyGrid(journey, persona="Administrator"))
    page.grid.journey = page.grid.journey.remove("personas", "Administrator")
    assert page.heard[-1]["persona"] is None
    page.grid.set("Decision", "Goal", "For all")
    assert page.grid.journey.wide().loc["Goal", "Decision"] == "For all"


def test_what_is_neither_journey_nor_frame_is_refused(page: Page) -> None:
    with pytest.raises(FrameError, match="is a str, no frame"):
        JourneyGrid("x")  # type: ignore[arg-type]
    with pytest.raises(FrameError, match="is a list, no frame"):
        page.grid.apply([1])  # type: ignore[arg-type]


def test_when_the_persona_that_is_looked_at_goes_the_shared_cells_are_shown() -> None:
    grid = JourneyGrid(Journey.new("Acme").add("personas", name="Administrator"))
    grid.look("Administrator", bands=True)
    grid.fold()
    grid.journey = grid.journey.rename("personas", "Administrator", "Admin")
    assert grid.view["persona"] == "administrator"
    grid.journey = grid.journey.remove("personas", "Admin")
    assert grid.view == {"persona": None, "bands": True, "folded": []}


def test_findings_follow_the_journey(page: Page) -> None:
    assert page.grid.get_state()["_found"] is None
    page.grid.findings = True
    before = page.grid.get_state()["_found"]
    assert [found["check"] for found in before][:2] == ["CHK-101", "CHK-201"]
    page.grid.journey = page.grid.journey.add("personas", name="Administrator")
    checks = [found["check"] for found in page.grid.get_state()["_found"]]
    assert "CHK-201" not in checks


def test_a_page_of_its_own(page: Page, tmp_path: Path) -> None:
    page.grid.set("Decision", "Goal", "<script>alert(1)</script>")
    text = page.grid.to_html(tmp_path / "map.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
