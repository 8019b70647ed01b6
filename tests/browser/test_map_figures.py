"""Figures on the map, kinds of lanes, and what others change meanwhile; by role and name."""

from __future__ import annotations

import re
from typing import Any

from lab import Lab, open_lab
from notebooks import cell, fill_in, open_notebook, run, save, settle, the_map, write
from playwright.sync_api import Locator, Page, expect

from jupyter_journey import Journey
from jupyter_journey.model.records import Measurement

FILE = "figures.journey.json"
SHOW = """\
from jupyter_journey import Journey, JourneyGrid
grid = JourneyGrid(Journey.load("figures.journey.json"))
grid"""


def shown(page: Page, lab: Lab, journey: Journey) -> Locator:
    journey.save(lab.root / FILE, overwrite=True)
    open_lab(page, lab, FILE)
    return the_map(page, journey.title)


def choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_role("menu").get_by_text(label, exact=True).click()


def measured() -> Journey:
    """Return a map with a figure of two quarters in each of four stages."""
    journey = Journey.new("Measured", stages=["Look", "Try", "Buy", "Use"])
    same: Any = {"name": "Went on", "metric": "MET-37", "lane_id": "metrics", "unit": "share"}
    quarters = {"old": "2026-01-01/2026-03-31", "new": "2026-04-01/2026-06-30"}
    moves: Any = (
        ("look", "up", (0.4, 0.42)),
        ("try", "down", (0.1, 0.15)),
        ("buy", None, (0.5, 0.5)),
        ("use", None, (0.2, 0.1)),
    )
    figures = [
        Measurement(
            id=f"{stage}-{age}",
            stage_id=stage,
            value=value,
            low=value - 0.05,
            high=value + 0.05,
            n=1200,
            period=quarters[age],
            direction=direction,
            **same,
        )
        for stage, direction, values in moves
        for age, value in zip(quarters, values, strict=True)
    ]
    return journey.replace("measurements", figures)


def test_a_figure_says_on_what_it_rests_and_how_it_moved(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, measured())
    basis = "from {} to {}, n = 1,200, 2026-04 – 2026-06"
    for stage, said in {
        "Look": f"42%, Went on, {basis.format('37%', '47%')}, +2 pts, better, since",
        "Try": f"15%, Went on, {basis.format('10%', '20%')}, +5 pts, worse, since",
        "Buy": f"50%, Went on, {basis.format('45%', '55%')}, unchanged, since",
        "Use": f"10%, Went on, {basis.format('5%', '15%')}, −10 pts, since",
    }.items():
        expect(cell(grid, "Metrics", stage, f"{said} 2026-03")).to_be_visible()
    # Never by colour alone.
    expect(cell(grid, "Metrics", "Look")).to_contain_text("▲ +2 pts, better")
    expect(cell(grid, "Metrics", "Try")).to_contain_text("▲ +5 pts, worse")


def test_what_a_person_sets_stands_beside_what_was_computed(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, measured())
    fill_in(grid, "Metrics", "Look", "0.5")
    changed = cell(grid, "Metrics", "Look", "50% (set by hand); 42%, Went on")
    expect(changed).to_contain_text("set by hand (+8 pts)")
    expect(changed).to_contain_text("computed: 42%")
    changed.click(button="right")
    choose(page, "Set target")
    page.get_by_role("textbox", name="target Metrics, Look").fill("0.6")
    page.keyboard.press("Enter")
    expect(changed).to_contain_text("target 60%")


def test_whether_a_figure_still_holds_is_said_in_words(page: Page, lab: Lab) -> None:
    measured().save(lab.root / FILE, overwrite=True)
    states = {"look-new": "fresh", "try-new": "stale", "buy-new": "no-source", "use-new": "broken"}
    path = write(lab, "states.ipynb", SHOW, f"grid.states = {states!r}")
    open_notebook(page, lab, path)
    run(page, 1)
    grid = the_map(page, "Measured")
    run(page, 2)
    said = {"Look": "✓ up to date", "Try": "◷ stale", "Buy": "○ no source", "Use": "✕ broken"}
    for stage, state in said.items():
        expect(cell(grid, "Metrics", stage)).to_contain_text(state)
        word = re.compile(state.partition(" ")[2])
        expect(cell(grid, "Metrics", stage)).to_have_accessible_name(word)


def test_a_new_lane_is_of_the_kind_one_chooses(page: Page, lab: Lab) -> None:
    journey = Journey.new("Kinds", stages=["Look", "Buy"]).add("personas", name="Admin")
    grid = shown(page, lab, journey)
    add_lane(page, "Tags", "Chips")
    add_lane(page, "Who", "Reference", "Personas")
    add_lane(page, "Picture", "Image")
    fill_in(grid, "Tags", "Look", "E-mail, Fax")
    cell(grid, "Who", "Buy").dblclick()
    page.get_by_role("option", name="Admin").click()
    page.keyboard.press("Enter")
    expect(cell(grid, "Who", "Buy", "Admin")).to_be_visible()
    save(page)
    saved = Journey.load(lab.root / FILE)
    lanes = saved.lanes.set_index("name")
    assert lanes.loc[["Tags", "Who", "Picture"], "kind"].tolist() == ["chips", "reference", "image"]
    assert lanes.loc["Who", "refers_to"] == "personas"
    assert saved.wide().loc["Who", "Buy"] == ("admin",)
    # With the persona its id goes out of the cell.
    assert saved.remove("personas", "Admin").wide().loc["Who", "Buy"] == ""


