"""marimo's data editor, on the page of its own server: the nearest thing to a cell that is run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from chromium import launch
from grid_lab import EDITS, FRAME, PAUSE, PROBE, Figures
from lab import free_port, stop
from playwright.sync_api import Page, sync_playwright

WAIT = 90_000
HEADER = 36
APP = """\
import marimo
app = marimo.App(width="full")

@app.cell
def _():
    import time
    import marimo as mo
    import numpy as np, pandas as pd
{frame_of}
    frame = frame_of({rows})
    began = time.time()
    editor = mo.ui.data_editor(frame)
    return began, editor, mo

@app.cell
def _(began, editor, mo):
    mo.vstack([mo.md(f"began {{began}}"), editor])

@app.cell
def _(editor, mo):
    mo.md(f"first amount {{editor.value['amount'].iloc[0]}}")
"""


@contextmanager
def served(rows: int) -> Iterator[str]:
    """Run the app on a server until the block ends; yield its address."""
    begin = FRAME.index("def frame_of")
    frame_of = FRAME[begin : FRAME.index("class Echo")]
    indented = "".join(f"    {line}\n" for line in frame_of.splitlines())
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "app.py"
        path.write_text(APP.format(frame_of=indented, rows=rows))
        options = ["--headless", "--no-token", "--port", str(port)]
        process = subprocess.Popen(
            [sys.executable, "-m", "marimo", "-q", "run", str(path), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address)
            yield address
        finally:
            stop(process)


def wait_for(address: str) -> None:
    """Return when the server answers."""
    for _ in range(300):
        try:
            with urlopen(address, timeout=5):  # noqa: S310  (our own server)
                return
        except (URLError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError("marimo didn't start")


def measured(rows: int, rounds: int) -> Figures:
    """Return its figures; the first page, which loads all, is dropped."""
    figures: Figures = {"painted": [], "edit": [], "done": []}
    with served(rows) as address, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.add_init_script(PROBE)
        page.goto(address, timeout=WAIT, wait_until="commit")
        page.get_by_text("first amount").wait_for(timeout=WAIT)
        for _ in range(rounds):
            # A new session runs the app anew; files are in the browser's cache.
            page.goto(address, timeout=WAIT, wait_until="commit")
            end = page.evaluate("bench.changed('marimo', '', 90)")
            said = page.get_by_text("began ").text_content() or ""
            figures["painted"].append(end - float(said.split()[1]) * 1000)
            page.get_by_text("first amount").wait_for(timeout=WAIT)
            for number in range(EDITS):
                page.wait_for_timeout(PAUSE)
                edit(page, f"{number + 1}.5", figures)
        browser.close()
    return figures


def edit(page: Page, text: str, figures: Figures) -> None:
    """Type a number into the first cell; the clock runs from Enter on."""
    # Another element lies above the canvas and takes the click for it.
    box = page.get_by_test_id("data-grid-canvas").first.bounding_box() or {"x": 0, "y": 0}
    page.mouse.click(box["x"] + 110, box["y"] + HEADER + 15)
    # The first key opens the field, which takes the others only once it is there.
    page.keyboard.type(text[0])
    page.wait_for_timeout(PAUSE)
    page.keyboard.type(text[1:])
    page.wait_for_timeout(PAUSE)
    page.evaluate(
        """text => {
          bench.expect('marimo', 'keydown');
          window.seen = new Promise(resolve => addEventListener('keydown', () => {
            const begin = Date.now();
            const watch = () => document.body.innerText.includes(`first amount ${text}`)
              ? resolve(Date.now() - begin)
              : Date.now() - begin > 20_000 ? resolve(null) : setTimeout(watch, 1);
            watch();
          }, { capture: true, once: true }));
        }""",
        text,
    )
    page.keyboard.press("Enter")
    figures["done"].append(page.evaluate("seen"))
    figures["edit"].append(page.evaluate("bench.painted()"))
