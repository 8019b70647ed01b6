"""What the fork server imports once, so that no report has to.

The imports run in a cell of the shell: pandas, for one, looks whether a shell is there, and shows
frames otherwise where it isn't. Whatever is imported here must start no thread that a fork would
lose; a report's kernel is made here, too, and its cells find it new.
"""

from __future__ import annotations

import atexit
import gc
import signal
import sys
from collections.abc import Callable
from typing import Any

from jupyter_journey.reports.grammar import grammar_later

__all__ = ["PATH"]

PATH = tuple(path for path in sys.path if path)
"""Where modules are found, whatever the driver has added for itself."""

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's to answer

_MODULES = (
    "numpy",
    "pandas",
    "altair",
    "duckdb",
    "scipy.stats",
    "ipywidgets",
    "babel.lists",
    "nbconvert.filters",
    "jupyter_journey.charts",
    "jupyter_journey.grids",
    "jupyter_journey.metrics",
    "jupyter_journey.reports.client",
    "jupyter_journey.reports.content",
    "jupyter_journey.reports.engine",
    "jupyter_journey.reports.figures",
    "jupyter_journey.reports.html",
    "jupyter_journey.reports.pdf",
    "jupyter_journey.reports.running",
    "jupyter_journey.steps",
)
_FORMATS = (4, 5)
"""Minor versions notebooks are written in; what validates those of one takes 40 ms to make."""
_CELL = f"""
from importlib import import_module
from contextlib import suppress
for name in {_MODULES!r}:
    with suppress(ImportError):
        import_module(name)
del import_module, suppress, name
"""


def _load() -> None:
    with grammar_later():
        import papermill  # noqa: F401 before the engine: it looks for engines while it is imported

        from jupyter_journey.reports.shell import Kernel

        kernel: Any = Kernel.only()
        kernel.shell.run_cell(_CELL, silent=True, store_history=False).raise_error()
    _use_once(kernel.shell.display_formatter.format)
    # What lives now lives for good: children share its pages for as long as nobody touches them.
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


def _use_once(shown: Callable[[Any], Any]) -> None:
    """Use what every report uses, so that what loads at first use has been loaded."""
    import altair as alt
    import nbformat
    import pandas as pd

    from jupyter_journey.charts import funnel
    from jupyter_journey.privacy.scan import found_in

    days = pd.to_datetime(["2026-01-01", "2026-01-02"])
    frame = pd.DataFrame({"a": ["x", "y"], "b": [1.0, None], "day": days})
    for one in (frame, frame.groupby("a")["b"].sum(), frame.describe()):
        shown(one)
    shown(alt.Chart(frame).mark_bar().encode(x="day:T", y=alt.Y("b", sort="-x"), color="a"))
    columns = ["stage", "customers", "n", "rate", "low", "high", "share"]
    funnel(pd.DataFrame([["Visit", 40, 40, 1, 0.9, 1, 1]], columns=columns)).to_dict()
    for minor in _FORMATS:
        nbformat.validate(nbformat.v4.new_notebook(nbformat_minor=minor))
    list(found_in("a@b.example, DE02 1203 0000 0000 2020 51, 1.2.3.4"))
    list(found_in("12 34 56 7"))  # no number to dial, as each country has to say


_load()
