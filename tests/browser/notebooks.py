"""Notebooks for the browser tests, and what a person does with them in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import nbformat
from lab import PATIENCE, Lab, open_lab, run_command
from playwright.sync_api import Locator, Page, expect


def write(lab: Lab, name: str, *cells: str) -> Path:
    """Put a notebook of these code cells into the server's folder."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    path = lab.root / name
    nbformat.write(notebook, path)
    return path


def open_notebook(page: Page, lab: Lab, path: Path) -> None:
    """Open a notebook and wait until its kernel takes orders."""
    open_lab(page, lab, path.name)
    page.wait_for_function("() => window.jupyterapp.shell.currentWidget?.context")
    page.evaluate(
        """async () => {
          const { context } = window.jupyterapp.shell.currentWidget;
          await context.ready;
          await context.sessionContext.ready;
          const { kernel } = context.sessionContext.session;
          await kernel.info;
          // How a grid is looked at, while the kernel hasn't heard of it.
          const looks = (window.unansweredLooks = new Set());
          kernel.anyMessage.connect((_, { msg }) => {
            const { data, execution_state } = msg.content;
            const { type, id } = data?.content ?? {};
            if (type === 'look') looks.add(id);
            if (type === 'looked') looks.delete(id);
            if (['restarting', 'starting'].includes(execution_state)) looks.clear();
          });
        }"""
    )


def run(page: Page, number: int) -> None:
    """Run a cell by its number from 1, whichever one an edit of a map has selected.

    Edits reach the kernel beside the cells it runs: one that is to be seen has to be there before.
    """
    settle(page)
    start(page, number)


def start(page: Page, number: int) -> None:
    """Run a cell, whatever else still runs or waits."""
    page.evaluate(
        """number => {
          window.jupyterapp.shell.currentWidget.content.activeCellIndex = number - 1;
          void window.jupyterapp.commands.execute('notebook:run-cell');
        }""",
        number,
    )


def settle(page: Page) -> None:
    """Wait until no cell runs and the kernel has answered every edit and every look."""
    page.wait_for_function(
        """() => !window.jupyterapp.shell.currentWidget.content.widgets.some(
          cell => cell.model.executionState === 'running'
        )"""
    )
    page.wait_for_function("() => !window.unansweredLooks?.size")
    for waiting in ("Saving …", "No answer from the kernel"):
        expect(page.get_by_text(waiting)).to_have_count(0, timeout=PATIENCE)


def save(page: Page) -> None:
    """Save the document in front."""
    run_command(page, "docmanager:save")


def text_of(path: Path) -> str:
    """Return all text outputs of a saved notebook."""
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text", "") for output in outputs)


def the_map(page: Page, title: str) -> Locator:
    """Return the map of this title, once it takes edits: one that was kept shows before it."""
    found = page.get_by_role("grid", name=f"Customer journey map: {title}")
    expect(found).to_have_attribute("aria-readonly", "false")
    return found


def cell(shown: Locator, lane: str, stage: str, content: str = "") -> Locator:
    """Return a cell by what a screen reader calls it."""
    return shown.get_by_role("gridcell", name=f"{lane}, {stage}: {content}")


def fill_in(shown: Locator, lane: str, stage: str, text: str) -> None:
    """Type a text into a cell, in place of what it holds."""
    expect(shown).to_have_attribute("aria-readonly", "false")
    cell(shown, lane, stage).dblclick()
    editor = shown.get_by_role("textbox", name=f"{lane}, {stage}")
    editor.fill(text)
    editor.press("Enter")
