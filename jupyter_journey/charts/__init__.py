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
    from jupyter_journey.charts.cohorts import cohorts
    from jupyter_journey.charts.comparison import comparison
    from jupyter_journey.charts.edge_times import edge_times
    from jupyter_journey.charts.funnel import funnel
    from jupyter_journey.charts.funnel_groups import funnel_groups
    from jupyter_journey.charts.map_html import map_html
    from jupyter_journey.charts.map_png import map_png
    from jupyter_journey.charts.map_svg import map_svg
    from jupyter_journey.charts.milestone_reach import milestone_reach
    from jupyter_journey.charts.paths import drop_off, loops, rare_steps, regressions, variants
    from jupyter_journey.charts.sessions import sessions
    from jupyter_journey.charts.stage_times import stage_times
    from jupyter_journey.charts.static import show
    from jupyter_journey.charts.step_matrix import around, step_matrix
    from jupyter_journey.charts.table import table
    from jupyter_journey.charts.transitions import transitions

_HOMES = {
    "around": "step_matrix",
    "cards": "cards",
    "cohorts": "cohorts",
    "comparison": "comparison",
    "drop_off": "paths",
    "edge_times": "edge_times",
    "funnel": "funnel",
    "funnel_groups": "funnel_groups",
    "loops": "paths",
    "map_html": "map_html",
    "map_png": "map_png",
    "map_svg": "map_svg",
    "milestone_reach": "milestone_reach",
    "rare_steps": "paths",
    "regressions": "paths",
    "sessions": "sessions",
    "show": "static",
    "stage_times": "stage_times",
    "step_matrix": "step_matrix",
    "table": "table",
    "transitions": "transitions",
    "variants": "paths",
}

__all__ = [
    "around",
    "cards",
    "cohorts",
    "comparison",
    "drop_off",
    "edge_times",
    "funnel",
    "funnel_groups",
    "loops",
    "map_html",
    "map_png",
    "map_svg",
    "milestone_reach",
    "rare_steps",
    "regressions",
    "sessions",
    "show",
    "stage_times",
    "step_matrix",
    "table",
    "transitions",
    "variants",
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
