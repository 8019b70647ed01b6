"""The map for whoever writes, reads or looks at it in another way; by role and name."""

from __future__ import annotations

from typing import Any

import pytest
from lab import Lab, open_lab
from maps import full
from notebooks import cell, save, the_map
from playwright.sync_api import Locator, Page, expect
from test_accessibility import violations

from jupyter_journey import Journey

FILE = "people.journey.json"


def shown(page: Page, lab: Lab, journey: Journey) -> Locator:
    journey.save(lab.root / FILE, overwrite=True)
    open_lab(page, lab, FILE)
    return the_map(page, journey.title)


@pytest.mark.parametrize(
    ("lane", "composed", "kept"),
    [("Goal", "かいし", "開始"), ("Actions", "ㄎㄞㄕˇ", "開始"), ("Channels", "めーる", "メール")],
)
def test_an_input_method_composes_in_a_cell(
    page: Page, lab: Lab, lane: str, composed: str, kept: str
) -> None:
    grid = shown(page, lab, Journey.new("Composed", stages=["Look", "Buy"]))
    keys = page.context.new_cdp_session(page)
    cell(grid, lane, "Look").focus()
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name=f"{lane}, Look")
    expect(field).to_be_focused()
    for end in range(1, len(composed) + 1):
        text = composed[:end]
        keys.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": end, "selectionEnd": end}
        )
    # Enter and Escape belong to the input method as long as it composes.
    for key in ("Enter", "Escape"):
        press = {"key": key, "code": key, "windowsVirtualKeyCode": 229}
        keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **press})
        keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **press})
    expect(field).to_have_value(composed)
    keys.send("Input.insertText", {"text": kept})
    expect(field).to_have_value(kept)
    page.keyboard.press("Enter")
    expect(cell(grid, lane, "Look", kept)).to_be_focused()


def test_an_input_method_begins_at_a_closed_cell(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, Journey.new("Begun", stages=["Look", "Buy"]).set("Look", "Goal", "Old"))
    keys = page.context.new_cdp_session(page)
    cell(grid, "Goal", "Look").focus()
    # It hides which key it was, and goes on in the field that opens.
    press = {"key": "Process", "code": "KeyK", "windowsVirtualKeyCode": 229}
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **press})
    field = page.get_by_role("textbox", name="Goal, Look")
    expect(field).to_be_focused()
    keys.send("Input.imeSetComposition", {"text": "かいし", "selectionStart": 3, "selectionEnd": 3})
    expect(field).to_have_value("かいし")
    keys.send("Input.insertText", {"text": "開始"})
    page.keyboard.press("Enter")
    expect(cell(grid, "Goal", "Look", "開始")).to_be_focused()


def test_a_stage_is_named_by_an_input_method(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, Journey.new("Named", stages=["Look", "Buy"]))
    keys = page.context.new_cdp_session(page)
    grid.get_by_role("columnheader", name="Look").focus()
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name="New name of Look")
    expect(field).to_be_focused()
    keys.send("Input.imeSetComposition", {"text": "にんち", "selectionStart": 3, "selectionEnd": 3})
    keys.send("Input.insertText", {"text": "認知"})
    expect(field).to_have_value("認知")
    page.keyboard.press("Enter")
    expect(grid.get_by_role("columnheader", name="認知")).to_be_focused()


def test_text_from_right_to_left(page: Page, lab: Lab) -> None:
    journey = Journey.new("Both ways", stages=["Look", "Buy"])
    journey = journey.set("Look", "Goal", "למצוא דרך החוצה").set("Buy", "Goal", "Find a way out")
    journey = journey.set("Look", "Actions", ["يبحث", "يقارن"])
    grid = shown(page, lab, journey)
    runs(cell(grid, "Goal", "Look").get_by_role("paragraph"), "rtl")
    runs(cell(grid, "Goal", "Buy").get_by_role("paragraph"), "ltr")
    runs(cell(grid, "Actions", "Look").get_by_role("list"), "rtl")
    cell(grid, "Goal", "Look").dblclick()
    runs(page.get_by_role("textbox", name="Goal, Look"), "rtl")
    page.keyboard.press("Control+a")
    page.keyboard.type("A way out")
    runs(page.get_by_role("textbox", name="Goal, Look"), "ltr")
    page.keyboard.press("Enter")
    save(page)
    assert Journey.load(lab.root / FILE).wide().loc["Actions", "Look"] == ("يبحث", "يقارن")


