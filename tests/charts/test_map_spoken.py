"""What the static map says of a cell is what the live one has read out: one table for both."""

import json
from pathlib import Path
from typing import Any

import pytest

from jupyter_journey.charts.map_spoken import told
from jupyter_journey.charts.map_view import view
from jupyter_journey.model.journey import Journey

CASES = json.loads((Path(__file__).parents[1] / "golden" / "spoken.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_cell_is_told_as_in_the_live_map(case: dict[str, Any]) -> None:
    shown = view(Journey.loads(json.dumps(case["document"])), case["persona"], case["states"])
    said = {row.lane.name: [told(cell, row, shown) for cell in row.cells] for row in shown.rows}
    assert said == case["said"]
