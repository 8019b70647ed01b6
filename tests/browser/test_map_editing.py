"""The map as an editor in JupyterLab, by role and name: structure, ranges, clipboard, scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lab import Lab, open_lab
from maps import full, service_blueprint
from notebooks import cell, save, the_map
from playwright.sync_api import Locator, Page, expect

from jupyter_journey import Journey

FILE = "editing.journey.json"
STAGES = ["Look", "Buy", "Use"]
LANES = 11


@pytest.fixture
def path(lab: Lab) -> Path:
    return lab.root / FILE


def shown(page: Page, lab: Lab, journey: Journey) -> Locator:
    """Open a journey as a document and return its map."""
    journey.save(lab.root / FILE, overwrite=True)
    open_lab(page, lab, FILE)
    return the_map(page, journey.title)


def shop() -> Journey:
    journey = Journey.new("Shop", stages=STAGES).set("Buy", "Goal", "Pay")
    return journey.set("Buy", "Emotion", -1, target=1)


def expect_names(grid: Locator, role: Any, *names: str, others: int = 0) -> None:
    """Wait until the headings of this role that have a menu, stages or lanes, begin with these."""
    found = grid.get_by_role(role).filter(has=grid.page.get_by_role("button", name="Menu of"))
    expect(found).to_have_count(len(names) + others)
    for place, name in enumerate(names):
        expect(found.nth(place)).to_have_accessible_name(name)


def choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_role("menu").get_by_text(label, exact=True).click()


def paste(page: Page, text: str = "", html: str = "") -> None:
    """Paste into whatever has the focus, as another program would have copied it."""
    page.evaluate(
        """([text, html]) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', text);
          if (html) clipboardData.setData('text/html', html);
          document.activeElement.dispatchEvent(new ClipboardEvent('paste',
              { clipboardData, bubbles: true, cancelable: true }));
        }""",
        [text, html],
    )


def test_a_stage_is_renamed_copied_moved_and_deleted_by_its_menu(
    page: Page, lab: Lab, path: Path, console_errors: list[str]
) -> None:
    grid = shown(page, lab, shop())
    buy = grid.get_by_role("columnheader", name="Buy", exact=True)
    buy.hover()
    buy.get_by_role("button", name="Menu of Buy").click()
    choose(page, "Duplicate")
    expect(grid.get_by_role("columnheader", name="Buy (2)")).to_be_focused()
    expect(cell(grid, "Goal", "Buy (2)", "Pay")).to_be_visible()

    grid.get_by_role("columnheader", name="Buy (2)").click(button="right")
    choose(page, "Rename")
    name = page.get_by_role("textbox", name="New name of Buy (2)")
    name.fill("Use")
    expect(name).to_have_accessible_description("Not kept: Use is there already.")
    name.fill("Return")
    name.press("Enter")
    grid.get_by_role("columnheader", name="Return").click(button="right")
    choose(page, "Move right")
    expect_names(grid, "columnheader", "Look", "Buy", "Use", "Return")

    grid.get_by_role("columnheader", name="Buy", exact=True).click(button="right")
    choose(page, "Delete")
    expect(page.get_by_role("status")).to_contain_text(["Deleted Buy, with 2 filled cells"])
    save(page)
    assert Journey.load(path).stages["name"].tolist() == ["Look", "Use", "Return"]
    for _ in range(4):
        page.keyboard.press("Control+z")
    expect_names(grid, "columnheader", *STAGES)
    save(page)
    assert Journey.load(path).cells.shape[0] == 2
    assert console_errors == []


def test_structure_by_keyboard_alone(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, shop())
    cell(grid, "Goal", "Look").focus()
    page.keyboard.press("ArrowUp")
    expect(grid.get_by_role("columnheader", name="Look")).to_be_focused()
    page.keyboard.press("Alt+ArrowRight")
    expect_names(grid, "columnheader", "Buy", "Look", "Use")
    page.keyboard.press("F2")
    page.keyboard.type("Search")
    page.keyboard.press("Enter")
    expect(grid.get_by_role("columnheader", name="Search")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("menuitem", name="Rename")).to_be_focused()
    page.keyboard.press("i")
    expect(page.get_by_role("menuitem", name="Insert before")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Hear of us")
    page.keyboard.press("Enter")
    expect_names(grid, "columnheader", "Buy", "Hear of us", "Search", "Use")
    page.keyboard.press("Delete")
    expect_names(grid, "columnheader", "Buy", "Search", "Use")

    cell(grid, "Goal", "Buy").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+ArrowDown")
    expect(grid.get_by_role("rowheader", name="Goal")).to_be_focused()
    expect_names(grid, "rowheader", "Actions", "Goal", others=LANES - 2)
    page.keyboard.press("Shift+F10")
    page.keyboard.press("Escape")
    expect(grid.get_by_role("rowheader", name="Goal")).to_be_focused()


def test_headings_are_dragged(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, shop())
    drag(page, heading(grid, "columnheader", "Use"), heading(grid, "columnheader", "Look"), -30, 0)
    expect_names(grid, "columnheader", "Use", "Look", "Buy")
    drag(page, heading(grid, "rowheader", "Goal"), heading(grid, "rowheader", "Actions"), 0, 10)
    expect_names(grid, "rowheader", "Actions", "Goal", others=LANES - 2)


def heading(grid: Locator, role: Any, name: str) -> Locator:
    return grid.get_by_role(role, name=name, exact=True)


def drag(page: Page, source: Locator, target: Locator, right: float, down: float) -> None:
    start, end = source.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2 + 9, start["y"] + start["height"] / 2 + 9)
    page.mouse.move(
        end["x"] + end["width"] / 2 + right, end["y"] + end["height"] / 2 + down, steps=4
    )
    page.mouse.up()


def test_lanes_are_hidden_shown_locked_and_given_a_line(page: Page, lab: Lab, path: Path) -> None:
    grid = shown(page, lab, shop())
    heading(grid, "rowheader", "Owner").click(button="right")
    choose(page, "Hide")
    expect(heading(grid, "rowheader", "Owner")).to_have_count(0)
    heading(grid, "rowheader", "Goal").click(button="right")
    choose(page, "Lock")
    expect(cell(grid, "Goal", "Buy")).to_have_attribute("aria-readonly", "true")
    heading(grid, "rowheader", "Actions").click(button="right")
    choose(page, "Line below", "Line of visibility")
    expect(grid.get_by_role("rowheader", name="Line of visibility")).to_be_visible()
    page.get_by_role("toolbar", name="Map tools").get_by_role("button", name="More").click()
    choose(page, "Show Owner")
    expect(heading(grid, "rowheader", "Owner")).to_be_visible()
    save(page)
    lanes = Journey.load(path).lanes.set_index("id")
    assert lanes.loc["goal", "locked"]
    assert not lanes.loc["owner", "hidden"]
    assert lanes.loc["actions", "line_after"] == "visibility"


def test_sub_steps_fold(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, shop())
    heading(grid, "columnheader", "Buy").click(button="right")
    choose(page, "Insert sub-step")
    page.keyboard.type("Pay by card")
    page.keyboard.press("Enter")
    expect_names(grid, "columnheader", "Look", "Buy", "Pay by card", "Use")
    heading(grid, "columnheader", "Buy").click(button="right")
    choose(page, "Insert sub-step")
    page.keyboard.type("Wait")
    page.keyboard.press("Enter")
    expect_names(grid, "columnheader", "Look", "Buy", "Pay by card", "Wait", "Use")
    fold = grid.get_by_role("button", name="Buy: 2 sub-steps")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect_names(grid, "columnheader", *STAGES)
    heading(grid, "columnheader", "Buy").click(button="right")
    choose(page, "Expand sub-steps")
    expect(heading(grid, "columnheader", "Pay by card")).to_be_visible()


def test_personas_in_bands(page: Page, lab: Lab, path: Path) -> None:
    journey = shop().add("personas", name="Admin").set("Use", "Goal", "Control", persona="Admin")
    grid = shown(page, lab, journey)
    more = page.get_by_role("button", name="More")
    more.click()
    choose(page, "Shown for", "Admin")
    expect(cell(grid, "Goal", "Buy", "Pay, shared")).to_be_visible()
    cell(grid, "Goal", "Buy").dblclick()
    page.keyboard.press("Enter")
    cell(grid, "Goal", "Use").dblclick()
    page.keyboard.type(" all")
    page.keyboard.press("Enter")
    more.click()
    choose(page, "Shown for", "Each persona in a band")
    expect(grid.get_by_role("rowheader", name="Everyone")).to_be_visible()
    expect(cell(grid, "Goal", "Use", "Control all")).to_be_visible()
    save(page)
    saved = Journey.load(path)
    assert saved.wide("Admin").loc["Goal"].tolist() == ["", "", "Control all"]


def test_a_block_goes_out_and_in_again(page: Page, lab: Lab, path: Path) -> None:
    journey = shop().set("Look", "Actions", ["Search", "Ask"]).set("Look", "Goal", 'Say "hi"')
    grid = shown(page, lab, journey)
    cell(grid, "Goal", "Look").click()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_role("status")).to_contain_text(["2 cells selected"])
    page.keyboard.press("Control+c")
    cell(grid, "Goal", "Use").click()
    page.keyboard.press("Control+v")
    expect(cell(grid, "Actions", "Use", "Search; Ask")).to_be_visible()
    expect(cell(grid, "Goal", "Use", 'Say "hi"')).to_be_visible()
    page.keyboard.press("Control+z")
    expect(cell(grid, "Goal", "Use", "empty")).to_be_visible()
    expect(cell(grid, "Actions", "Use", "empty")).to_be_visible()
    page.keyboard.press("Control+a")
    expect(grid.get_by_role("gridcell", selected=True)).to_have_count(LANES * len(STAGES))
    page.keyboard.press("Control+c")
    expect(page.get_by_role("status")).to_contain_text(["Copied 33 cells"])

    cell(grid, "Goal", "Look").click()
    cell(grid, "Actions", "Buy").click(modifiers=["Shift"])
    page.keyboard.press("Control+x")
    save(page)
    assert Journey.load(path).cells["lane_id"].tolist() == ["emotion"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('Find\t"Pay\nlater"\nSearch\tEnter card\n', ""),
        (
            "no table",
            """<table><tr><td>Find</td><td>Pay<br>later</td></tr>
            <tr><td>Search</td><td>Enter card</td></tr></table>""",
        ),
    ],
)
def test_a_block_from_a_spreadsheet(page: Page, lab: Lab, path: Path, text: str, html: str) -> None:
    grid = shown(page, lab, shop())
    cell(grid, "Goal", "Look").click()
    paste(page, text, html)
    expect(page.get_by_role("status")).to_contain_text(["Pasted 4 cells"])
    save(page)
    wide = Journey.load(path).wide()
    assert wide.loc["Goal"].tolist() == ["Find", "Pay\nlater", ""]
    assert wide.loc["Actions"].tolist() == [("Search",), ("Enter card",), ""]


def test_what_doesnt_suit_stays_in_its_cell(page: Page, lab: Lab, path: Path) -> None:
    grid = shown(page, lab, shop())
    cell(grid, "Emotion", "Look").click()
    paste(page, "0.5\tgreat\t2\t1")
    expect(page.get_by_role("status")).to_contain_text(
        ["Pasted 2 cells; wrong: 1, locked or beyond the map: 1"]
    )
    wrong = cell(grid, "Emotion", "Buy")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_contain_text("great")
    save(page)
    assert Journey.load(path).wide().loc["Emotion"].tolist() == [0.5, -1, 2]


def test_one_value_fills_the_range(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, shop())
    drag(page, cell(grid, "Goal", "Look"), cell(grid, "Goal", "Use"), 0, 0)
    paste(page, "Same")
    for stage in STAGES:
        expect(cell(grid, "Goal", stage, "Same")).to_be_visible()
    page.keyboard.press("Delete")
    expect(cell(grid, "Goal", "Buy", "empty")).to_be_visible()


def test_find(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, full())
    cell(grid, "Goal", "Awareness").click()
    page.keyboard.press("Control+f")
    field = page.get_by_role("searchbox", name="Find in the map")
    field.fill("web")
    search = page.get_by_role("search")
    expect(search.get_by_role("status")).to_have_text("1 of 3")
    page.keyboard.press("Enter")
    expect(search.get_by_role("status")).to_have_text("2 of 3")
    page.keyboard.press("Escape")
    expect(cell(grid, "Channels", "Consideration")).to_be_focused()
    expect(search).to_have_count(0)


def test_scores_are_dragged_and_moved_by_keys(page: Page, lab: Lab, path: Path) -> None:
    grid = shown(page, lab, shop())
    buy = cell(grid, "Emotion", "Buy")
    box = buy.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2

    def height(score: float) -> float:
        return box["y"] + box["height"] * (50 - 13 * score) / 100

    page.mouse.move(middle, height(-1))
    page.mouse.down()
    page.mouse.move(middle, height(0.5), steps=3)
    expect(cell(grid, "Emotion", "Buy", "content (+0.5)")).to_be_visible()
    page.mouse.up()
    expect(buy).to_be_focused()
    page.keyboard.press("Control+ArrowUp")
    page.keyboard.press("Control+Shift+ArrowDown")
    expect(cell(grid, "Emotion", "Buy", "content (+1); target content (+0.5)")).to_be_visible()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(cell(grid, "Emotion", "Buy", "unhappy (−1); target content (+1)")).to_be_visible()
    buy.click(button="right", position={"x": 8, "y": 8})
    choose(page, "Set target")
    page.get_by_role("textbox", name="target Emotion, Buy").fill("2")
    page.keyboard.press("Enter")
    save(page)
    assert Journey.load(path).cells.set_index("lane_id").loc["emotion", "target"] == 2


def test_evidence_is_set_from_the_menu(page: Page, lab: Lab, path: Path) -> None:
    grid = shown(page, lab, shop())
    cell(grid, "Goal", "Buy").click(button="right")
    choose(page, "Evidence", "observed")
    expect(cell(grid, "Goal", "Buy", "Pay, evidence: observed")).to_be_visible()
    save(page)
    assert Journey.load(path).cells.set_index("lane_id").loc["goal", "evidence"] == "observed"


def test_chips_and_references_offer_what_is_known(page: Page, lab: Lab, path: Path) -> None:
    grid = shown(page, lab, full())
    cell(grid, "Channels", "Advocacy").dblclick()
    offers = page.get_by_role("listbox", name="Values of Channels")
    offers.get_by_role("option", name="App").click()
    expect(offers.get_by_role("option", name="App")).to_have_attribute("aria-selected", "true")
    field = page.get_by_role("textbox", name="Channels, Advocacy")
    expect(field).to_have_value("App")
    field.press("End")
    page.keyboard.type(", Fair")
    page.keyboard.press("Enter")
    expect(cell(grid, "Channels", "Advocacy", "App; Fair")).to_be_focused()

    cell(grid, "Touchpoints", "Advocacy").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(cell(grid, "Touchpoints", "Advocacy", "Website")).to_be_visible()
    save(page)
    wide = Journey.load(path).wide()
    assert wide.loc["Channels", "Advocacy"] == ("App", "Fair")
    assert wide.loc["Touchpoints", "Advocacy"] == ("website",)


def test_a_reference_has_a_card(page: Page, lab: Lab) -> None:
    points = full().touchpoints
    points.loc[points["id"] == "website", "customer_goal"] = "See whether it fits"
    grid = shown(page, lab, full().replace("touchpoints", points))
    cell(grid, "Touchpoints", "Consideration").get_by_role("button", name="Show Website").click()
    card = page.get_by_role("dialog", name="Website")
    expect(card.get_by_role("cell", name="See whether it fits")).to_be_visible()
    page.keyboard.press("Escape")
    expect(cell(grid, "Touchpoints", "Consideration")).to_be_focused()
    page.keyboard.press("Shift+F10")
    choose(page, "Show Website")
    expect(card).to_be_visible()


def test_help_lists_the_keys(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, service_blueprint())
    grid.get_by_role("gridcell").first.click()
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Keys and help")
    expect(help_.get_by_role("rowheader", name="Ctrl+F")).to_be_visible()
    help_.get_by_role("button", name="Close").click()
    expect(grid.get_by_role("gridcell").first).to_be_focused()


def test_an_empty_map_can_be_filled(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, Journey.new("Bare", stages=["Only"]).replace("lanes", []))
    heading(grid, "columnheader", "Only").click(button="right")
    choose(page, "Delete")
    page.get_by_role("button", name="More").click()
    choose(page, "New stage")
    page.keyboard.type("First")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="More").click()
    choose(page, "New lane", "Text")
    page.keyboard.type("Doubts")
    page.keyboard.press("Enter")
    expect(cell(grid, "Doubts", "First", "empty")).to_be_visible()