def add_lane(page: Page, name: str, *kind: str) -> None:
    page.get_by_role("button", name="More").click()
    choose(page, "New lane", *kind)
    field = page.get_by_role("textbox", name="New name of")
    expect(field).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def test_a_choice_lane_asks_for_its_choices(page: Page, lab: Lab) -> None:
    grid = shown(page, lab, Journey.new("Choices", stages=["Look", "Buy"]))
    page.get_by_role("button", name="More").click()
    choose(page, "New lane", "Choice")
    asked = page.get_by_role("dialog", name="Choices")
    field = asked.get_by_role("textbox", name="Choices")
    expect(field).to_be_focused()
    asked.get_by_role("button", name="Keep").click()
    expect(field).to_have_accessible_description("Not kept: at least one choice is needed.")
    field.fill("low\nhigh\n")
    asked.get_by_role("button", name="Keep").click()
    page.keyboard.type("Risk")
    page.keyboard.press("Enter")
    cell(grid, "Risk", "Buy").dblclick()
    page.get_by_role("combobox", name="Risk, Buy").select_option("high")
    page.keyboard.press("Enter")
    expect(cell(grid, "Risk", "Buy", "high")).to_be_visible()

    grid.get_by_role("rowheader", name="Risk").click(button="right")
    choose(page, "Choices")
    field.fill("low")
    asked.get_by_role("button", name="Keep").click()
    expect(field).to_have_accessible_description("Not kept: a cell of this lane holds high.")
    field.fill("low\nmedium\nhigh")
    asked.get_by_role("button", name="Keep").click()
    expect(asked).to_have_count(0)
    save(page)
    lanes = Journey.load(lab.root / FILE).lanes.set_index("name")
    assert lanes.loc["Risk", "options"] == ("low", "medium", "high")


def test_what_others_change_in_the_text_leaves_undo_its_steps(page: Page, lab: Lab) -> None:
    journey = Journey.new("Shared", stages=["Look", "Buy"]).set("Look", "Goal", "Find")
    grid = shown(page, lab, journey)
    fill_in(grid, "Goal", "Look", "Mine")
    expect(cell(grid, "Goal", "Look", "Mine")).to_be_visible()
    theirs = journey.set("Look", "Goal", "Mine").set("Buy", "Goal", "Theirs")
    theirs = theirs.add("stages", name="Use").move("stages", "Use", before="Look")
    put_text(page, theirs.dumps())
    expect(cell(grid, "Goal", "Buy", "Theirs")).to_be_visible()
    expect(grid.get_by_role("columnheader", name="Use")).to_be_visible()
    cell(grid, "Goal", "Look").click()
    page.keyboard.press("Control+z")
    expect(cell(grid, "Goal", "Look", "Find")).to_be_visible()
    expect(cell(grid, "Goal", "Buy", "Theirs")).to_be_visible()
    page.keyboard.press("Control+y")
    expect(cell(grid, "Goal", "Look", "Mine")).to_be_visible()


def put_text(page: Page, text: str) -> None:
    """Change the text of the file in front, as another editor of it would."""
    page.evaluate(
        "text => window.jupyterapp.shell.currentWidget.context.model.fromString(text)", text
    )


def test_what_the_text_changes_under_an_editor_is_overwritten_only_knowingly(
    page: Page, lab: Lab
) -> None:
    journey = Journey.new("Beneath", stages=["Look", "Buy"]).set("Look", "Goal", "Find")
    grid = shown(page, lab, journey)
    look = cell(grid, "Goal", "Look")
    field = page.get_by_role("textbox", name="Goal, Look")
    told = re.compile("changed meanwhile, now it holds: Theirs")
    look.dblclick()
    field.fill("Mine")
    put_text(page, journey.set("Look", "Goal", "Theirs").dumps())
    field.press("Enter")
    expect(field).to_have_accessible_description(told)
    field.press("Escape")
    expect(cell(grid, "Goal", "Look", "Theirs")).to_be_focused()

    page.keyboard.press("Enter")
    field.fill("Mine")
    put_text(page, journey.dumps())
    put_text(page, journey.set("Look", "Goal", "Theirs").set("Buy", "Goal", "Pay").dumps())
    field.press("Enter")
    expect(cell(grid, "Goal", "Look", "Mine")).to_be_focused()

    # A text that is no journey for a while takes nothing typed away, and isn't written over.
    page.keyboard.press("Enter")
    field.fill("Last")
    put_text(page, "{")
    expect(page.get_by_role("alert").filter(has_text="no JSON")).to_be_visible()
    put_text(page, journey.set("Look", "Goal", "Theirs").dumps())
    expect(cell(grid, "Goal", "Look", "Theirs")).to_contain_text("Last")
    expect(look).to_have_accessible_description(re.compile("Not saved: .*no JSON"))
    look.focus()
    page.keyboard.press("Escape")
    expect(look).not_to_contain_text("Last")


def test_an_edit_without_a_kernel_says_so_and_throws_nothing(
    page: Page, lab: Lab, console_errors: list[str]
) -> None:
    measured().save(lab.root / FILE, overwrite=True)
    path = write(lab, "dead.ipynb", SHOW)
    open_notebook(page, lab, path)
    run(page, 1)
    grid = the_map(page, "Measured")
    settle(page)
    page.evaluate(
        "async () => { await window.jupyterapp.shell.currentWidget.sessionContext.shutdown(); }"
    )
    before = len(console_errors)
    fill_in(grid, "Goal", "Look", "Too late")
    expect(page.get_by_text("Disconnected").first).to_be_visible()
    expect(cell(grid, "Goal", "Look", "Too late")).to_be_visible()
    expect(grid).to_have_attribute("aria-readonly", "true")
    assert console_errors[before:] == []
