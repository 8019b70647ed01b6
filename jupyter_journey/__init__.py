"""Customer journey maps in notebooks: a map you edit, a pandas frame, figures from your data.

The public names load on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from jupyter_journey.lazy import lazily

if TYPE_CHECKING:
    from jupyter_journey import catalogue, charts, events, metrics, privacy, steps
    from jupyter_journey.errors import JourneyError
    from jupyter_journey.events import EventLog, read_events, sniff
    from jupyter_journey.grids import Column, FrameGrid, JourneyGrid, Walk, worksheet
    from jupyter_journey.metrics import drift, measure, stale
    from jupyter_journey.model.journey import Journey
    from jupyter_journey.reports.batch import Batch, batch
    from jupyter_journey.reports.difference import difference
    from jupyter_journey.reports.plan import Plan
    from jupyter_journey.steps import check

_HOMES = {
    "Batch": "reports.batch",
    "Column": "grids",
    "EventLog": "events",
    "FrameGrid": "grids",
    "Journey": "model.journey",
    "JourneyError": "errors",
    "JourneyGrid": "grids",
    "Plan": "reports.plan",
    "Walk": "grids",
    "batch": "reports.batch",
    "check": "steps",
    "difference": "reports.difference",
    "drift": "metrics",
    "measure": "metrics",
    "read_events": "events",
    "sniff": "events",
    "stale": "metrics",
    "worksheet": "grids",
}
_MODULES = ("catalogue", "charts", "events", "metrics", "privacy", "steps")

__all__ = [
    "Batch",
    "Column",
    "EventLog",
    "FrameGrid",
    "Journey",
    "JourneyError",
    "JourneyGrid",
    "Plan",
    "Walk",
    "batch",
    "catalogue",
    "charts",
    "check",
    "difference",
    "drift",
    "events",
    "measure",
    "metrics",
    "privacy",
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


__getattr__ = lazily(__name__, _HOMES, _MODULES)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-journey"}]
