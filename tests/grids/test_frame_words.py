"""What a table says: all of it in its page's language, what Python refuses included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import pytest

from jupyter_journey import Column, FrameGrid, catalogue
from jupyter_journey.errors import FrameValueError, UnknownNameError

OTHERS = [language for language in catalogue.languages() if language != "en"]
# Keys, code, and what is written alike.
ALIKE = {"ctrl", "shift", "alt", "tab", "home", "end", "page", "up", "down", "enter", "esc"}
ALIKE |= {"delete", "insert", "space", "pandas", "reset_index", "grid", "apply", "frame"}
ALIKE |= {"true", "false", "utc"}
GERMAN_TOO = {"block", "filter", "in", "kernel", "text"}


def said(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield re.sub(r"\{[^}]*\}", " ", node)
    elif isinstance(node, dict | list):
        for item in node.values() if isinstance(node, dict) else node:
            yield from said(item)


def latin(texts: Iterator[str]) -> set[str]:
    return set(re.findall(r"[a-z_]{2,}", " ".join(texts).lower()))


def words_of(language: str, **table: Any) -> dict[str, Any]:
    grid = FrameGrid(pd.DataFrame(), language=language)
    told: dict[str, Any] = grid.get_state("_words")["_words"]
    assert list(told) == [language]
    return told[language] | table


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_word_is_left(language: str) -> None:
    refusals = {name: catalogue.texts(name)["frame_refusals"] for name in ("en", language)}
    english = latin(said(words_of("en", refusals=refusals["en"])))
    other = latin(said(words_of(language, refusals=refusals[language])))
    allowed = ALIKE | (GERMAN_TOO if language == "de" else set())
    assert (other & english) - allowed == set()


def test_what_is_written_in_other_letters_has_none_of_ours() -> None:
    for language in ("ja", "zh-Hant"):
        refusals = catalogue.texts(language)["frame_refusals"]
        assert latin(said(words_of(language, refusals=refusals))) <= ALIKE


def answers(language: str, *asked: Sequence[dict[str, Any]]) -> list[str]:
    """Say these patches as a page does; return why they are refused."""
    frame = pd.DataFrame({"age": pd.array([31, 48], dtype="int8"), "id": ["a", "b"]})
    grid = FrameGrid(frame, {"id": Column(unique=True)}, language=language)
    grid.lock([1])
    heard: list[dict[str, Any]] = []
    grid.send = lambda content, _=None: heard.append(content)  # type: ignore[method-assign,assignment,misc]
    about = {"frame_id": grid.get_state()["_snapshot"]["frame_id"], "base_rev": 0}
    for number, ops in enumerate(asked):
        grid._handle_custom_msg({"type": "patch", "id": str(number), **about, "ops": ops}, [])
    assert [answer["type"] for answer in heard] == ["refused"] * len(asked)
    return [answer["reason"] for answer in heard]


def put(row: int, column: int, old: Any, new: Any) -> dict[str, Any]:
    return {"op": "set", "row": row, "column": column, "old": old, "new": new}


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        (
            "en",
            [
                "Column 'age' takes whole numbers from -128 to 127; got 300.",
                "it was changed meanwhile; now it holds 31",
                "its row is locked",
                "These row labels can't be edited. Change them with pandas.",
                "A row was deleted meanwhile. Nothing was changed.",
                "Column 'id' takes every value once, and another row holds this one; got 'b'.",
            ],
        ),
        (
            "de",
            [
                "Spalte 'age' verlangt ganze Zahlen von -128 bis 127; angegeben war 300.",
                "inzwischen geändert; jetzt steht hier 31",
                "die Zeile ist gesperrt",
                (
                    "Diese Zeilenbeschriftungen lassen sich nicht bearbeiten. "
                    "Sie lassen sich mit pandas ändern."
                ),
                "Eine Zeile wurde inzwischen gelöscht. Nichts wurde geändert.",
                (
                    "Spalte 'id' verlangt jeden Wert nur einmal, und diesen hat schon eine andere "
                    "Zeile; angegeben war 'b'."
                ),
            ],
        ),
        (
            "ja",
            [
                "列'age'には-128から127までの整数が必要です（入力値：300）。",
                "その間に変更され、現在の値は31です",
                "行がロックされています",
                "この行ラベルは編集できません。pandasで変更してください。",
                "その間に行が削除されました。何も変更されていません。",
                "列'id'には重複しない値（同じ値が別の行にあるため）が必要です（入力値：'b'）。",
            ],
        ),
    ],
)
def test_what_is_refused_is_said_in_the_grids_language(language: str, reasons: list[str]) -> None:
    asked = [
        [put(0, 0, 31, 300)],
        [put(0, 0, 7, 8)],
        [put(1, 0, 48, 8)],
        [put(0, -1, 0, 8)],
        [{"op": "delete", "rows": [99]}],
        [put(0, 1, "a", "b")],
    ]
    assert answers(language, *asked) == reasons


def test_python_hears_english_whatever_the_pages_read() -> None:
    grid = FrameGrid(pd.DataFrame({"age": [31]}), language="ja")
    with pytest.raises(FrameValueError, match="Column 'age' takes a whole number"):
        grid.set(0, "age", "old")


def test_what_stays_without_a_kernel_is_in_the_language_too() -> None:
    frame = pd.DataFrame({"paid": [True], "sum": [1234.5], "rate": [0.0042]})
    grid = FrameGrid(frame, language="de")
    data, _ = grid._repr_mimebundle_()
    assert "Tabelle: 1 Zeile, 3 Spalten" in data["text/html"]
    assert ">0,0042<" in data["text/html"]
    kept = data["application/vnd.jupyter-journey.frame+json"]
    assert kept["rows"] == [["0", "ja", "1.234,5", "0,0042"]]
    assert kept["numbers"] == [False, False, True, True]


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="There is no language 'fr'"):
        FrameGrid(pd.DataFrame(), language="fr")
