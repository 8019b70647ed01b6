"""Two write at once, or the kernel is elsewhere: all ends in one state, and everybody sees it."""

from __future__ import annotations

import re
from collections.abc import Callable

from lab import Lab
from notebooks import cell, fill_in, open_notebook, run, save, settle, start, write
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

BOTH = """\
import time
import pandas as pd
from jupyter_journey import FrameGrid, Journey, JourneyGrid
goals = Journey.new("Acme Boards", stages=["Look", "Buy"]).wide()
people = pd.DataFrame({"name": ["Ann", "Bob"]})
grid, table = JourneyGrid(goals, bind=True), FrameGrid(people, bind=True)
display(grid, table)"""
# Caught, as a cell that fails takes the ones asked for next with it.
BUSY = """\
print("begun")
try:
    time.sleep(600)
except KeyboardInterrupt:
    pass"""
KEPT = 'print("kept:", *goals.loc["Goal"], *people["name"], sep="|")'


def the_table(page: Page) -> Locator:
    found = page.get_by_role("grid", name="Table: ")
    expect(found).to_be_visible()
    return found


def name(table: Locator, row: int, content: str = "") -> Locator:
    return table.get_by_role("gridcell", name=f"name, {row}: {content}")


def rename(table: Locator, row: int, text: str) -> None:
    name(table, row).dblclick()
    editor = table.get_by_role("textbox", name=f"name, {row}")
    editor.fill(text)
    editor.press("Enter")


class Wires:
    """The page's connections to its kernels, which may carry nothing for a while."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        page.route_web_socket(re.compile("/api/kernels/"), self._join)

    def _join(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()

        def carry(to: WebSocketRoute) -> Callable[[str | bytes], None]:
            return lambda message: None if self.is_cut else to.send(message)

        page.on_message(carry(server))
        server.on_message(carry(page))


def interrupt(page: Page) -> None:
    """Interrupt the running cell, as a person does: again where it goes on."""
    page.evaluate(
        """async () => {
          const { content, sessionContext } = window.jupyterapp.shell.currentWidget;
          const isRunning = () => content.widgets.some(
            cell => cell.model.executionState === 'running'
          );
          for (let tries = 0; isRunning() && tries < 3; tries++) {
            await sessionContext.session.kernel.interrupt();
            for (let waits = 0; isRunning() && waits < 100; waits++) {
              await new Promise(resolve => setTimeout(resolve, 100));
            }
          }
        }"""
    )


def test_whoever_comes_second_to_a_cell_is_refused_and_told(
    page: Page, lab: Lab, console_errors: list[str]
) -> None:
    wires = Wires(page)
    pandas = 'goals.loc["Goal", "Look"] = people.loc[0, "name"] = "By pandas"'
    open_notebook(page, lab, write(lab, "second.ipynb", BOTH, f"{pandas}\n{BUSY}", KEPT))
    run(page, 1)
    table, shown = the_table(page), page.get_by_role("grid", name="Customer journey map: ")
    run(page, 2)
    expect(page.get_by_text("begun", exact=True)).to_be_visible()
    fill_in(shown, "Goal", "Look", "By mouse")
    rename(table, 0, "By mouse")
    interrupt(page)
    settle(page)
    expect(cell(shown, "Goal", "Look", "By pandas")).to_be_visible()
    expect(cell(shown, "Goal", "Look")).to_have_accessible_description(
        re.compile("changed meanwhile")
    )
    expect(name(table, 0)).to_have_accessible_name(re.compile("now it holds 'By pandas'"))
    run(page, 3)
    expect(page.get_by_text("kept:|By pandas||By pandas|Bob")).to_be_visible()
    # What was typed waits in its cell until it is kept or given up.
    cell(shown, "Goal", "Look").focus()
    page.keyboard.press("Enter")
    expect(shown.get_by_role("textbox", name="Goal, Look")).to_have_value("By mouse")
    page.keyboard.press("Enter")
    expect(cell(shown, "Goal", "Look", "By mouse")).to_be_focused()
    run(page, 3)
    expect(page.get_by_text("kept:|By mouse||By pandas|Bob")).to_be_visible()
    # A connection that carries nothing: both find out by themselves that it does again.
    wires.is_cut = True
    rename(table, 1, "While cut off")
    fill_in(shown, "Goal", "Buy", "While cut off")
    expect(page.get_by_text("No answer from the kernel")).to_have_count(2)
    wires.is_cut = False
    run(page, 3)
    expect(page.get_by_text("kept:|By mouse|While cut off|By pandas|While cut off")).to_be_visible()
    assert console_errors == []


def test_edits_of_a_busy_kernel_outlive_its_interruption_and_a_reload(page: Page, lab: Lab) -> None:
    path = write(lab, "busy.ipynb", BOTH, BUSY, KEPT)
    open_notebook(page, lab, path)
    run(page, 1)
    table, shown = the_table(page), page.get_by_role("grid", name="Customer journey map: ")
    run(page, 2)
    expect(page.get_by_text("begun", exact=True)).to_be_visible()
    fill_in(shown, "Goal", "Look", "In time")
    rename(table, 1, "In time")
    interrupt(page)
    run(page, 3)
    expect(page.get_by_text("kept:|In time||Ann|In time")).to_be_visible()
    save(page)
    open_notebook(page, lab, path)
    expect(name(the_table(page), 1, "In time")).to_be_visible()
    expect(cell(shown, "Goal", "Look", "In time")).to_be_visible()
    rename(table, 0, "After the reload")
    fill_in(shown, "Goal", "Buy", "After the reload")
    run(page, 3)
    kept = "kept:|In time|After the reload|After the reload|In time"
    expect(page.get_by_text(kept)).to_be_visible()


def test_what_is_replaced_under_an_open_editor_is_gone_and_the_rest_goes_on(
    page: Page, lab: Lab, console_errors: list[str]
) -> None:
    later = """\
