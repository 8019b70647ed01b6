"""The map by axe: no violation of WCAG 2.2 A and AA, in light and dark, empty, full and editing."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import Lab, Theme, open_lab
from maps import full, service_blueprint
from notebooks import cell, the_map
from playwright.sync_api import Page

from jupyter_journey import Journey

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MAPS = {"full": full, "empty": lambda: Journey.new("Empty"), "blueprint": service_blueprint}


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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", MAPS)
def test_no_violation(page: Page, lab: Lab, tmp_path: Path, name: str, theme: Theme) -> None:
    journey = MAPS[name]()
    journey.save(lab.root / "axe.journey.json", overwrite=True)
    page.set_viewport_size({"width": 1600, "height": 1000})
    open_lab(page, lab, "axe.journey.json", theme)
    shown = the_map(page, journey.title)
    assert violations(page) == []
    page.screenshot(path=tmp_path / f"{name}-{theme}.png")

    first = shown.get_by_role("gridcell").first
    first.dblclick()
    assert violations(page) == []
    page.keyboard.press("Escape")


def test_no_violation_where_a_value_is_wrong(page: Page, lab: Lab) -> None:
    full().save(lab.root / "axe.journey.json", overwrite=True)
    open_lab(page, lab, "axe.journey.json")
    shown = the_map(page, full().title)
    cell(shown, "Emotion", "Decision").dblclick()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    assert violations(page) == []
    cell(shown, "Goal", "Decision").click()
    assert violations(page) == []


def test_high_contrast(page: Page, lab: Lab, tmp_path: Path) -> None:
    full().save(lab.root / "axe.journey.json", overwrite=True)
    page.emulate_media(forced_colors="active")
    open_lab(page, lab, "axe.journey.json")
    the_map(page, full().title)
    assert violations(page) == []
    page.screenshot(path=tmp_path / "contrast.png")


def test_no_violation_with_menu_search_help_and_offers_open(page: Page, lab: Lab) -> None:
    full().save(lab.root / "axe.journey.json", overwrite=True)
    open_lab(page, lab, "axe.journey.json")
    shown = the_map(page, full().title)
    shown.get_by_role("columnheader", name="Onboarding").click(button="right")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("F2")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+f")
    page.keyboard.type("web")
    assert violations(page) == []
    page.keyboard.press("Escape")
    cell(shown, "Channels", "Decision").dblclick()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert violations(page) == []
