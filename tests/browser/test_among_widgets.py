"""Both grids within other widgets, in JupyterLab: they show, take edits and move what is linked."""

from __future__ import annotations

from lab import Lab
from notebooks import cell, fill_in, open_notebook, run, the_map, write
from playwright.sync_api import Page, expect

BOX = """\
import ipywidgets
import pandas as pd
from jupyter_journey import FrameGrid, Journey, JourneyGrid
grid = JourneyGrid(Journey.new("Acme Boards", stages=["Look", "Buy"]))
table = FrameGrid(pd.DataFrame({"name": ["Ann", "Bob"]}))
count = ipywidgets.Label()
ipywidgets.dlink((grid, "revision"), (count, "value"), lambda number: f"{number} changes")
ipywidgets.Tab([ipywidgets.HBox([grid, count]), table], titles=["Map", "People"])"""
INTERACT = """\
@ipywidgets.interact(title=["First", "Second"])
def show(title):
    chosen = JourneyGrid(Journey.new(title, stages=["Look", "Buy"]))
    ipywidgets.link((grid, "journey"), (chosen, "journey"))
    grid.journey = grid.journey.change(title=title)
    display(chosen)"""


def test_they_work_in_boxes_tabs_and_interact(
    page: Page, lab: Lab, console_errors: list[str]
) -> None:
    open_notebook(page, lab, write(lab, "among.ipynb", BOX, INTERACT))
    run(page, 1)
    first = the_map(page, "Acme Boards")
    fill_in(first, "Goal", "Look", "Find it")
    expect(page.get_by_text("1 changes")).to_be_visible()
    run(page, 2)
    maps = page.get_by_role("grid", name="Customer journey map: First")
    expect(maps).to_have_count(2)
    expect(cell(maps.last, "Goal", "Look", "Find it")).to_be_visible()
    fill_in(maps.last, "Goal", "Buy", "Pay")
    expect(cell(maps.first, "Goal", "Buy", "Pay")).to_be_visible()
    page.get_by_role("combobox", name="title").select_option("Second")
    maps = page.get_by_role("grid", name="Customer journey map: Second")
    expect(maps).to_have_count(2)
    expect(cell(maps.last, "Goal", "Buy", "Pay")).to_be_visible()
    page.get_by_role("tab", name="People").click()
    table = page.get_by_role("grid", name="Table: ")
    expect(table.get_by_role("gridcell", name="name, 1: Bob")).to_be_visible()
    assert console_errors == []
