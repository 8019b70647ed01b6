"""A widget's words are those that the front end was built with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from jupyter_journey import Journey, JourneyGrid, catalogue
from jupyter_journey.errors import CellValueError
from jupyter_journey.grids.phrases import MapPhrase, phrase_of
from jupyter_journey.grids.words import map_words
from jupyter_journey.model.integrity import expected
from jupyter_journey.model.records import Lane, LaneKind

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


def refusals(language: str) -> list[str]:
    """Ask as a page for what can't be; return why not."""
    journey = Journey.new("Acme", stages=["Trial", "Use"], language=language)
    named = journey.lanes.assign(name=[f"lane {key}" for key in journey.lanes["id"]])
    grid = JourneyGrid(journey.replace("lanes", named))
    heard: list[dict[str, Any]] = []
    names = iter("abcdef")

    def ask(**op: Any) -> None:
        asked = {"type": "patch", "id": next(names), "base_rev": 0}
        grid._handle_custom_msg(asked | {"ops": [{"op": "field", **op}]}, [])

    cell = {"collection": "cells", "key": ["goal", "trial", None], "field": "value", "old": None}
    grid.send = heard.append  # type: ignore[method-assign,assignment]
    ask(**cell | {"key": ["emotion", "trial", None], "new": 3})
    ask(**cell | {"old": "seen", "new": "late"})
    ask(collection="stages", key="use", field="name", old="Use", new="Trial")
    ask(collection="lanes", key="goal", field="locked", old=False, new=True)
    heard.pop()
    ask(**cell | {"new": "late"})
    grid.read_only = True
    ask(**cell | {"new": "late"})
    assert {answer["type"] for answer in heard} == {"refused"}
    return [answer["reason"] for answer in heard]


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        (
            "de",
            [
                (
                    "Ebene 'lane emotion' verlangt in Phase 'Trial' eine Zahl von -2 bis 2; "
                    "angegeben war 3"
                ),
                "inzwischen geändert; jetzt steht hier None",
                "'Trial' ist schon vorhanden",
                "Ebene 'lane goal' ist gesperrt; entsperren lässt sie sich in ihrem Menü",
                "die Map ist schreibgeschützt",
            ],
        ),
        (
            "ja",
            [
                "レーン'lane emotion'のステージ'Trial'には-2から2までの数値が必要です（入力値：3）",
                "その間に変更され、現在の値はNoneです",
                "'Trial'はすでにあります",
                "レーン'lane goal'はロックされています。レーンのメニューで解除できます",
                "マップは読み取り専用です",
            ],
        ),
    ],
)
def test_what_is_refused_is_said_in_the_journeys_language(
    language: str, reasons: list[str]
) -> None:
    assert refusals(language) == reasons


def test_no_english_is_left_of_what_a_lane_takes() -> None:
    for kind in get_args(LaneKind):
        wanted = expected(Lane(id="lane", name="Lane", kind=kind, options=("A", "B")))
        error = CellValueError(stage="Trial", lane="Lane", kind=kind, value=1, expected=wanted)
        said = phrase_of(error)
        assert isinstance(said, MapPhrase)
        assert wanted in said
        for language in ("de", "ja", "zh-Hant"):
            assert wanted not in said.within(language)
            # The values of a choice are whoever's who wrote them.
            assert ("A, B" in said.within(language)) == (kind == "choice")
