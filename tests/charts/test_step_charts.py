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


def test_each_says_them_in_a_languages_own_punctuation() -> None:
    coverage, groups, paces = (
        charts.show(chart).text
        for chart in (
            charts.coverage(COVERAGE, language="zh-Hant"),
            charts.suggested(GROUPS, language="ja"),
            charts.pace(PACE, language="ja"),
        )
    )
    assert coverage == "回答狀況。Why? 3 / 4。How? 0 / 4。"
    assert "列ごとの顧客グループ。plan：team、60人・60%。plan：solo、40人・40%。" in groups
    assert "Faster：達成60%、期間の50%が経過。More：未測定、期間の25%が経過。" in paces


@pytest.mark.parametrize("language", catalogue.languages())
def test_each_is_drawn_in_every_language(language: str) -> None:
    drawn = {"coverage": COVERAGE, "suggested": GROUPS, "pace": PACE}
    for name, frame in drawn.items():
        chart = charts.show(getattr(charts, name)(frame, language=language), language)
        title = catalogue.text(language, "charts", name, "title")
        assert title in chart.svg
        assert chart.text.startswith(title)
