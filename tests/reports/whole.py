"""The report of all seven steps, made of their templates: run this file to write it again."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from jupyter_journey import paths
from jupyter_journey.reports.templates import template
from jupyter_journey.steps import STEPS

Notebook = dict[str, Any]
_ONCE = ("write", "provenance")


def composed() -> Notebook:
    """Return the seven templates as one: asked once, each handing on to the next, written once."""
    parts = [json.loads(template(step).read_text(encoding="utf-8")) for step in STEPS]
    cells = [deepcopy(parts[0]["cells"][0]), _opening(parts[0]["cells"][1])]
    for step, part in zip(STEPS, parts, strict=True):
        for cell in part["cells"][1:]:
            if cell["id"] not in _ONCE:
                cells.append({**cell, "id": f"{step}-{cell['id']}"})
                cells[-1]["source"] = _after(step, "".join(cell["source"]))
    cells += [cell for cell in parts[-1]["cells"] if cell["id"] in _ONCE]
    return {**parts[0], "cells": cells}


def _opening(cell: dict[str, Any]) -> dict[str, Any]:
    """Return the cell that asks: the same parameters for all steps."""
    source = "".join(cell["source"])
    asked = source[source.index("request = ") : source.index("\n)\n") + 2]
    steps = "".join(f"    {step},\n" for step in sorted(STEPS))
    imports = f"import jupyter_journey as jj\nfrom jupyter_journey.steps import (\n{steps})\n\n"
    text = imports + asked.replace('"01_goals"', '"journey"')
    return {**cell, "id": "open", "source": text.splitlines(keepends=True)}


def _after(step: str, source: str) -> list[str]:
    """Let a step take over what the one before left, instead of asking again."""
    head, asked, source = source.rpartition("\n)\n")
    if asked:
        lines = head[: head.index("request = ")].splitlines(keepends=True)
        source = "".join(line for line in lines if line.startswith("from IPython")) + source
        if step != STEPS[0]:
            source = source.replace("request.open()", "sheet.journey")
            source = source.replace("result.opening, result.heading", "result.opening")
    return source.splitlines(keepends=True)


if __name__ == "__main__":
    text = json.dumps(composed(), indent=1, ensure_ascii=False) + "\n"
    (paths.templates() / "journey.ipynb").write_text(text, encoding="utf-8")
