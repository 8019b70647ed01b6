"""The frame editors in one JupyterLab: what a person waits for, in milliseconds."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from chromium import launch
from lab import serve
from notebooks import open_notebook, run, write
from playwright.sync_api import Locator, Page, sync_playwright

PROBE = Path(__file__).with_name("grid_page.js").read_text()
EDITS = 8
VALUES = count(1000)
MILLION = "\n".join(["1.25\tpasted\tfree\t0.5\ttrue\t2026-01-01 10:00\tDE\t7"] * 125_000)
PAUSE = 500
"""Milliseconds between acts: closer ones would wait for each other on the server's socket.

Also, 0.3 s after a change a grid renews the output that a saved notebook keeps: no act is to begin
at that very moment.
"""

FRAME = """\
import time
import numpy as np, pandas as pd, anywidget, ipydatagrid, ipywidgets
from jupyter_journey import FrameGrid
def frame_of(n):
    random = np.random.default_rng(0)
    times = pd.to_timedelta(random.integers(0, 700 * 86_400, n), unit="s")
    return pd.DataFrame({
        "amount": random.normal(100, 20, n).round(2),
        "name": [f"customer {i}" for i in range(n)],
        "plan": random.choice(["free", "team", "business"], n),
        "score": np.where(random.random(n) < 0.1, np.nan, random.random(n).round(3)),
        "active": random.random(n) < 0.5,
        "since": pd.Timestamp("2024-01-01") + times,
        "country": random.choice(["DE", "US", "FR", "JP"], n),
        "visits": random.integers(0, 500, n),
    })
