"""Notebook 7, Voilà and marimo, each with the same small app: two grids, and what Python has."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from lab import PATIENCE, free_port, private_folders, run_command, running, wait_for_kernel
from playwright.sync_api import Page, Route

CELLS = (
    """\
import ipywidgets
import pandas as pd
from jupyter_journey import FrameGrid, Journey, JourneyGrid
grid = JourneyGrid(Journey.new("Acme Boards"))
grid""",
    """\
table = FrameGrid(pd.DataFrame({"name": ["Ann", "Bob"]}))
table""",
    """\
seen = ipywidgets.Label()
change = ipywidgets.Button(description="Change")
def show(_):
    seen.value = f"Seen: {grid.frame.loc['Goal', 'Onboarding']}, {table.frame.loc[0, 'name']}"
def alter(_):
    grid.set("Decision", "Goal", "By Python")
    table.set(1, "name", "By Python")
grid.on_change(show)
table.on_change(show)
change.on_click(alter)
ipywidgets.VBox([change, seen])""",
)
MARIMO = """\
import marimo
app = marimo.App()

@app.cell
def _():
    import marimo as mo
    import pandas as pd
    from jupyter_journey import FrameGrid, Journey, JourneyGrid
    grid = mo.ui.anywidget(JourneyGrid(Journey.new("Acme Boards")))
    table = mo.ui.anywidget(FrameGrid(pd.DataFrame({"name": ["Ann", "Bob"]})))
    mo.vstack([grid, table])
    return grid, mo, table

@app.cell
def _(grid, mo, table):
    mo.md(f"Seen: {grid.frame.loc['Goal', 'Onboarding']}, {table.frame.loc[0, 'name']}")

@app.cell
def _(mo):
    change = mo.ui.run_button(label="Change")
    change
    return (change,)

@app.cell
def _(change, grid, table):
    if change.value:
        grid.set("Decision", "Goal", "By Python")
        table.set(1, "name", "By Python")
"""


class Notebook:
    """Notebook 7; its menu runs the cells."""

    def __init__(self, folder: Path) -> None:
        write_notebook(folder / "files" / "app.ipynb")
        self.url = f"http://127.0.0.1:{free_port()}"
        self.ready = f"{self.url}/api/status?token=none"
        self.variables = private_folders(folder / "jupyter")
        self.command = [
            *("notebook", "--no-browser", "--allow-root", "--expose-app-in-browser"),
            f"--ServerApp.port={self.url.rpartition(':')[2]}",
            "--ServerApp.port_retries=0",
            "--IdentityProvider.token=none",
        ]

    def open(self, page: Page, console_errors: list[str]) -> None:
        page.goto(f"{self.url}/notebooks/app.ipynb?token=none")
        page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.sessionContext")
        wait_for_kernel(page)
        # What it says of its own settings while it loads.
        console_errors.clear()
        run_command(page, "notebook:run-all-cells")


class Voila:
    """Voilà; it runs the cells itself."""

    def __init__(self, folder: Path) -> None:
        write_notebook(folder / "files" / "app.ipynb")
        self.url = f"http://127.0.0.1:{free_port()}/"
        self.ready = f"{self.url}voila/templates/base/static/voila.js"
        # It serves no linked files, which a checkout's extension may be.
        extension, copies = Path("labextensions", "jupyter-journey"), folder / "copies"
        shutil.copytree(Path(sys.prefix, "share", "jupyter", extension), copies / extension)
        self.variables = {**private_folders(folder / "jupyter"), "JUPYTER_PATH": str(copies)}
        # It offers extensions some of JupyterLab's modules only, and reports one that wants more.
        unfit = "@jupyter-notebook/lab-extension"
        self.command = [
            *("voila", "app.ipynb", "--no-browser", "--Voila.ip=127.0.0.1"),
            f"--port={self.url.rstrip('/').rpartition(':')[2]}",
            f"--VoilaConfiguration.extension_denylist={unfit}",
        ]

    def open(self, page: Page, _: list[str]) -> None:
        page.route(self.url, without_foreign_icons)
        page.goto(self.url)


class Marimo:
    """Marimo, running an app; its cells run again when what they use has changed."""

    def __init__(self, folder: Path) -> None:
        (folder / "files" / "app.py").write_text(MARIMO)
        self.url = f"http://127.0.0.1:{free_port()}/"
        self.ready = f"{self.url}health"
        kinds = ("CONFIG", "STATE", "CACHE", "DATA")
        self.variables = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in kinds}
        self.command = [
            *("marimo", "run", "app.py", "--headless", "--no-token", "--host", "127.0.0.1"),
            *("--port", self.url.rstrip("/").rpartition(":")[2]),
        ]

    def open(self, page: Page, _: list[str]) -> None:
        page.goto(self.url)


Host = Notebook | Voila | Marimo
HOSTS: dict[str, type[Host]] = {"notebook": Notebook, "voila": Voila, "marimo": Marimo}


@contextmanager
def serve(name: str, folder: Path) -> Iterator[Host]:
    """Run this host with the app until the block ends."""
    (folder / "files").mkdir()
    host = HOSTS[name](folder)
    with running([sys.executable, "-m", *host.command], host.ready, folder, host.variables):
        yield host


def write_notebook(path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, path)


def without_foreign_icons(route: Route) -> None:
    """Take out the link to another machine that stands in Voilà's own template."""
    answer = route.fetch(timeout=PATIENCE)
    body = re.sub(r"<link[^>]+fortawesome[^>]+>", "", answer.text())
    route.fulfill(response=answer, body=body)
