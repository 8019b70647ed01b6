"""The charts of steps 1 to 3 say in words what they draw, and draw it in every language."""

from __future__ import annotations

import pandas as pd
import pytest

from jupyter_journey import catalogue, charts

COVERAGE = pd.DataFrame(
    {"question": ["Why?", "How?"], "answered": [3, 0], "of": [4, 4], "share": [0.75, 0.0]}
)
GROUPS = pd.DataFrame(
    {
        "column": ["plan", "plan", "country"],
        "value": ["team", "solo", "DE"],
        "customers": [60, 40, 100],
        "share": [0.6, 0.4, 1.0],
        "segment": ["Teams", None, None],
    }
)
PACE = pd.DataFrame(
    {"name": ["Faster", "More"], "progress": [0.6, None], "elapsed": [0.5, 0.25]}
).astype({"progress": "Float64", "elapsed": "Float64"})


def test_each_says_its_numbers() -> None:
    assert "Why? 3 of 4. How? 0 of 4." in charts.show(charts.coverage(COVERAGE)).text
    assert "plan: team, 60 · 60%." in charts.show(charts.suggested(GROUPS)).text
    told = charts.show(charts.pace(PACE)).text
    assert "Faster: 60% done, 50% of the time over." in told
    assert "More: not measured, 25% of the time over." in told


@pytest.mark.parametrize("language", catalogue.languages())
def test_each_is_drawn_in_every_language(language: str) -> None:
    drawn = {"coverage": COVERAGE, "suggested": GROUPS, "pace": PACE}
    for name, frame in drawn.items():
        chart = charts.show(getattr(charts, name)(frame, language=language), language)
        title = catalogue.text(language, "charts", name, "title")
        assert title in chart.svg
        assert chart.text.startswith(title)
