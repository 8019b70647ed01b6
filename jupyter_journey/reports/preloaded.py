"""What the fork server imports once, so that no report has to.

The imports run in a cell of the shell: pandas, for one, looks whether a shell is there, and shows
frames otherwise where it isn't. Whatever is imported here must start no thread that a fork would
lose; a report's kernel is made here, too, and its cells find it new.
"""

from __future__ import annotations

import atexit
import gc
from typing import Any

import papermill  # noqa: F401 before the engine: it looks for engines while it is imported

from jupyter_journey.reports.shell import Kernel

_MODULES = (
    "numpy",
    "pandas",
    "altair",
    "duckdb",
    "scipy.stats",
    "ipywidgets",
    "nbconvert.filters",
    "jupyter_journey.charts",
    "jupyter_journey.grids",
    "jupyter_journey.metrics",
    "jupyter_journey.reports.client",
    "jupyter_journey.reports.engine",
    "jupyter_journey.reports.figures",
    "jupyter_journey.reports.html",
    "jupyter_journey.reports.running",
    "jupyter_journey.steps",
)
_CELL = f"""
from importlib import import_module
from contextlib import suppress
for name in {_MODULES!r}:
    with suppress(ImportError):
        import_module(name)
del import_module, suppress, name
"""


def _warm() -> None:
    shell: Any = Kernel.only().shell
    shell.run_cell(_CELL, silent=True, store_history=False).raise_error()
    # What lives now lives for good: children share its pages for as long as nobody touches them.
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


_warm()
