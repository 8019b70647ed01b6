"""Notebooks and plans made for a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from jupyter_journey import Plan

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook(path: Path, *cells: str, parameters: str = "x: int = 0", tags: str = "") -> Path:
    """Write a notebook with a parameters' cell first; `tags` go to all others."""
    marked = {"tags": [tags]} if tags else {}
    made = new_notebook(metadata={"kernelspec": KERNEL})
    made.cells = [
        new_markdown_cell("# Made for a test"),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        *(new_code_cell(cell, metadata=marked) for cell in cells),
    ]
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def plan_of(template: Path, **said: Any) -> Plan:
    """Return a plan for a notebook, beside which it lies."""
    given = {"outputs": ["ipynb"]} | said
    return Plan.of({"template": template.name, "file": template.parent / "plan.yaml", **given})


def texts(path: Path) -> list[str]:
    """Return what an executed notebook's code cells show, one text a cell."""
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    return ["".join(map(_text, cell.outputs)) for cell in cells]


def _text(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return str(output.data.get("text/plain", ""))


def statuses(path: Path) -> Sequence[str]:
    """Return what papermill's metadata say of each code cell."""
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    return [cell.metadata.get("papermill", {}).get("status", "") for cell in cells]
