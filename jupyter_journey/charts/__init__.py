"""Charts, tables and pictures of frames and journeys that show without a kernel.

The public names load on first use: importing Altair costs half a second.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_journey.charts.cards import cards
    from jupyter_journey.charts.funnel import funnel
    from jupyter_journey.charts.map_html import map_html
    from jupyter_journey.charts.map_png import map_png
    from jupyter_journey.charts.map_svg import map_svg
    from jupyter_journey.charts.milestone_reach import milestone_reach
    from jupyter_journey.charts.stage_times import stage_times
    from jupyter_journey.charts.static import show
    from jupyter_journey.charts.table import table
    from jupyter_journey.charts.transitions import transitions

_HOMES = {
    "cards": "cards",
    "funnel": "funnel",
    "map_html": "map_html",
    "map_png": "map_png",
    "map_svg": "map_svg",
    "milestone_reach": "milestone_reach",
    "show": "static",
    "stage_times": "stage_times",
    "table": "table",
    "transitions": "transitions",
}

__all__ = [
    "cards",
    "funnel",
    "map_html",
    "map_png",
    "map_svg",
    "milestone_reach",
    "show",
    "stage_times",
    "table",
    "transitions",
]


class _Charts(ModuleType):
    """A function bears the name of its module: importing the module must not hide the function."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _HOMES and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Charts


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
