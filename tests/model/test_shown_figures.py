"""Which figures a map shows, by the cases both languages share (the twin: widgets/tests/map)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jupyter_journey import Journey
from jupyter_journey.model.figures import shown_figures

CASES = json.loads((Path(__file__).parents[1] / "golden" / "figures.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_shown_figures(case: dict[str, Any]) -> None:
    document = Journey.loads(json.dumps(case["document"])).document
    shown = shown_figures(document, case["persona"])
    assert [figure.id for figure in shown] == case["shown"]
