"""What the static map says of a cell is what the live one has read out: one table for both."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from jupyter_journey import paths
from jupyter_journey.charts.map_page import map_html
from jupyter_journey.charts.map_spoken import told
from jupyter_journey.charts.map_view import view
from jupyter_journey.model.journey import Journey
from jupyter_journey.reports.samples import sample_map

CASES = json.loads((Path(__file__).parents[1] / "golden" / "spoken.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_cell_is_told_as_in_the_live_map(case: dict[str, Any]) -> None:
    shown = view(Journey.loads(json.dumps(case["document"])), case["persona"], case["states"])
    said = {row.lane.name: [told(cell, row, shown) for cell in row.cells] for row in shown.rows}
    assert said == case["said"]


@pytest.mark.parametrize("language", ["ja", "zh-Hant"])
def test_no_half_width_sign_stands_beside_a_word_of_a_language_that_has_wide_ones(
    language: str,
) -> None:
    page = map_html(sample_map(paths.sample_data() / "saas" / "saas.journey.json", language))
    word = "[\u3041-\u30fa\u4e00-\u9fff]"
    assert re.findall(f"{word}[,:;.()]|[,:;()]{word}", page) == []
    assert re.findall(f"{word} [(]|[,;] {word}", page) == []
