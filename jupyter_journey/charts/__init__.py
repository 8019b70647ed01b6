"""Charts, tables and pictures of frames and journeys that show without a kernel.

The public names load on first use: importing Altair costs half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_journey.lazy import lazily

if TYPE_CHECKING:
    from jupyter_journey.charts.card_row import cards
    from jupyter_journey.charts.chain_chart import chain
    from jupyter_journey.charts.cohort_chart import cohorts
    from jupyter_journey.charts.comparison_chart import comparison
    from jupyter_journey.charts.coverage_chart import coverage
    from jupyter_journey.charts.edge_times_chart import edge_times
    from jupyter_journey.charts.experience_chart import experience
    from jupyter_journey.charts.flow_chart import flow
    from jupyter_journey.charts.funnel_chart import funnel
    from jupyter_journey.charts.funnel_groups_chart import funnel_groups
    from jupyter_journey.charts.group_chart import suggested
    from jupyter_journey.charts.map_image import map_png
    from jupyter_journey.charts.map_page import map_html
    from jupyter_journey.charts.map_picture import map_svg
    from jupyter_journey.charts.milestones_chart import milestones
    from jupyter_journey.charts.opportunity_matrix import opportunities
    from jupyter_journey.charts.pace_chart import pace
    from jupyter_journey.charts.paths import (
        drop_off,
        loops,
        missed,
        rare_steps,
        regressions,
        variants,
    )
    from jupyter_journey.charts.session_chart import sessions
    from jupyter_journey.charts.stage_times_chart import stage_times
    from jupyter_journey.charts.static import show
    from jupyter_journey.charts.step_matrix_chart import around, step_matrix
    from jupyter_journey.charts.storyboard_panels import storyboard
    from jupyter_journey.charts.survival_chart import survival
    from jupyter_journey.charts.tables import table
    from jupyter_journey.charts.transition_chart import transitions

_HOMES = {
    "around": "step_matrix_chart",
    "cards": "card_row",
    "chain": "chain_chart",
    "cohorts": "cohort_chart",
    "comparison": "comparison_chart",
    "coverage": "coverage_chart",
    "drop_off": "paths",
    "edge_times": "edge_times_chart",
    "experience": "experience_chart",
    "flow": "flow_chart",
    "funnel": "funnel_chart",
    "funnel_groups": "funnel_groups_chart",
    "loops": "paths",
    "map_html": "map_page",
    "map_png": "map_image",
    "map_svg": "map_picture",
    "milestones": "milestones_chart",
    "missed": "paths",
    "opportunities": "opportunity_matrix",
    "pace": "pace_chart",
    "rare_steps": "paths",
    "regressions": "paths",
    "sessions": "session_chart",
    "show": "static",
    "stage_times": "stage_times_chart",
    "step_matrix": "step_matrix_chart",
    "storyboard": "storyboard_panels",
    "suggested": "group_chart",
    "survival": "survival_chart",
    "table": "tables",
    "transitions": "transition_chart",
    "variants": "paths",
}

__all__ = [
    "around",
    "cards",
    "chain",
    "cohorts",
    "comparison",
    "coverage",
    "drop_off",
    "edge_times",
    "experience",
    "flow",
    "funnel",
    "funnel_groups",
    "loops",
    "map_html",
    "map_png",
    "map_svg",
    "milestones",
    "missed",
    "opportunities",
    "pace",
    "rare_steps",
    "regressions",
    "sessions",
    "show",
    "stage_times",
    "step_matrix",
    "storyboard",
    "suggested",
    "survival",
    "table",
    "transitions",
    "variants",
]


__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
