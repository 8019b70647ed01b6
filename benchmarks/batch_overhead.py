"""What a batch adds to the work of its cells: to a report of 13 cells, and to an empty one.

    python benchmarks/batch_overhead.py

"Cells alone" runs the cells of `batch_template.py` in processes that have everything imported, as
IPython does, with the rich forms of what they show, and keeps nothing. The rest is what a batch
needs for a process of its own, the notebook and the manifest. Seconds are those between two reports
once the first are there; the median of the rounds counts.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import nbformat
from batch import measured, ours
from batch_template import compute, write
from nbformat.v4 import new_code_cell, new_notebook

EMPTY = 19


def main() -> int:
    """Run what the command line asks for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--reports", type=int, default=40)
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args()
    lines = [
        f"{options.reports} reports, {os.cpu_count()} cores, Python {platform.python_version()}",
        "",
        "|  | cells alone, s a report | in a batch | overhead, ms | cells' share |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for processes in (1, 2):
        title = f"13 cells, 3 charts, workers: {processes}"
        floors, batches, empties = [], [], []
        for _ in range(options.rounds):
            floors.append(alone(options.reports, processes))
            batches.append(batch(write, options.reports, processes))
            if processes == 1:
                empties.append(batch(write_empty, options.reports, processes))
        lines.append(row(title, median(floors), median(batches)))
        if empties:
            lines.append(row(f"{EMPTY} empty cells, workers: 1", 0.0, median(empties)))
    print("\n".join(lines))
    return 0


def row(title: str, floor: float, taken: float) -> str:
    """Return a line of the table."""
    share = f"{floor / taken:.0%}" if floor else "–"
    return f"| {title} | {floor:.3f} | {taken:.3f} | {(taken - floor) * 1000:.0f} | {share} |"


def alone(reports: int, processes: int) -> float:
    """Return seconds a report where so many processes do nothing but run its cells."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes) as pool:
        # Each has imported everything once it has made a report.
        pool.map(compute, range(processes), chunksize=1)
        began = time.monotonic()
        pool.map(compute, range(reports), chunksize=1)
        return (time.monotonic() - began) / reports


def batch(template: Callable[[Path], None], reports: int, workers: int) -> float:
    """Return seconds between two reports of a batch."""
    with tempfile.TemporaryDirectory() as folder:
        notebook, out = Path(folder) / "template.ipynb", Path(folder) / "out"
        out.mkdir()
        template(notebook)
        return measured(ours(notebook, out, range(reports), workers), out)[1]


def write_empty(path: Path) -> None:
    """Write a notebook whose cells do nothing."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(metadata={"kernelspec": kernel})
    notebook.cells = [new_code_cell("segment = 0", id="cell-0", metadata={"tags": ["parameters"]})]
    notebook.cells += [new_code_cell("pass", id=f"cell-{at}") for at in range(1, EMPTY)]
    nbformat.write(notebook, path)


if __name__ == "__main__":
    raise SystemExit(main())
