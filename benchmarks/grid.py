"""Editors of frames side by side: how long a person waits for what, in milliseconds.

    python benchmarks/grid.py --rows 100 10000 100000 --write docs/benchmarks-grid.md

FrameGrid and ipydatagrid take turns in one JupyterLab in a headless Chromium, beside a bare
anywidget that only echoes; marimo's data editor lives on the page of its own server, so its figures
are that page's. Medians count. The peers come into an environment that this script makes; the
browser is the one the browser tests find.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements-grid.txt"
EDITORS = ("ours", "ipydatagrid", "marimo")
WHAT = {
    "painted": "constructor → painted",
    "edit": "edit → painted",
    "answer": "edit → Python's answer",
    "echo_answer": "a bare echo → its answer",
    "echo_painting_answer": "an echo that writes a point → its answer",
    "done": "edit → Python done",
    "echo_done": "a bare echo → Python done",
    "python_written": "Python change → in the document",
    "python": "Python change → painted",
    "python_first_written": "the same as its cell begins → in the document",
    "python_first": "the same as its cell begins → painted",
    "paste": "100 cells pasted → painted",
    "million": "1,000,000 cells pasted → refused",
}

Figures = dict[str, list[float | None]]
Runs = dict[str, Figures]


def main() -> int:
    """Run what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, nargs="+", default=[100, 10_000, 100_000])
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "grid-peers")
    asked.add_argument("--write", type=Path, help="the Markdown file to put the tables into")
    asked.add_argument("--one", nargs=2, metavar=("WHERE", "ROWS"), help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        where, rows = options.one
        print(json.dumps(measured(where, int(rows), options.rounds)))
        return 0
    python = environment(options.peers)
    rows = " ".join(map(str, options.rows))
    parts = [heading(python, f"--rows {rows} --rounds {options.rounds}")]
    for rows in options.rows:
        runs: Runs = {}
        for where in ("lab", "marimo"):
            command = [python, __file__, "--one", where, str(rows), "--rounds", options.rounds]
            runs |= answered([str(part) for part in command])
        parts.append(f"## {rows:,} rows\n\n{table(runs)}")
        print(parts[-1], flush=True)
    parts.append(f"## Size of what a page loads, minified and gzipped\n\n{sizes(python)}")
    print(parts[-1])
    if options.write:
        options.write.write_text("\n\n".join(parts) + "\n")
    return 0


def environment(folder: Path) -> Path:
    """Make an environment with the peers that sees this one's packages, too; return its Python."""
    python = folder / "bin" / "python"
    is_new = not python.exists()
    if is_new:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    # Each time: the clone that made it may be another one.
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n")
    if is_new:
        install = [python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS]
        subprocess.run(install, check=True)
    return python


def answered(command: list[str]) -> Runs:
    """Run a command of ours in the peers' environment and read what it prints last."""
    drivers = str(HERE.parent / "tests" / "browser")
    variables = {**os.environ, "JOURNEY_PREFIX": sys.prefix, "PYTHONPATH": drivers}
    done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True, check=True)
    runs: Runs = json.loads(done.stdout.splitlines()[-1])
    return runs


def measured(where: str, rows: int, rounds: int) -> Runs:
    """Measure in this process, which is one of the peers' environment."""
    if where == "lab":
        import grid_lab

        return grid_lab.measured(rows, rounds)
    import grid_marimo

    return {"marimo": grid_marimo.measured(rows, rounds)}


def table(runs: Runs) -> str:
    """Return the medians as Markdown, with the ratio to ours."""
    lines = [["ms", "FrameGrid", "ipydatagrid", "", "marimo (own page)", ""]]
    lines.append(["---", *["---:"] * 5])
    for name, title in WHAT.items():
        if name.startswith("echo"):
            lines.append([title, form(runs["echo"][name]), "", "", "", ""])
            continue
        ours = runs["ours"].get(name, [])
        line = [title, form(ours)]
        for peer in EDITORS[1:]:
            theirs = runs.get(peer, {}).get(name, [])
            line += [form(theirs), ratio(theirs, ours)]
        lines.append(line)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def middle(values: list[float | None]) -> float | None:
    """Return the median; None where there is none."""
    known = [value for value in values if value is not None]
    return median(known) if known else None


def form(values: list[float | None]) -> str:
    """Return a median as text."""
    found = middle(values)
    return "–" if found is None else f"{found:,.0f}"


def ratio(theirs: list[float | None], ours: list[float | None]) -> str:
    """Return how many times ours fits into theirs."""
    one, other = middle(theirs), middle(ours)
    return f"{one / other:.1f} ×" if one and other else ""


def heading(python: Path, arguments: str) -> str:
    """Return the page's head: what was measured, where, and by which command."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    asked = "import importlib.metadata as m; print(*map(m.version, ('ipydatagrid', 'marimo')))"
    said = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=True)
    ipydatagrid, marimo = said.stdout.split()
    return (
        "# Frame editors, side by side\n\n"
        f"    python benchmarks/grid.py {arguments} --write docs/benchmarks-grid.md\n\n"
        f"{(__doc__ or '').split(chr(10) * 2)[2].strip()}\n\n"
        "A frame of eight columns: three of numbers, three of texts, one boolean, one of moments. "
        "FrameGrid and ipydatagrid are made, edited and taken away in turns, after a first turn "
        "that isn't counted. Acts are half a second apart: the renewal of the output that a saved "
        "notebook keeps, 0.3 s after a change, is over by then. An act counts from the key on; a "
        "change is painted in the first frame that shows it (frames are 16.7 ms apart). Python's "
        "answer is the first message that comes back, when the page reads it: after the frame that "
        "shows the edit, which the bare echo doesn't have; so the second echo writes a point into "
        "its button. Python is done when the kernel reports itself idle again after the edit's "
        "message; in marimo, when a cell that reads the editor's value shows it. Python changes a "
        "value 0.1 s after the notebook's cell began, and in the lines below that at once: then "
        "JupyterLab has just painted that the kernel is busy, and the next frame is a tick away. "
        "The paste is 50 × 2 cells; “–” where an editor does nothing.\n\n"
        f"Measured on {os.cpu_count()} cores and {memory:.0f} GB, Python "
        f"{platform.python_version()}, ipydatagrid {ipydatagrid}, marimo {marimo}."
    )


def sizes(python: Path) -> str:
    """Return the sizes of the scripts that show an editor."""
    asked = [python, "-c", "import importlib.util as u; print(u.find_spec('marimo').origin)"]
    marimo = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout).parent
    share = python.parents[1] / "share" / "jupyter" / "labextensions"
    ours = HERE.parent / "jupyter_journey" / "static" / "frame_grid.js"
    found = {
        "FrameGrid, all of it": [ours],
        "ipydatagrid, all of its JupyterLab extension": [*share.glob("ipydatagrid/static/*.js")],
        "marimo, the data editor's own chunks only": [
            path
            for pattern in ("*glide*.js", "*overlay-editor*.js")
            for path in (marimo / "_static" / "assets").glob(pattern)
        ],
    }
    lines = ["| | kB |", "| --- | ---: |"]
    for name, paths in found.items():
        total = sum(len(gzip.compress(path.read_bytes())) for path in paths) / 1000
        lines.append(f"| {name} | {total:,.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
