"""Executed notebooks made without a kernel, of what cells would show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from jupyter_journey.reports.manifest import Row


def output(shown: Any) -> Any:
    """Return what IPython keeps of a thing that is displayed."""
    made = shown._repr_mimebundle_()
    data, metadata = made if isinstance(made, tuple) else (made, {})
    return new_output("display_data", data=data, metadata=metadata)


def html(markup: str) -> Any:
    return new_output("display_data", data={"text/html": markup, "text/plain": "markup"})


def executed(path: Path, *outputs: Any, markdown: str = "# A report", code: str = "show()") -> Path:
    """Write a notebook whose one code cell shows these outputs."""
    made = new_notebook(metadata={"papermill": {"parameters": {}}})
    made.cells = [
        new_markdown_cell(markdown, id="head"),
        new_code_cell(code, id="cell", outputs=list(outputs), execution_count=1),
    ]
    nbformat.write(made, path)
    return path


def churn(value: float, n: int = 400, **more: Any) -> dict[str, Any]:
    """Return a share as a report's figures have it, without an interval."""
    about = {"metric": "MET-01", "name": "Churn", "unit": "share", "direction": "down"}
    return (
        about | {"value": value, "n": n, "stage": "Retention", "place": 0, "lane": "Metrics"} | more
    )


def rate(stage: str, place: int, value: float, n: int = 1000) -> dict[str, Any]:
    half = 1.96 * (value * (1 - value) / n) ** 0.5
    return {
        "metric": "MET-37",
        "name": "Conversion rate",
        "stage": stage,
        "place": place,
        "lane": "Metrics",
        "value": value,
        "low": value - half,
        "high": value + half,
        "n": n,
        "unit": "share",
        "direction": "up",
    }


def row(name: str, after: list[Any], before: list[Any] | None = None, **more: Any) -> Row:
    """Return a report that is done."""
    said = {"template": "stages", "state": "done", "outputs": {f"{name}.html": "0"}}
    return Row(name=name, figures=tuple(after), before=tuple(before or ()), **said | more)
