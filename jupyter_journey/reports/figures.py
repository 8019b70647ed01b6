"""The figures of an executed report, as its last cell keeps them for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jupyter_journey.steps.provenance import FIGURES

__all__ = ["figures_of"]


def figures_of(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the figures in an executed notebook.

    Parameters
    ----------
    notebook
        The notebook's content, as JSON has it.

    Returns
    -------
    list
        As :func:`jupyter_journey.steps.figures.told` returns them; empty where no cell shows
        ``result.provenance``.

    Examples
    --------
    >>> output = {"output_type": "display_data", "data": {FIGURES: [{"name": "Churn"}]}}
    >>> figures_of({"cells": [{"cell_type": "code", "outputs": [output]}]})
    [{'name': 'Churn'}]
    """
    return [
        dict(figure)
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        for figure in output.get("data", {}).get(FIGURES, ())
    ]