from pathlib import Path
from threading import Thread
def replace():
    while not Path("now").exists():
        time.sleep(0.05)
    grid.journey = Journey.new("Renewed", stages=["Use"])
    table.apply(pd.DataFrame({"city": ["Bonn"]}))
Thread(target=replace, daemon=True).start()"""
    free = BOTH.replace("bind=True", "bind=False")
    seen = 'print("seen:", *grid.frame.loc["Goal"], *table.frame["city"], sep="|")'
    open_notebook(page, lab, write(lab, "replaced.ipynb", free, later, seen))
    run(page, 1)
    table, shown = the_table(page), page.get_by_role("grid", name="Customer journey map: ")
    run(page, 2)
    name(table, 0).dblclick()
    table.get_by_role("textbox", name="name, 0").fill("Too late")
    cell(shown, "Goal", "Look").dblclick()
    shown.get_by_role("textbox", name="Goal, Look").fill("Too late")
    (lab.root / "now").touch()
    expect(shown.get_by_role("columnheader", name="Use")).to_be_visible()
    page.keyboard.press("Enter")
    city = table.get_by_role("gridcell", name="city, 0: Bonn")
    expect(city).to_be_visible()
    fill_in(shown, "Goal", "Use", "Goes on")
    city.dblclick()
    editor = table.get_by_role("textbox", name="city, 0")
    editor.fill("Ulm")
    editor.press("Enter")
    run(page, 3)
    expect(page.get_by_text("seen:|Goes on|Ulm")).to_be_visible()
    assert console_errors == []


def test_a_restarted_kernel_is_told_of_and_a_new_run_shows_anew(page: Page, lab: Lab) -> None:
    open_notebook(page, lab, write(lab, "restarted.ipynb", BOTH, KEPT))
    run(page, 1)
    table = the_table(page)
    settle(page)
    page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    rename(table, 0, "Kept in the page")
    expect(page.get_by_text("No answer from the kernel").first).to_be_visible()
    expect(name(table, 0, "Kept in the page")).to_be_visible()
    expect(table).to_have_attribute("aria-readonly", "true")
    start(page, 1)
    expect(name(table, 0, "Ann")).to_be_visible()
    rename(table, 0, "Anew")
    run(page, 2)
    expect(page.get_by_text("kept:|||Anew|Bob")).to_be_visible()
