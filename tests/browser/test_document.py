"""A journey file in JupyterLab: made by the launcher, edited, saved by Jupyter's own Save."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab, open_lab, run_command
from notebooks import cell, fill_in, save, the_map
from playwright.sync_api import Page, expect

from jupyter_journey import Journey


def test_launcher_card_to_file_on_disk(page: Page, lab: Lab, console_errors: list[str]) -> None:
    open_lab(page, lab)
    run_command(page, "launcher:create")
    page.get_by_role("button", name="New customer journey map").click()
    shown = the_map(page, "Untitled journey")
    fill_in(shown, "Goal", "Onboarding", "First board in ten minutes")
    expect(cell(shown, "Goal", "Onboarding", "First board in ten minutes")).to_be_visible()
    fill_in(shown, "Channels", "Adoption", "App, E-mail")

    save(page)
    (path,) = lab.root.glob("untitled*.journey.json")
    saved = Journey.load(path)
    path.unlink()
    assert saved.wide().loc["Goal", "Onboarding"] == "First board in ten minutes"
    assert saved.wide().loc["Channels", "Adoption"] == ("App", "E-mail")
    assert saved.cells.shape[0] == 2
    assert console_errors == []


def test_what_lab_saves_is_what_python_would_have_saved(page: Page, lab: Lab) -> None:
    path = lab.root / "same.journey.json"
    before = Journey.new("Same").set("Decision", "Emotion", 0.5).save(path)
    open_lab(page, lab, path.name)
    shown = the_map(page, "Same")
    fill_in(shown, "Emotion", "Onboarding", "-1.5")
    fill_in(shown, "Pain points", "Onboarding", "")
    save(page)
    assert path.read_text() == before.set("Onboarding", "Emotion", -1.5).dumps()


def test_undo_and_redo(page: Page, lab: Lab) -> None:
    Journey.new("Steps").save(lab.root / "steps.journey.json", overwrite=True)
    open_lab(page, lab, "steps.journey.json")
    shown = the_map(page, "Steps")
    fill_in(shown, "Goal", "Decision", "first")
    fill_in(shown, "Goal", "Decision", "second")
    page.keyboard.press("Control+z")
    expect(cell(shown, "Goal", "Decision", "first")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(cell(shown, "Goal", "Decision", "empty")).to_be_visible()
    said = page.get_by_role("status")
    expect(said).to_contain_text(["Undone"])
    page.keyboard.press("Control+Shift+z")
    expect(cell(shown, "Goal", "Decision", "first")).to_be_visible()
    expect(said).to_contain_text(["Redone"])
    run_command(page, "editmenu:undo")
    expect(cell(shown, "Goal", "Decision", "empty")).to_be_visible()
    run_command(page, "editmenu:redo")
    expect(cell(shown, "Goal", "Decision", "first")).to_be_visible()


def test_two_views_of_a_file_share_edits_and_undo(page: Page, lab: Lab) -> None:
    Journey.new("Twice").save(lab.root / "twice.journey.json", overwrite=True)
    open_lab(page, lab, "twice.journey.json")
    fill_in(the_map(page, "Twice"), "Goal", "Decision", "one")
    run_command(page, "docmanager:clone")
    grids = page.get_by_role("grid", name="Customer journey map: Twice")
    expect(grids).to_have_count(2)
    fill_in(grids.last, "Goal", "Decision", "two")
    expect(cell(grids.first, "Goal", "Decision", "two")).to_be_visible()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(cell(grids.first, "Goal", "Decision", "empty")).to_be_visible()
    expect(cell(grids.last, "Goal", "Decision", "empty")).to_be_visible()


def test_by_keyboard_alone(page: Page, lab: Lab) -> None:
    Journey.new("Keys").save(lab.root / "keys.journey.json", overwrite=True)
    open_lab(page, lab, "keys.journey.json")
    shown = the_map(page, "Keys")
    cell(shown, "Goal", "Awareness").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(shown, "Actions", "Consideration")).to_be_focused()

    page.keyboard.type("Compare")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Ask")
    page.keyboard.press("Tab")
    expect(cell(shown, "Actions", "Consideration", "Compare; Ask")).to_be_visible()
    expect(cell(shown, "Actions", "Decision")).to_be_focused()

    page.keyboard.press("F2")
    page.keyboard.type("Never mind")
    page.keyboard.press("Escape")
    expect(cell(shown, "Actions", "Decision", "empty")).to_be_focused()

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    expect(cell(shown, "Actions", "Consideration", "empty")).to_be_focused()

    cell(shown, "Emotion", "Awareness").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(cell(shown, "Emotion", "Awareness", "content (+1)")).to_be_focused()


def test_a_wrong_value_stays_in_its_cell_and_nowhere_else(page: Page, lab: Lab) -> None:
    path = lab.root / "wrong.journey.json"
    Journey.new("Wrong").save(path, overwrite=True)
    open_lab(page, lab, path.name)
    shown = the_map(page, "Wrong")
    fill_in(shown, "Emotion", "Decision", "great")
    editor = shown.get_by_role("textbox", name="Emotion, Decision")
    expect(editor).to_have_value("great")
    expect(editor).to_have_attribute("aria-invalid", "true")
    expect(editor).to_have_accessible_description(
        "Not kept: this needs a number from -2 to 2, such as 0.5."
    )
    cell(shown, "Goal", "Decision").click()
    wrong = cell(shown, "Emotion", "Decision")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_contain_text("great")
    save(page)
    assert Journey.load(path).cells.empty


def test_a_locked_lane_takes_no_edit(page: Page, lab: Lab) -> None:
    journey = Journey.new("Locked").set("Decision", "Goal", "Stay")
    lanes = journey.lanes
    lanes.loc[lanes["id"] == "goal", "locked"] = True
    lanes.loc[lanes["id"] == "owner", "hidden"] = True
    journey.replace("lanes", lanes).save(lab.root / "locked.journey.json", overwrite=True)
    open_lab(page, lab, "locked.journey.json")
    shown = the_map(page, "Locked")
    cell(shown, "Goal", "Decision").dblclick()
    page.keyboard.type("Go")
    expect(shown.get_by_role("textbox")).to_have_count(0)
    expect(cell(shown, "Goal", "Decision", "Stay")).to_have_attribute("aria-readonly", "true")
    expect(shown.get_by_role("rowheader", name="Owner")).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "no JSON"),
        ('{"schema_version": 1}', "$.title: is missing"),
        ('{"schema_version": 2, "title": "x"}', "the file is of schema 2"),
    ],
)
def test_a_broken_file_says_why_and_opens_as_text(
    page: Page, lab: Lab, text: str, reason: str
) -> None:
    path: Path = lab.root / "broken.journey.json"
    path.write_text(text)
    open_lab(page, lab, path.name)
    expect(page.get_by_role("alert").filter(has_text=reason)).to_be_visible()
    page.get_by_role("button", name="Open as text").click()
    editor = page.get_by_role("main").get_by_role("textbox").filter(has_text=text)
    expect(editor.first).to_be_visible()