class Echo(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
      const button = document.createElement("button");
      button.textContent = "Echo";
      button.addEventListener("keydown", event => {
        if (event.key === "Control") button.textContent += ".";
        model.send({ n: 1 });
      });
      el.append(button);
    } }'''
    def __init__(self):
        super().__init__()
        self.on_msg(lambda _, content, __: self.send(content))
"""


@dataclass(frozen=True)
class Editor:
    """One product: how it is made, changed, and found in the page."""

    name: str
    make: str
    change: str
    cell: Callable[[Page], tuple[Locator, dict[str, Any]]]


def _our_cell(page: Page) -> tuple[Locator, dict[str, Any]]:
    return page.get_by_role("gridcell", name="amount, 0: ").first, {}


def _their_cell(page: Page) -> tuple[Locator, dict[str, Any]]:
    # A canvas has no cells to ask for: the first column begins right of the labels.
    return page.locator(".lm-DataGrid").first, {"position": {"x": 100, "y": 32}}


EDITORS = (
    Editor("ours", "grid = FrameGrid(frame)", "grid.set(0, 'amount', {value})", _our_cell),
    Editor(
        "ipydatagrid",
        "grid = ipydatagrid.DataGrid(frame, editable=True)",
        "grid.set_cell_value('amount', 0, {value})",
        _their_cell,
    ),
)

Figures = dict[str, list[float | None]]


@contextmanager
def notebook(rows: int) -> Iterator[Page]:
    """Open a notebook whose first cell makes the frame and whose next ones show it."""
    share = Path(sys.prefix) / "share" / "jupyter"
    home = Path(os.environ["JOURNEY_PREFIX"]) / "share" / "jupyter"
    os.environ |= {"JUPYTER_PATH": f"{share}:{home}", "JUPYTERLAB_DIR": str(home / "lab")}
    cells = [f"{FRAME}frame = frame_of({rows})\nanswer = 0"]
    cells += [f"answer = time.time()\n{editor.make}\ngrid" for editor in EDITORS]
    cells += ["Echo()"]
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as lab:
        path = write(lab, f"grid-{rows}.ipynb", *cells)
        with sync_playwright() as playwright:
            browser = launch(playwright.chromium)
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.add_init_script(PROBE)
            open_notebook(page, lab, path)
            page.evaluate("bench.listen()")
            run(page, 1)
            execute(page, "answer = len(frame)")
            yield page
            browser.close()


def execute(page: Page, code: str) -> float:
    """Run code in the kernel, after what it is busy with; return its `answer`."""
    return float(page.evaluate("code => bench.execute(code)", code))


def measured(rows: int, rounds: int) -> dict[str, Figures]:
    """Return each editor's figures, taken in turns; the first turn, which loads all, is dropped."""
    figures: dict[str, Figures] = {editor.name: {} for editor in EDITORS}
    figures["echo"] = {}
    with notebook(rows) as page:
        for turn in range(rounds + 1):
            for place, editor in enumerate(EDITORS):
                got = one(page, place, editor)
                if turn:
                    for name, values in got.items():
                        home = figures["echo" if name.startswith("echo") else editor.name]
                        home.setdefault(name, []).extend(values)
    return figures


def one(page: Page, place: int, editor: Editor) -> Figures:
    """Show one editor, edit in it and from Python, and take it away."""
    got: Figures = {"painted": [painted(page, place, editor)]}
    got |= {name: [] for name in ("edit", "answer", "done")}
    got |= {f"echo_{name}": [] for name in ("answer", "done", "painting_answer", "painting_done")}
    run(page, len(EDITORS) + 2)
    page.get_by_role("button", name="Echo").wait_for()
    for number in range(EDITS):
        page.wait_for_timeout(PAUSE)
        edit(page, editor, f"{number + 1}.5")
        got["edit"].append(page.evaluate("bench.painted()"))
        page.wait_for_timeout(PAUSE)
        # Unwatched: who looks at every frame is in the way of the answer.
        edit(page, editor, f"{number + 1}.25", is_watched=False)
        for name, taken in zip(("answer", "done"), answered(page), strict=True):
            got[name].append(taken)
        for key, kind in (("Shift", "echo"), ("Control", "echo_painting")):
            echo(page, key)
            for name, taken in zip(("answer", "done"), answered(page), strict=True):
                got[f"{kind}_{name}"].append(taken)
    for kind, before in (("python", "time.sleep(0.1)"), ("python_first", "pass")):
        changes = [changed(page, editor, before) for _ in range(EDITS)]
        got[f"{kind}_written"], got[kind] = map(list, zip(*changes, strict=True))
    got["paste"] = [pasted(page, editor, "\n".join(f"{at}.25\tpasted {at}" for at in range(50)))]
    if editor.name == "ours":
        # Refused: what is painted is the reason, above the table.
        got["million"] = [pasted(page, editor, MILLION, kind="said")]
    page.evaluate("jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    execute(page, "ipywidgets.Widget.close_all(); answer = 0")
    return got


def painted(page: Page, place: int, editor: Editor) -> float:
    """Return the time from the constructor to the painted table."""
    shown = page.evaluate("([kind]) => bench.shown(kind)", [editor.name])
    if shown:
        raise RuntimeError(f"{editor.name} is still there")
    run(page, place + 2)
    end = page.evaluate("([kind]) => bench.changed(kind, '')", [editor.name])
    return float(end - execute(page, "pass") * 1000)


def edit(page: Page, editor: Editor, text: str, *, is_watched: bool = True) -> None:
    """Type a number into the first cell; the clock runs from Enter on."""
    where, options = editor.cell(page)
    where.dblclick(**options)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.wait_for_timeout(PAUSE)
    watched = editor.name if is_watched else ""
    page.evaluate("([kind]) => bench.expect(kind, 'keydown')", [watched])
    page.keyboard.press("Enter")


def echo(page: Page, key: str) -> None:
    """Send a bare message there and back; Control has the page show something new, too."""
    button = page.get_by_role("button", name="Echo")
    button.focus()
    page.wait_for_timeout(PAUSE)
    page.evaluate("bench.expect('', 'keydown')")
    # Keys that mean nothing to the notebook.
    page.keyboard.press(key)


def answered(page: Page) -> list[float | None]:
    """Return how long after the key the kernel's answer came, and when the kernel was done."""
    times: list[float | None] = page.evaluate("bench.answered()")
    return times


def changed(page: Page, editor: Editor, before: str) -> tuple[float | None, float]:
    """Return the times from a call in Python to the document's change and to the painted cell.

    ``before`` is what the cell does before that.
    """
    page.wait_for_timeout(PAUSE)
    change = editor.change.format(value=next(VALUES))
    code = f"{before}; answer = time.time(); {change}"
    began, *ends = page.evaluate(
        """async ([kind, code]) => {
          const painted = bench.changed(kind, bench.shown(kind), 20);
          const written = bench.written(kind);
          return [await bench.execute(code), await written, await painted];
        }""",
        [editor.name, code],
    )
    written, painted = (end and end - began * 1000 for end in ends)
    return written, painted


def pasted(page: Page, editor: Editor, block: str, kind: str = "") -> float | None:
    """Return the time from a block's paste to its paint; None where it does nothing."""
    page.keyboard.press("Control+Home")
    where, options = editor.cell(page)
    where.click(**options)
    page.evaluate("([kind]) => bench.expect(kind, 'paste')", [kind or editor.name])
    page.evaluate(
        """text => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text/plain', text);
          const options = { clipboardData, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent('paste', options));
        }""",
        block,
    )
    result: float | None = page.evaluate("bench.painted().catch(() => null)")
    return result
