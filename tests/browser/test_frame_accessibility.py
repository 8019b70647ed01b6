"""The frame editor by axe: no violation of WCAG 2.2 A and AA, in light, dark and high contrast."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import Lab, Theme, set_theme
from notebooks import open_notebook, run, write
from playwright.sync_api import Page, expect

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOW = """\
import pandas as pd
from jupyter_journey import FrameGrid
grid = FrameGrid(pd.DataFrame({
    "name": ["Ann", "Bob", None],
    "age": [31, 48, 25],
    "plan": pd.Categorical(["free", "team", "business"]),
    "active": [True, False, True],
    "since": pd.to_datetime(["2026-01-31", None, "2026-03-31"]),
    "tags": [("vip", "beta"), (), ("new",)],
}))
grid.lock([1])
grid"""


def violations(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, context="div[lang]:has([role=grid])", options=options).response
    assert found["passes"], "axe found nothing to check"
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def show(page: Page, lab: Lab, name: str, source: str = SHOW) -> None:
    open_notebook(page, lab, write(lab, f"{name}.ipynb", source))
    run(page, 1)
    expect(page.get_by_role("grid", name="Table: ")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violation_in_any_state(page: Page, lab: Lab, tmp_path: Path, theme: Theme) -> None:
    show(page, lab, f"axe-{theme}")
    set_theme(page, theme)
    grid = page.get_by_role("grid", name="Table: ")
    assert violations(page) == []
    for name in ("name, 0: Ann", "plan, 0: free", "age, 0: 31", "since, 0: 2026"):
        grid.get_by_role("gridcell", name=name).dblclick()
        assert violations(page) == []
        page.keyboard.press("Escape")
    grid.get_by_role("gridcell", name="age, 0: 31").click()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    grid.get_by_role("gridcell", name="name, 2").click()
    page.keyboard.press("Control+a")
    assert violations(page) == []
    grid.get_by_role("columnheader", name="plan").focus()
    page.keyboard.press("Shift+F10")
    expect(page.get_by_role("dialog", name="Column menu: plan")).to_be_visible()
    assert violations(page) == []
    page.screenshot(path=tmp_path / f"{theme}.png")
    page.keyboard.press("Escape")
    grid.get_by_role("rowheader", name="2").click(button="right")
    expect(page.get_by_role("dialog", name="Row menu: 2")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert violations(page) == []


def test_no_violation_when_empty_or_in_high_contrast(page: Page, lab: Lab) -> None:
    show(page, lab, "axe-empty", SHOW.replace("grid.lock([1])", "grid.delete([0, 1, 2])"))
    assert violations(page) == []
    page.emulate_media(forced_colors="active")
    assert violations(page) == []
