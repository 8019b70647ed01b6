"""The grid's kernel side, spoken to as the browser speaks to it."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pandas as pd
import pytest

from jupyter_journey import Journey, JourneyError, JourneyGrid


class Page:
    """Stands where a browser would: sends messages, keeps what comes back."""

    def __init__(self, grid: JourneyGrid) -> None:
        self.grid = grid
        self.heard: list[dict[str, Any]] = []
        grid.send = self.heard.append  # type: ignore[method-assign]

    def say(self, **content: Any) -> None:
        self.grid._handle_custom_msg(content, [])

    def patch(self, *ops: tuple[str, str, Any, Any], name: str = "p", base: int = 0) -> None:
        plain = [
            {"lane_id": lane, "stage_id": stage, "persona_id": None, "old": old, "new": new}
            for lane, stage, old, new in ops
        ]
        self.say(type="patch", id=name, base_rev=base, ops=plain)


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
    assert (answer["type"], answer["id"], answer["revision"]) == ("accepted", "p", 1)
    assert [op["new"] for op in answer["ops"]] == ["Start", -1]


def test_a_patch_holds_whole_or_not_at_all(page: Page) -> None:
    page.patch(("goal", "onboarding", None, "Start"), ("emotion", "decision", None, 3))
    assert page.grid.revision == 0
    assert page.grid.journey == Journey.new("Acme Boards").set("Decision", "Goal", "Choose")
    (answer,) = page.heard
    assert answer["type"] == "refused"
    assert "takes a number from -2 to 2" in answer["reason"]
    assert [op["new"] for op in answer["ops"]] == [None, None]


def test_an_edit_of_an_older_revision_holds_if_its_cell_is_untouched(page: Page) -> None:
    page.patch(("goal", "onboarding", None, "one"), name="a")
    page.patch(("goal", "adoption", None, "two"), name="b")
    page.patch(("goal", "onboarding", None, "three"), name="c")
    assert [answer["type"] for answer in page.heard] == ["accepted", "accepted", "refused"]
    assert page.heard[-1]["ops"][0]["new"] == "one"
    assert "changed meanwhile" in page.heard[-1]["reason"]
    assert page.grid.frame.loc["Goal", "Onboarding"] == "one"


def test_python_writes_are_told_as_the_whole_document(page: Page) -> None:
    page.grid.set("Adoption", "Owner", "Product")
    page.grid.journey = page.grid.journey.change(title="Renamed")
    assert [answer["revision"] for answer in page.heard] == [1, 2]
    assert Journey.loads(page.heard[-1]["document"]) == page.grid.journey


def test_a_page_that_loads_gets_the_present_state(page: Page) -> None:
    page.patch(("goal", "onboarding", None, "Start"))
    state = page.grid.get_state()["_snapshot"]
    assert state == {"document": page.grid.journey.dumps(), "revision": 1, "persona": None}
    page.heard.clear()
    page.say(type="refresh", revision=1)
    assert page.heard == []
    page.say(type="refresh", revision=0)
    assert page.heard == [{"type": "document", **state}]


def test_revision_and_journey_can_be_observed(page: Page) -> None:
    seen: list[Any] = []
    page.grid.observe(lambda change: seen.append(change["new"].title), "journey")
    page.grid.observe(lambda change: seen.append(change["new"]), "revision")
    page.grid.journey = page.grid.journey.change(title="Renamed")
    assert sorted(map(str, seen)) == ["1", "Renamed"]


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


def test_read_only_refuses(page: Page) -> None:
    page.grid.read_only = True
    page.patch(("goal", "onboarding", None, "Start"))
    assert page.heard[0]["reason"] == "the map is read-only"
    assert page.grid.revision == 0


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