def runs(found: Locator, way: str) -> None:
    expect(found).to_have_css("direction", way)


@pytest.mark.parametrize(
    "asked", [{"contrast": "more"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}]
)
def test_what_the_reader_asked_for(page: Page, lab: Lab, asked: dict[str, Any]) -> None:
    page.emulate_media(**asked)
    grid = shown(page, lab, full())
    assert violations(page) == []
    first = grid.get_by_role("gridcell").first
    first.click(button="right")
    assert violations(page) == []
    page.keyboard.press("Escape")
    first.dblclick()
    assert violations(page) == []


def test_where_one_stands_is_seen_without_colours(page: Page, lab: Lab) -> None:
    page.emulate_media(forced_colors="active")
    grid = shown(page, lab, full())
    cell(grid, "Goal", "Awareness").click()
    page.keyboard.press("Shift+ArrowRight")
    expect(cell(grid, "Goal", "Awareness")).to_have_css("outline-style", "dashed")
    expect(cell(grid, "Goal", "Consideration")).to_have_css("outline-style", "solid")
    page.keyboard.press("Shift+F10")
    menu = page.get_by_role("menu", name="Menu of the cell Goal")
    expect(menu.get_by_role("menuitem").first).to_have_css("outline-style", "solid")
    page.keyboard.press("Escape")
    heading = grid.get_by_role("rowheader", name="Goal")
    heading.focus()
    expect(heading).to_have_css("outline-style", "solid")


def test_nothing_moves_where_that_is_asked_for(page: Page, lab: Lab) -> None:
    page.emulate_media(reduced_motion="reduce")
    grid = shown(page, lab, full())
    moving = grid.evaluate(
        """grid => [grid, ...grid.querySelectorAll('*')].filter(it => {
          const { transitionDuration, animationName } = getComputedStyle(it);
          return animationName !== 'none' || !/^(0s(, )?)+$/.test(transitionDuration);
        }).length"""
    )
    assert moving == 0


def test_headings_stay_put_on_a_narrow_page(page: Page, lab: Lab) -> None:
    page.set_viewport_size({"width": 600, "height": 600})
    stages = full().stages
    stages.loc[0, "name"] = "What happens before anybody has heard of us at all"
    grid = shown(page, lab, full().replace("stages", stages))
    lane = grid.get_by_role("rowheader", name="Owner")
    stage = grid.get_by_role("columnheader", name="Advocacy")
    corner = cell(grid, "Owner", "Advocacy")
    top = place(grid.get_by_role("columnheader", name="Consideration"))["y"]
    left = place(grid.get_by_role("rowheader", name="Goal"))["x"]
    corner.scroll_into_view_if_needed()
    expect(lane).to_be_in_viewport()
    expect(stage).to_be_in_viewport()
    assert place(lane)["x"] == pytest.approx(left, abs=1)
    assert place(stage)["y"] == pytest.approx(top, abs=1)
    # The last cell isn't hidden under them.
    corner.focus()
    assert place(corner)["x"] >= place(lane)["x"] + place(lane)["width"] - 1
    assert place(corner)["y"] >= place(stage)["y"] + place(stage)["height"] - 1
    for name in ("Opportunities", "Evidence", "Metrics"):
        page.keyboard.press("ArrowUp")
        there = cell(grid, name, "Advocacy")
        expect(there).to_be_focused()
        assert place(there)["y"] >= place(stage)["y"] + place(stage)["height"] - 1


def place(found: Locator) -> Any:
    box = found.bounding_box()
    assert box is not None
    return box
