"""Every bad file is refused with the file, the place in it and the reason; nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jupyter_journey import Journey
from jupyter_journey.errors import JourneyFileError

STAGES = [{"id": "s", "name": "S"}]
LANES = [
    {"id": "text", "name": "Text", "kind": "text"},
    {"id": "list", "name": "List", "kind": "list"},
    {"id": "mood", "name": "Mood", "kind": "score"},
    {"id": "size", "name": "Size", "kind": "metric"},
    {"id": "pick", "name": "Pick", "kind": "choice", "options": ["low", "high"]},
]
GOAL = {"id": "g", "name": "G"}
FIGURE = {"id": "f", "name": "F", "metric": "MET-37"}


def file(**parts: Any) -> bytes:
    whole = {"schema_version": 1, "title": "T", "stages": STAGES, "lanes": LANES} | parts
    return json.dumps(whole).encode()


def cell(lane: str, value: Any, **fields: Any) -> bytes:
    return file(cells=[{"lane_id": lane, "stage_id": "s", "value": value} | fields])


CELL = "$.cells[0]"
BAD: dict[str, tuple[bytes, str, str]] = {
    # no JSON
    "empty": (b"", "line 1, column 1", "no JSON"),
    "spaces": (b" \n ", "line 2, column 2", "no JSON"),
    "truncated": (file()[:-20], "line 1, column", "no JSON"),
    "trailing comma": (b'{"schema_version": 1,}', "line 1, column 2", "no JSON"),
    "two documents": (file() + b"\n{}", "line 2, column 1", "Extra data"),
    "merge conflict": (b"<<<<<<< HEAD\n" + file(), "line 1, column 1", "no JSON"),
    "UTF-16": (file().decode().encode("utf-16"), "", "no UTF-8"),
    "Latin-1": (b'{"schema_version": 1, "title": "\xfc"}', "", "no UTF-8 text (byte 32)"),
    "NaN": (file(goals=[GOAL | {"target": float("nan")}]), "$", "NaN is no JSON number"),
    "Infinity": (file(goals=[GOAL | {"target": float("inf")}]), "$", "Infinity"),
    "huge digits": (b'{"schema_version": 1, "revision": ' + b"9" * 5000 + b"}", "$", "huge number"),
    "deep lists": (b"[" * 100_000, "$", "nested too deeply"),
    "deep title": (file(title=json.loads("[" * 500 + "]" * 500)), "$", "nested too deeply"),
    "twice the same key": (
        b'{"schema_version": 1, "title": "a", "title": "b"}',
        "$..title",
        "occurs twice",
    ),
    # no journey
    "list": (b"[]", "$", "must be a JSON object"),
    "null": (b"null", "$", "must be a JSON object"),
    "text": (b'"journey"', "$", "must be a JSON object"),
    "notebook": (b'{"cells": [], "nbformat": 4}', "$.schema_version", "is this a journey file?"),
    "version as text": (file(schema_version="1"), "$.schema_version", "whole number"),
    "version true": (file(schema_version=True), "$.schema_version", "whole number"),
    "version 0": (file(schema_version=0), "$.schema_version", "should be 1"),
    "newer": (file(schema_version=2), "$.schema_version", "pip install -U"),
    # fields
    "no title": (b'{"schema_version": 1}', "$.title", "required"),
    "title is null": (file(title=None), "$.title", "string"),
    "title is empty": (file(title=""), "$.title", "at least 1 character"),
    "half a character": (file(title="\ud83d"), "$.title", "half a character"),
    "half a character in a key": (
        file(segments=[{"id": "g", "name": "G", "where": {"\ud83d": 1}}]),
        "$.segments[0].where",
        "half a character",
    ),
    "unknown field": (file(colour="red"), "$.colour", "not permitted"),
    "unknown field of a goal": (file(goals=[GOAL | {"aim": 1}]), "$.goals[0].aim", "not permitted"),
    "revision below zero": (file(revision=-1), "$.revision", "greater than or equal to 0"),
    "revision too great": (file(revision=2**53), "$.revision", "less than or equal"),
    "revision as text": (file(revision="1"), "$.revision", "integer"),
    "goals as object": (file(goals={"g": GOAL}), "$.goals", "array"),
    "goal as text": (file(goals=["G"]), "$.goals[0]", "object"),
    "goal without name": (file(goals=[{"id": "g"}]), "$.goals[0].name", "required"),
    "id with a space": (file(goals=[GOAL | {"id": "a b"}]), "$.goals[0].id", "pattern"),
    "id with a path": (file(goals=[GOAL | {"id": "../g"}]), "$.goals[0].id", "pattern"),
    "id with a control": (file(goals=[GOAL | {"id": "a\x1c"}]), "$.goals[0].id", "pattern"),
    "number as text": (file(goals=[GOAL | {"target": "3"}]), "$.goals[0].target", "number"),
    "number as flag": (file(goals=[GOAL | {"target": True}]), "$.goals[0].target", "number"),
    "number out of range": (
        file(goals=[GOAL | {"target": 5}]).replace(b"5", b"1e999"),
        "$.goals[0].target",
        "finite",
    ),
    "date as number": (file(goals=[GOAL | {"start": 0}]), "$.goals[0].start", "date"),
    "date as digits": (file(goals=[GOAL | {"start": "0"}]), "$.goals[0].start", "2026-03-31"),
    "German date": (file(goals=[GOAL | {"start": "1.2.2026"}]), "$.goals[0].start", "2026-03-31"),
    "30 February": (file(goals=[GOAL | {"start": "2026-02-30"}]), "$.goals[0].start", "2026-03-31"),
    "time without zone": (
        file(measurements=[FIGURE | {"computed_at": "2026-01-01T00:00:00"}]),
        "$.measurements[0].computed_at",
        "zone",
    ),
    "time out of range": (
        file(measurements=[FIGURE | {"computed_at": "0001-01-01T00:00:00+09:00"}]),
        "$.measurements[0].computed_at",
        "zone",
    ),
    "list in a filter": (
        file(segments=[{"id": "g", "name": "G", "where": {"country": ["DE"]}}]),
        "$.segments[0].where.country",
        "string; or:",
    ),
    "unknown direction": (
        file(goals=[GOAL | {"direction": "left"}]),
        "$.goals[0].direction",
        "'up'",
    ),
    "group under five": (file(settings={"min_group": 4}), "$.settings.min_group", "5"),
    "unknown lane kind": (
        file(lanes=[{"id": "l", "name": "L", "kind": "poem"}]),
        "$.lanes[0].kind",
        "'text'",
    ),
    # what must agree
    "twin goals": (file(goals=[GOAL, GOAL]), "$.goals[1]", "'g' occurs twice"),
    "twin cells": (
        file(cells=[{"lane_id": "text", "stage_id": "s", "note": "n"}] * 2),
        "$.cells[1]",
        "occurs twice",
    ),
    "goal of no stage": (file(goals=[GOAL | {"stage_id": "x"}]), "$.goals[0].stage_id", "no 'x'"),
    "cell of no lane": (cell("x", "t"), f"{CELL}.lane_id", "no 'x' among the lanes"),
    "cell of no stage": (cell("text", "t", stage_id="x"), f"{CELL}.stage_id", "no 'x'"),
    "cell of no persona": (cell("text", "t", persona_id="x"), f"{CELL}.persona_id", "no 'x'"),
    "figure of no source": (
        file(measurements=[FIGURE | {"source_id": "x"}]),
        "$.measurements[0].source_id",
        "among the sources",
    ),
    "its own parent": (
        file(stages=[{"id": "s", "name": "S", "parent_id": "s"}]),
        "$.stages[0].parent_id",
        "its own sub-step",
    ),
    "parents in a circle": (
        file(
            stages=[
                {"id": "s", "name": "S"},
                {"id": "a", "name": "A", "parent_id": "b"},
                {"id": "b", "name": "B", "parent_id": "a"},
            ]
        ),
        "$.stages[1].parent_id",
        "its own sub-step",
    ),
    "emotion 3": (cell("mood", 3), f"{CELL}.value", "a number from -2 to 2, not 3"),
    "emotion as text": (cell("mood", "good"), f"{CELL}.value", "a number from -2 to 2"),
    "figure as text": (cell("size", "5"), f"{CELL}.value", "a finite number"),
    "list in a text lane": (cell("text", ["a"]), f"{CELL}.value", "takes a text"),
    "text in a list lane": (cell("list", "a"), f"{CELL}.value", "a list of texts"),
    "numbers in a list": (cell("list", [1]), f"{CELL}.value", "valid string"),
    "value as flag": (cell("text", True), f"{CELL}.value", "valid string; or:"),
    "value as object": (cell("text", {"de": "x"}), f"{CELL}.value", "valid string"),
    "no such choice": (cell("pick", "middle"), f"{CELL}.value", "one of low, high"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_place_and_reason(name: str, tmp_path: Path) -> None:
    content, where, reason = BAD[name]
    path = tmp_path / "bad.journey.json"
    path.write_bytes(content)
    with pytest.raises(JourneyFileError) as caught:
        Journey.load(path)
    error = caught.value
    assert error.path == str(path)
    assert error.where == where or (where.startswith("line") and error.where.startswith(where))
    assert reason in error.reason
    place = f", {error.where}" if error.where else ""
    assert str(error) == f"{path}{place}: {error.reason}"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "bom.journey.json"
    path.write_bytes(b"\xef\xbb\xbf" + file())
    assert Journey.load(path) == Journey.loads(file().decode())


def test_an_empty_value_is_an_empty_cell() -> None:
    for lane, value in (("text", ""), ("list", []), ("list", [""]), ("text", None)):
        journey = Journey.loads(cell(lane, value, note="why").decode())
        assert journey.document.cells[0].value is None
        assert journey.with_wide(journey.wide()) == journey


def test_what_is_not_there_is_said_to_be_not_there(tmp_path: Path) -> None:
    with pytest.raises(JourneyFileError, match="there is no such file"):
        Journey.load(tmp_path / "none.journey.json")
    with pytest.raises(JourneyFileError, match="can't be read: Is a directory"):
        Journey.load(tmp_path)
