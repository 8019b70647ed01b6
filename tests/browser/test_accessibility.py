"""The map by axe: no violation of WCAG 2.2 A and AA in any state, light, dark, forced colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import Lab, Theme, open_lab
from maps import full, service_blueprint
from notebooks import cell, open_notebook, run, the_map, write
from playwright.sync_api import Page, expect

from jupyter_journey import Journey

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Check the document in front; Jupyter's own shell isn't ours."""
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, context="div[lang]:has([role=grid])", options=options).response
    assert found["passes"], "axe found nothing to check"
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


LOOKS = {"light": {}, "dark": {}, "forced": {"forced_colors": "active"}}
FINDINGS = """\
from jupyter_journey import Journey, JourneyGrid
JourneyGrid(Journey.load("axe.journey.json"), findings=True)"""


def people() -> Journey:
    """Return a map with all kinds of content, bands, a lane of choices, and a locked one."""
    journey = full().add("personas", name="Admin").add("personas", name="Buyer")
    journey = journey.set("Decision", "Goal", "Control", persona="Admin")
    lanes = journey.lanes
    lanes.loc[lanes["id"] == "owner", "locked"] = True
    journey = journey.replace("lanes", lanes)
    return journey.add("lanes", name="Risk", kind="choice", options=("low", "high"))


def choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_role("menu").get_by_text(label, exact=True).click()


@pytest.mark.parametrize("look", LOOKS)
def test_no_violation_in_any_state(page: Page, lab: Lab, tmp_path: Path, look: str) -> None:
    theme: Theme = "dark" if look == "dark" else "light"
    journey = people()
    journey.save(lab.root / "axe.journey.json", overwrite=True)
    page.set_viewport_size({"width": 1600, "height": 1000})
    page.emulate_media(**LOOKS[look])
    open_lab(page, lab, "axe.journey.json", theme)
    shown = the_map(page, journey.title)
    seen: dict[str, list[str]] = {}

    def look_at(state: str) -> None:
        seen[state] = violations(page)

    look_at("full")
    page.screenshot(path=tmp_path / f"{look}.png")
    cell(shown, "Goal", "Decision").dblclick()
    look_at("editing")
    page.keyboard.press("Escape")
    cell(shown, "Emotion", "Decision").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    look_at("a wrong value")
    cell(shown, "Goal", "Decision").click()
    look_at("a draft")
    cell(shown, "Channels", "Decision").dblclick()
    look_at("offers")
    page.keyboard.press("Escape")
    shown.get_by_role("columnheader", name="Onboarding").click(button="right")
    look_at("menu of a stage")
    page.keyboard.press("Escape")
    page.keyboard.press("F2")
    look_at("renaming")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+f")
    page.keyboard.type("web")
    look_at("search")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    look_at("help")
    page.keyboard.press("Escape")
    cell(shown, "Touchpoints", "Decision").get_by_role("button", name="Show").click()
    look_at("card")
    page.keyboard.press("Escape")
    shown.get_by_role("rowheader", name="Risk").click(button="right")
    choose(page, "Choices")
    look_at("choices")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More").click()
    choose(page, "Shown for", "Admin")
    look_at("one persona")
    page.get_by_role("button", name="More").click()
    choose(page, "Shown for", "Each persona in a band")
    look_at("bands")
    assert {state: found for state, found in seen.items() if found} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["empty", "blueprint"])
def test_no_violation(page: Page, lab: Lab, tmp_path: Path, name: str, theme: Theme) -> None:
    journey = {"empty": lambda: Journey.new("Empty"), "blueprint": service_blueprint}[name]()
    journey.save(lab.root / "axe.journey.json", overwrite=True)
    page.set_viewport_size({"width": 1600, "height": 1000})
    open_lab(page, lab, "axe.journey.json", theme)
    shown = the_map(page, journey.title)
    assert violations(page) == []
    page.screenshot(path=tmp_path / f"{name}-{theme}.png")
    shown.get_by_role("gridcell").first.dblclick()
    assert violations(page) == []


def test_no_violation_in_the_list_of_findings(page: Page, lab: Lab) -> None:
    people().save(lab.root / "axe.journey.json", overwrite=True)
    open_notebook(page, lab, write(lab, "axe.ipynb", FINDINGS))
    run(page, 1)
    shown = the_map(page, full().title)
    listed = page.get_by_role("complementary", name="Findings")
    expect(listed).to_be_visible()
    for look in ({}, {"color_scheme": "dark"}, {"forced_colors": "active"}):
        page.emulate_media(**look)
        assert violations(page) == []
    # A finding of a persona that no cell refers to opens her card.
    listed.get_by_role("button", name="Admin").first.click()
    expect(page.get_by_role("dialog", name="Admin")).to_be_visible()
    page.keyboard.press("Escape")
    listed.get_by_role("button", name="Onboarding").first.click()
    expect(shown.get_by_role("columnheader", name="Onboarding")).to_be_focused()
