"""A widget's words are those that the front end was built with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jupyter_journey import Journey, JourneyGrid, catalogue
from jupyter_journey.grids.words import map_words

GENERATED = Path(__file__).parents[2] / "widgets" / "src" / "generated" / "words.ts"


@pytest.mark.parametrize("language", catalogue.languages())
def test_both_sides_compose_the_same_words(language: str) -> None:
    text = GENERATED.read_text(encoding="utf-8")
    built = json.loads(text[text.index("{") : text.rindex("}") + 1])
    assert map_words(language)[language] == built[language]


def test_a_grid_tells_its_page_the_words_of_its_journey() -> None:
    grid = JourneyGrid(Journey.new("Acme"))
    sent = grid.get_state("_words")["_words"]
    assert sent["en"]["undo"] == "Undo"
