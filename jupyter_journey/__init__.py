"""Customer journey maps in notebooks: a map you edit, a pandas frame, figures from your data.

The public names load on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_journey import catalogue, charts, metrics, steps
    from jupyter_journey.errors import JourneyError
    from jupyter_journey.events import EventLog, read_events, sniff
    from jupyter_journey.grids import Column, FrameGrid, JourneyGrid, worksheet
    from jupyter_journey.metrics import drift, measure, stale
    from jupyter_journey.model.journey import Journey
    from jupyter_journey.reports.batch import Batch, batch
    from jupyter_journey.reports.difference import difference
    from jupyter_journey.reports.plan import Plan
    from jupyter_journey.steps import check

_HOMES = {
    "Batch": "jupyter_journey.reports.batch",
    "Column": "jupyter_journey.grids",
    "EventLog": "jupyter_journey.events",
    "FrameGrid": "jupyter_journey.grids",
    "Journey": "jupyter_journey.model.journey",
    "JourneyError": "jupyter_journey.errors",
    "JourneyGrid": "jupyter_journey.grids",
    "Plan": "jupyter_journey.reports.plan",
    "batch": "jupyter_journey.reports.batch",
    "check": "jupyter_journey.steps",
    "difference": "jupyter_journey.reports.difference",
    "drift": "jupyter_journey.metrics",
    "measure": "jupyter_journey.metrics",
    "read_events": "jupyter_journey.events",
    "sniff": "jupyter_journey.events",
    "stale": "jupyter_journey.metrics",
    "worksheet": "jupyter_journey.grids",
}
_MODULES = ("catalogue", "charts", "metrics", "steps")

__all__ = [
    "Batch",
    "Column",
    "EventLog",
    "FrameGrid",
    "Journey",
    "JourneyError",
    "JourneyGrid",
    "Plan",
    "batch",
    "catalogue",
    "charts",
    "check",
    "difference",
    "drift",
    "measure",
    "metrics",
    "read_events",
    "sniff",
    "stale",
    "steps",
    "worksheet",
]

try:
    __version__ = version("jupyter-journey")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-journey"}]
