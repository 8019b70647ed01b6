"""Notebooks for the browser tests, and what a person does with them in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import nbformat
from lab import Lab, open_lab, run_command
from playwright.sync_api import Locator, Page, expect

SHOWN = 120_000
"""Milliseconds that anything may take on a machine with much else to do."""


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
          await context.sessionContext.session.kernel.info;
        }"""
    )


def run(page: Page, number: int) -> None:
    """Run a cell by its number from 1, whichever one an edit of a map has selected."""
    page.evaluate(
        """number => {
          window.jupyterapp.shell.currentWidget.content.activeCellIndex = number - 1;
          void window.jupyterapp.commands.execute('notebook:run-cell');
        }""",
        number,
    )


def save(page: Page) -> None:
    """Save the document in front."""
    run_command(page, "docmanager:save")


def text_of(path: Path) -> str:
    """Return all text outputs of a saved notebook."""
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text", "") for output in outputs)


def the_map(page: Page, title: str) -> Locator:
    """Return the map of this title, once it shows."""
    found = page.get_by_role("grid", name=f"Customer journey map: {title}")
    expect(found).to_be_visible(timeout=SHOWN)
    return found


def cell(shown: Locator, lane: str, stage: str, content: str = "") -> Locator:
    """Return a cell by what a screen reader calls it."""
    return shown.get_by_role("gridcell", name=f"{lane}, {stage}: {content}")


def fill_in(shown: Locator, lane: str, stage: str, text: str) -> None:
    """Type a text into a cell, in place of what it holds."""
    cell(shown, lane, stage).dblclick()
    editor = shown.get_by_role("textbox", name=f"{lane}, {stage}")
    editor.fill(text)
    editor.press("Enter")
